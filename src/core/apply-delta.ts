import { checkExtras, putExtras } from './apply-extras'
import { checkLandEdit, type PlannedLand } from './check-land-edit'
import { invertDelta, isSameGridRecord } from './delta'
import { createLandComposer, type LandComposer } from './land-delta'
import { createLandWork, type LandChange, type LandWork } from './land-work'
import type { PlanFlow } from './metric'
import type { PlanDelta } from './plan'
import type { PlanContext } from './plan-context'
import { fromGridRecord, toGridRecord, type PlanState } from './plan-index'
import { ok, refused, type Result } from './result'

/** Why a delta does not fit a plan: the `reason` of the server's `delta_invalid` uses the same words. */
export const DELTA_REASONS = [
  'cell_unknown',
  'cell_repeated',
  'cell_from_mismatch',
  'grid_unknown',
  'grid_repeated',
  'grid_before_mismatch',
  'grid_community_changed',
  'grid_not_empty',
  'community_unknown',
  'other_community',
  // A thing of the land is not as `before` has it, or not there; details name it: nodeId, arcId, cellId or buildingId.
  'land_before_mismatch',
  // A new thing of the land carries an id that is 0, taken, or given twice.
  'land_id_taken',
  // A cell that goes is still in a grid: it must be listed with `to: null`.
  'land_cell_in_grid',
  // An official line (kind boundary, between communities, or the edge of the land) runs elsewhere than before.
  'land_outline_changed',
  // What would come about is no subdivision; details.problem says why, in the words of `LAND_FAULTS`.
  'land_invalid',
  // A link names a cell that is not there afterwards, or twice the same.
  'link_cell_unknown',
  'link_before_mismatch',
  'note_before_mismatch',
  'settings_before_mismatch',
] as const
export type DeltaReason = (typeof DELTA_REASONS)[number]

/** A plan that deltas are applied to; where its land is redrawn, the work on it. */
export interface EditablePlan extends PlanState {
  context: PlanContext
  landWork?: LandWork
  /** What was redrawn on balance. */
  netLand?: LandComposer
}

export interface AppliedDelta {
  /** Takes the delta back, to the byte. */
  readonly inverse: PlanDelta
  /** What flowed between which grids: what metrics are updated from. */
  readonly flow: PlanFlow
  readonly landChanged: boolean
}

/** Who follows the steps of a delta, from one state in which all figures agree to the next. */
export interface DeltaFollower {
  /** Cells have changed hands; where land is redrawn twice: the cells of that land are lifted out of their grids first. */
  onFlow(flow: PlanFlow): void
  onLand(change: LandChange): void
}

export interface ApplyOptions {
  readonly follower?: DeltaFollower
  /** The delta was checked before, as an inverse was: the shapes of its land are not looked at again. */
  readonly mayTrust?: boolean
}

const refusedDelta = (reason: DeltaReason, details: Record<string, unknown>): Result<never> => refused(reason, details)

/**
 * Apply a delta to a plan, all of it or nothing: everything is checked before anything is changed.
 *
 * New and changed grids are put first, then land is redrawn and cells change hands, then links, notes and aims follow, then
 * grids are removed; so a delta may create a grid and fill it, and its inverse empties and removes it.
 * @returns the inverse and the flow, or a `DeltaReason` with the id at fault
 * Complexity: O(entries of the delta), whatever the size of the plan; where land is redrawn also the borders of its cells.
 */
export function applyDelta(state: EditablePlan, delta: PlanDelta, { follower, mayTrust }: ApplyOptions = {}): Result<AppliedDelta> {
  const { document, index } = state
  const checked = checkDelta(state, delta, mayTrust)
  if (!checked.ok) return checked

  const touched = new Set<number>()
  for (const { after } of delta.grids) {
    if (after) touched.add(index.edit.put(fromGridRecord(state.context, after)!))
  }
  const flow = checked.value ? redrawAndMove(state, delta, checked.value, touched, follower) : move(state, delta, touched)
  putExtras(state, delta, touched)
  for (const grid of delta.grids) {
    if (grid.after || !grid.before) continue
    const slot = index.slotOf(grid.before.id)
    touched.add(slot)
    index.edit.remove(slot)
  }
  touched.delete(-1)
  const whole = { ...flow.whole, grids: Int32Array.from(touched).sort() }
  follower?.onFlow({ ...flow.last, grids: whole.grids })
  if (delta.land) {
    state.netLand ??= createLandComposer()
    state.netLand.add(delta.land)
    const net = state.netLand
    // Written out only when asked for: an edit must not pay for all that were made before it.
    Object.defineProperty(document, 'land', { get: () => net.value(), configurable: true, enumerable: true })
  }
  return ok({ inverse: invertDelta(delta), flow: whole, landChanged: delta.land !== undefined })
}

type Moves = Omit<PlanFlow, 'grids'>

/** Cells change hands, the land stays as it is. */
function move({ context, document, index }: PlanState, delta: PlanDelta, touched: Set<number>): { whole: Moves; last: Moves } {
  const count = delta.cells.length
  const cells = new Int32Array(count)
  const before = new Int32Array(count)
  const after = new Int32Array(count)
  for (let k = 0; k < count; k++) {
    const cell = context.cellIndex.get(delta.cells[k].cell)!
    cells[k] = cell
    before[k] = document.cellGrid[cell]
    after[k] = index.slotOf(delta.cells[k].to)
    index.edit.move(cell, before[k], after[k])
    touched.add(before[k])
    touched.add(after[k])
  }
  const moves = { cells, before, after }
  return { whole: moves, last: moves }
}

/** Cells of the land touched are lifted out of their grids, the land is redrawn, and all go to where they belong. */
function redrawAndMove(
  state: EditablePlan,
  delta: PlanDelta,
  planned: PlannedLand,
  touched: Set<number>,
  follower: DeltaFollower | undefined,
): { whole: Moves; last: Moves } {
  const { document, index } = state
  const former = new Map<number, number>()
  for (const id of planned.touched) {
    const cell = state.context.cellIndex.get(id)
    if (cell !== undefined) former.set(cell, document.cellGrid[cell])
  }
  const target = new Map(former)
  for (const { index: cell, after } of planned.cells) if (!after) target.delete(cell)
  for (const [cell, slot] of former) {
    if (slot >= 0) index.edit.move(cell, slot, -1)
    touched.add(slot)
  }
  const lifted = Int32Array.from(former.keys())
  follower?.onFlow({
    cells: lifted,
    before: Int32Array.from(former.values()),
    after: new Int32Array(lifted.length).fill(-1),
    grids: Int32Array.from(new Set(former.values())).filter((slot) => slot >= 0).sort(),
  })
  for (const cell of former.keys()) if (!target.has(cell)) index.edit.drop(cell)
  state.landWork ??= createLandWork(state.context)
  const change = state.landWork.redraw(state.context, planned)
  state.context = change.context
  index.edit.stand(change.context, change.came)
  for (const community of change.communities) for (const slot of index.gridsOfCommunity(community)) touched.add(slot)
  follower?.onLand(change)

  for (const cell of change.came) target.set(cell, -1)
  for (const { cell: id, to } of delta.cells) {
    const cell = state.context.cellIndex.get(id)
    if (cell !== undefined) target.set(cell, index.slotOf(to))
  }
  const cells = Int32Array.from(target.keys())
  const last = { cells, before: new Int32Array(cells.length), after: Int32Array.from(target.values()) }
  const whole = { ...last, before: new Int32Array(cells.length) }
  cells.forEach((cell, k) => {
    last.before[k] = document.cellGrid[cell]
    whole.before[k] = former.get(cell) ?? last.before[k]
    if (last.before[k] !== last.after[k]) index.edit.move(cell, last.before[k], last.after[k])
    touched.add(last.before[k])
    touched.add(last.after[k])
  })
  return { whole, last }
}

/**
 * Check a delta against a plan without changing it. Same answer as `applyDelta`.
 * @returns the places of what the delta redraws, null where it redraws nothing
 */
export function checkDelta(state: PlanState, delta: PlanDelta, mayTrust = false): Result<PlannedLand | null> {
  const grids = checkGrids(state, delta)
  if (!grids.ok) return grids
  const land = delta.land ? checkLandEdit(state.context, delta.land, mayTrust) : ok(null)
  if (!land.ok) return land
  const cells = checkCells(state, delta, grids.value, land.value)
  if (!cells.ok) return cells
  const extras = checkExtras(state, delta, land.value)
  return extras.ok ? land : extras
}

/** Grids as the delta leaves them: community index by id of those put, and the slots of those removed. */
interface GridsAfter {
  readonly communityById: ReadonlyMap<string, number>
  readonly removed: ReadonlySet<string>
}

function checkGrids({ context, document, index }: PlanState, delta: PlanDelta): Result<GridsAfter> {
  const communityById = new Map<string, number>()
  const removed = new Set<string>()
  for (const { before, after } of delta.grids) {
    const id = (before ?? after)?.id
    if (id === undefined) return refusedDelta('grid_unknown', {})
    if (communityById.has(id) || removed.has(id) || (before && after && before.id !== after.id)) {
      return refusedDelta('grid_repeated', { gridId: id })
    }
    const current = document.grids[index.slotOf(id)] ?? null
    if (!isSameGridRecord(before, current && toGridRecord(context, current))) {
      return refusedDelta('grid_before_mismatch', { gridId: id })
    }
    if (before && after && before.communityId !== after.communityId) {
      return refusedDelta('grid_community_changed', { gridId: id })
    }
    if (!after) {
      removed.add(id)
      continue
    }
    const community = context.communityIndex.get(after.communityId)
    if (community === undefined) return refusedDelta('community_unknown', { gridId: id })
    communityById.set(id, community)
  }
  return ok({ communityById, removed })
}

function checkCells(state: PlanState, delta: PlanDelta, grids: GridsAfter, land: PlannedLand | null): Result<null> {
  const { context, document, index } = state
  const came = new Map<number, number>()
  const gone = new Set<number>()
  for (const { before, after } of land?.cells ?? []) {
    if (!before) came.set(after!.id, context.communityIndex.get(after!.communityId)!)
    else if (!after) gone.add(before.id)
  }
  const seen = new Set<number>()
  const leaving = new Map<string, number>()
  for (const { cell: cellId, from, to } of delta.cells) {
    const isNew = came.has(cellId)
    const cell = isNew ? -1 : context.cellIndex.get(cellId)
    if (cell === undefined) return refusedDelta('cell_unknown', { cellId })
    if (seen.has(cellId)) return refusedDelta('cell_repeated', { cellId })
    seen.add(cellId)
    const current = isNew ? null : (document.grids[document.cellGrid[cell]]?.id ?? null)
    if (current !== from) return refusedDelta('cell_from_mismatch', { cellId, expected: from, got: current })
    if (from !== null && grids.removed.has(from)) leaving.set(from, (leaving.get(from) ?? 0) + 1)
    if (to === null) continue
    if (gone.has(cellId)) return refusedDelta('cell_unknown', { cellId })
    const community = grids.communityById.get(to) ?? document.grids[index.slotOf(to)]?.community
    if (community === undefined || grids.removed.has(to)) return refusedDelta('grid_unknown', { gridId: to })
    const ofCell = isNew ? came.get(cellId) : context.land.cellCommunity[cell]
    if (community !== ofCell) return refusedDelta('other_community', { cellId, gridId: to })
  }
  for (const cellId of gone) {
    if (!seen.has(cellId) && document.cellGrid[context.cellIndex.get(cellId)!] >= 0) return refusedDelta('land_cell_in_grid', { cellId })
  }
  for (const id of grids.removed) {
    if (index.cellCount(index.slotOf(id)) !== (leaving.get(id) ?? 0)) return refusedDelta('grid_not_empty', { gridId: id })
  }
  return ok(null)
}
