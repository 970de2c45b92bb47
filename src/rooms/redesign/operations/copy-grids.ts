import { newUuid } from '@/core/ids'
import type { GridRecord, PlanDelta } from '@/core/plan'
import { toGridRecord, type PlanState } from '@/core/plan-index'
import { isSameGridRecord } from '@/core/delta'
import { ok, refused, type Result } from '@/core/result'

/** What copying brings: the delta, and what of it could not come. */
export interface GridsCopied {
  readonly delta: PlanDelta
  /** Households in cells that change grid. */
  readonly households: number
  /** Cells of the communities that the other plan does not know, so they keep their grid where it stays, else have none. */
  readonly cellsUnknown: number
}

/**
 * Make the grids of some communities as they are in another plan on the same street: their names, codes and cells. A grid
 * that both plans have stays the same grid; one that only the other has comes in, under another id where its id is taken
 * in another community; one that only this plan has goes. Locks stay as they are here; new grids come unlocked.
 *
 * @param other columns as the server gives them
 * @returns what was copied, or `grid_locked` with the first locked grid of the communities, `nothing_to_do`
 * Complexity O(cells).
 */
export function copyGrids(
  plan: PlanState,
  other: { readonly grids: readonly GridRecord[]; readonly cellIds: readonly number[]; readonly cellGrid: readonly number[] },
  communities: ReadonlySet<number>,
): Result<GridsCopied> {
  const { context, document, index } = plan
  for (const community of communities) {
    const locked = index.gridsOfCommunity(community).find((slot) => document.grids[slot]!.locked)
    if (locked !== undefined) return refused('grid_locked', { gridId: document.grids[locked]!.id })
  }
  const grids: { before: GridRecord | null; after: GridRecord | null }[] = []
  /** Id here, by position in the other plan; undefined for grids of other communities. */
  const idHere = other.grids.map((record) => {
    const community = context.communityIndex.get(record.communityId)
    if (community === undefined || !communities.has(community)) return undefined
    const here = document.grids[index.slotOf(record.id)] ?? null
    const isSame = here !== null && here.community === community
    const before = isSame ? toGridRecord(context, here) : null
    const after: GridRecord = { ...record, id: here === null || isSame ? record.id : newUuid(), locked: before?.locked ?? false }
    if (!isSameGridRecord(before, after)) grids.push({ before, after })
    return after.id
  })
  const stays = new Set(idHere)
  const gone = [...communities].flatMap((community) => index.gridsOfCommunity(community)).map((slot) => document.grids[slot]!).filter(({ id }) => !stays.has(id))
  const goes = new Set(gone.map(({ id }) => id))

  const there = new Map(other.cellIds.map((id, position) => [id, other.cellGrid[position]]))
  const cells: { cell: number; from: string | null; to: string | null }[] = []
  let households = 0
  let cellsUnknown = 0
  for (let cell = 0; cell < document.cellGrid.length; cell++) {
    const id = context.land.cellIds[cell]
    if (id === 0 || !communities.has(context.land.cellCommunity[cell])) continue
    const from = document.grids[document.cellGrid[cell]]?.id ?? null
    const position = there.get(id)
    if (position === undefined) cellsUnknown++
    const to = position === undefined ? (from !== null && goes.has(from) ? null : from) : (idHere[position] ?? null)
    if (to === from) continue
    cells.push({ cell: id, from, to })
    households += context.cellStats.households[cell]
  }
  for (const grid of gone) grids.push({ before: toGridRecord(context, grid), after: null })
  return cells.length + grids.length === 0 ? refused('nothing_to_do') : ok({ delta: { cells, grids }, households, cellsUnknown })
}
