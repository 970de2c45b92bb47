import { composeDeltas, isSameGridRecord } from '@/core/delta'
import { invertLand } from '@/core/land-delta'
import type { GridRecord, LandEdit, LinkKind, PlanDelta, PlanNote } from '@/core/plan'
import type { GridSettings } from '@/core/scope'

/** A plan as it travels, as far as it can be edited. What redraws land is net of the land it stands on. */
export interface PlanContent {
  readonly grids: readonly GridRecord[]
  readonly cellIds: readonly number[]
  /** Position in `grids`, −1 where none. */
  readonly cellGrid: readonly number[]
  readonly land?: LandEdit | null
  readonly links?: readonly { readonly cells: readonly [number, number]; readonly kind: LinkKind }[]
  readonly notes?: readonly PlanNote[]
  readonly settings?: GridSettings | null
}

/**
 * The edit that makes one plan of another on the same land. Cells that only one of them has and no redrawn land accounts for are
 * those of a land that changed since: they stay as they are. O(cells + grids).
 */
export function recordDifference(now: PlanContent, then: PlanContent): PlanDelta {
  const land = composeDeltas(
    ...[now.land && invertLand(now.land), then.land].flatMap((edit) => (edit ? [{ cells: [], grids: [], land: edit }] : [])),
  ).land
  const comes = new Set(land?.after.cells.map(({ id }) => id))
  const goes = new Set(land?.before.cells.map(({ id }) => id).filter((id) => !comes.has(id)))
  const before = columnOf(now)
  const after = columnOf(then)
  const cells: PlanDelta['cells'][number][] = []
  for (const [cell, from] of before) {
    const to = goes.has(cell) ? null : after.has(cell) ? after.get(cell)! : from
    if (to !== from) cells.push({ cell, from, to })
  }
  for (const [cell, to] of after) if (!before.has(cell) && comes.has(cell) && to !== null) cells.push({ cell, from: null, to })

  const wanted = new Map(then.grids.map((grid) => [grid.id, grid]))
  const grids: PlanDelta['grids'][number][] = []
  for (const grid of now.grids) {
    const other = wanted.get(grid.id) ?? null
    wanted.delete(grid.id)
    if (!isSameGridRecord(grid, other)) grids.push({ before: grid, after: other })
  }
  for (const grid of wanted.values()) grids.push({ before: null, after: grid })
  // A cell of changed land that stays in a grid which goes would keep it from going.
  const gone = new Set(grids.flatMap(({ before: grid, after: next }) => (grid && !next ? [grid.id] : [])))
  for (const [cell, from] of before) if (from !== null && gone.has(from) && !after.has(cell) && !goes.has(cell)) cells.push({ cell, from, to: null })

  const links = changesOf(now.links ?? [], then.links ?? [], ({ cells: pair }) => pair.join())
    .map(({ before: was, after: is }) => ({ cells: (was ?? is)!.cells, before: was?.kind ?? null, after: is?.kind ?? null }))
    .filter((link) => link.before !== link.after)
  const notes = changesOf(now.notes ?? [], then.notes ?? [], ({ id }) => id).filter(({ before: was, after: is }) => !isSame(was, is))
  const settings = { before: now.settings ?? null, after: then.settings ?? null }
  return {
    cells,
    grids,
    ...(land && { land }),
    ...(links.length > 0 && { links }),
    ...(notes.length > 0 && { notes }),
    ...(!isSame(settings.before, settings.after) && { settings }),
  }
}

/** Grid id by cell id. */
export const columnOf = ({ grids, cellIds, cellGrid }: PlanContent): Map<number, string | null> =>
  new Map(cellIds.map((cell, k) => [cell, grids[cellGrid[k]]?.id ?? null]))

function changesOf<T>(now: readonly T[], then: readonly T[], key: (item: T) => string): { before: T | null; after: T | null }[] {
  const after = new Map(then.map((item) => [key(item), item]))
  const changes = now.map((item) => ({ before: item as T | null, after: after.get(key(item)) ?? null }))
  const known = new Set(now.map(key))
  return [...changes, ...then.filter((item) => !known.has(key(item))).map((item) => ({ before: null, after: item }))]
}

/** Both come as JSON with keys in the server's order. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
