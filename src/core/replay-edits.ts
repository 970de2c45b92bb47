import { isSamePlain } from './changes'
import { checkLandEdit } from './check-land-edit'
import { isSameGridRecord } from './delta'
import type { EditNote, GridRecord, LandEdit, PlanDelta } from './plan'
import type { PlanEdit } from './pending-edits'
import { toGridRecord, type PlanState } from './plan-index'
import type { Result } from './result'

/** What of an edit did not go through as it was made. */
export interface RebaseConflict {
  /** Position in the list of my edits. */
  readonly edit: number
  readonly note: EditNote
  /**
   * `cell_taken`: both moved the cell, `kept` says whose move stands. `grid_gone`: they removed the grid. `grid_changed`:
   * both changed its attributes. `grid_not_empty`: I removed a grid that they put cells into, so it stays. `land_changed`:
   * they redrew the land that I redrew, or beside it, and mine does not fit any more; `why` is the delta's reason.
   * `link_changed`, `note_changed`, `settings_changed`: both changed the same. `refused`: the rest did not fit.
   */
  readonly reason:
    | 'cell_taken'
    | 'grid_gone'
    | 'grid_changed'
    | 'grid_not_empty'
    | 'land_changed'
    | 'link_changed'
    | 'note_changed'
    | 'settings_changed'
    | 'refused'
  readonly why?: string
  readonly kept: 'mine' | 'theirs'
  readonly cellIds: readonly number[]
  readonly gridIds: readonly string[]
}

type Conflict = Omit<RebaseConflict, 'edit' | 'note'>

/**
 * Replay edits on a plan that changed beneath them: each is fitted to the plan as it is and handed to `run`.
 * Complexity O(entries of the edits).
 */
export function replayEdits(
  plan: PlanState,
  edits: readonly PlanEdit[],
  prefer: 'mine' | 'theirs',
  run: (delta: PlanDelta, note: EditNote) => Result<unknown>,
): RebaseConflict[] {
  const conflicts: RebaseConflict[] = []
  edits.forEach(({ delta, note }, edit) => {
    const fitted = fitDelta(plan, delta, prefer)
    const done = run(fitted.delta, note)
    const found = done.ok ? fitted.conflicts : [{ ...refusedConflict(delta), why: done.code }]
    for (const conflict of found) conflicts.push({ edit, note, ...conflict })
  })
  return conflicts
}

function refusedConflict(delta: PlanDelta): Conflict {
  return {
    reason: 'refused',
    kept: 'theirs',
    cellIds: [...new Set([...delta.cells.map(({ cell }) => cell), ...(delta.land?.before.cells ?? []).map(({ id }) => id)])],
    gridIds: delta.grids.map((grid) => (grid.after ?? grid.before)!.id),
  }
}

/** The delta with its `from` and `before` as the plan has them, less what cannot be done any more. */
function fitDelta(plan: PlanState, delta: PlanDelta, prefer: 'mine' | 'theirs') {
  const { context, document, index } = plan
  const conflicts: Conflict[] = []
  const grids: { before: GridRecord | null; after: GridRecord | null }[] = []
  const made = new Set<string>()
  const taken: number[] = []
  const gone = new Map<string, number[]>()

  const currentOf = (id: string) => {
    const grid = document.grids[index.slotOf(id)]
    return grid ? toGridRecord(context, grid) : null
  }
  const removals: GridRecord[] = []
  for (const { before, after } of delta.grids) {
    const id = (after ?? before)!.id
    const current = currentOf(id)
    const clash = !isSameGridRecord(before, current) && !isSameGridRecord(after, current)
    if (!after) {
      if (current) removals.push(current)
      continue
    }
    if (before && !current) {
      conflicts.push({ reason: 'grid_gone', kept: 'theirs', cellIds: [], gridIds: [id] })
      continue
    }
    if (clash) conflicts.push({ reason: 'grid_changed', kept: prefer, cellIds: [], gridIds: [id] })
    made.add(id)
    if (isSameGridRecord(after, current) || (clash && prefer === 'theirs')) continue
    grids.push({ before: current, after })
  }

  const land = fitLand(plan, delta, conflicts)
  const cells: { cell: number; from: string | null; to: string | null }[] = []
  const gridAt = (cellIndex: number) => document.grids[document.cellGrid[cellIndex]]?.id ?? null
  for (const { cell, from, to } of delta.cells) {
    const cellIndex = context.cellIndex.get(cell)
    if (land.gone.has(cell) || (cellIndex === undefined && !land.came.has(cell))) continue
    const current = cellIndex === undefined ? null : gridAt(cellIndex)
    if (current === to) continue
    if (to !== null && !made.has(to) && index.slotOf(to) < 0) {
      gone.set(to, [...(gone.get(to) ?? []), cell])
      continue
    }
    if (current !== from) {
      taken.push(cell)
      if (prefer === 'theirs') continue
    }
    cells.push({ cell, from: current, to })
  }
  // A cell that goes leaves the grid it is in, whoever put it there.
  for (const cell of land.edit ? land.gone : []) {
    const current = gridAt(context.cellIndex.get(cell)!)
    if (current !== null) cells.push({ cell, from: current, to: null })
  }
  if (taken.length > 0) conflicts.push({ reason: 'cell_taken', kept: prefer, cellIds: taken, gridIds: [] })
  for (const [id, cellIds] of gone) conflicts.push({ reason: 'grid_gone', kept: 'theirs', cellIds, gridIds: [id] })

  for (const record of removals) {
    const leaving = cells.filter(({ from }) => from === record.id).length
    const arriving = cells.some(({ to }) => to === record.id)
    if (leaving === index.cellCount(index.slotOf(record.id)) && !arriving) grids.push({ before: record, after: null })
    else conflicts.push({ reason: 'grid_not_empty', kept: 'theirs', cellIds: [], gridIds: [record.id] })
  }
  const fitted: PlanDelta = { cells, grids, ...(land.edit && { land: land.edit }), ...fitExtras(plan, delta, land, prefer, conflicts) }
  return { delta: fitted, conflicts }
}

interface FittedLand {
  /** Null where nothing is redrawn, or it does not fit. */
  readonly edit: LandEdit | null
  readonly came: ReadonlySet<number>
  /** Cells that mine makes go: not to be moved for that alone where it does not fit. */
  readonly gone: ReadonlySet<number>
}

function fitLand({ context }: PlanState, { land }: PlanDelta, conflicts: Conflict[]): FittedLand {
  if (!land) return { edit: null, came: new Set(), gone: new Set() }
  const [before, after] = [land.before, land.after].map(({ cells }) => new Set(cells.map(({ id }) => id)))
  const gone = new Set([...before].filter((id) => !after.has(id)))
  const came = new Set([...after].filter((id) => !before.has(id)))
  const checked = checkLandEdit(context, land)
  if (checked.ok) return { edit: land, came, gone }
  const cellIds = [...new Set([...before, ...land.before.arcs.flatMap(({ left, right }) => [left, right])])].filter((id) => id !== null)
  conflicts.push({ reason: 'land_changed', why: checked.code, kept: 'theirs', cellIds: cellIds.sort((a, b) => a - b), gridIds: [] })
  return { edit: null, came: new Set(), gone }
}

/** Links, notes and aims with what the plan has now as `before`. */
function fitExtras(
  { context, document }: PlanState,
  { links, notes, settings }: PlanDelta,
  land: FittedLand,
  prefer: 'mine' | 'theirs',
  conflicts: Conflict[],
): Pick<PlanDelta, 'links' | 'notes' | 'settings'> {
  const isThere = (cell: number) => land.came.has(cell) || (context.cellIndex.get(cell) !== undefined && !(land.edit && land.gone.has(cell)))
  const fit = <T>(reason: Conflict['reason'], before: T, after: T, current: T, cellIds: readonly number[] = []): { before: T; after: T } | null => {
    if (isSamePlain(after, current)) return null
    if (!isSamePlain(before, current)) {
      conflicts.push({ reason, kept: prefer, cellIds, gridIds: [] })
      if (prefer === 'theirs') return null
    }
    return { before: current, after }
  }
  const linkOf = ([a, b]: readonly [number, number]) => document.links?.find(({ cells }) => cells[0] === a && cells[1] === b)?.kind ?? null
  const fittedLinks = (links ?? []).flatMap(({ cells, before, after }) => {
    if (after !== null && !cells.every(isThere)) {
      conflicts.push({ reason: 'link_changed', kept: 'theirs', cellIds: cells, gridIds: [] })
      return []
    }
    const fitted = fit('link_changed', before, after, linkOf(cells), cells)
    return fitted ? [{ cells, ...fitted }] : []
  })
  const listed = new Set(fittedLinks.map(({ cells }) => cells.join()))
  // Links that others put on cells that go are undone with them.
  for (const { cells, kind } of land.edit ? (document.links ?? []) : []) {
    if (!listed.has(cells.join()) && !cells.every(isThere)) fittedLinks.push({ cells, before: kind, after: null })
  }
  const fittedNotes = (notes ?? []).flatMap(({ before, after }) => {
    const current = document.notes?.find(({ id }) => id === (after ?? before)!.id) ?? null
    return fit('note_changed', before, after, current) ?? []
  })
  const fittedSettings = settings && fit('settings_changed', settings.before, settings.after, document.settings ?? null)
  return {
    ...(fittedLinks.length > 0 && { links: fittedLinks }),
    ...(fittedNotes.length > 0 && { notes: fittedNotes }),
    ...(fittedSettings && { settings: fittedSettings }),
  }
}
