import { invertDelta, isSameGridRecord } from './delta'
import type { PlanDelta } from './plan'
import type { PlanFlow } from './metric'
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

export interface AppliedDelta {
  /** Takes the delta back, to the byte. */
  readonly inverse: PlanDelta
  /** What flowed between which grids: what metrics are updated from. */
  readonly flow: PlanFlow
}

const refusedDelta = (reason: DeltaReason, details: Record<string, unknown>): Result<never> => refused(reason, details)

/**
 * Apply a delta to a plan, all of it or nothing: everything is checked before anything is changed.
 *
 * New and changed grids are put first, then cells change hands, then grids are removed; so a delta may create a grid and
 * fill it, and its inverse empties and removes it.
 * @returns the inverse and the flow, or a `DeltaReason` with the id at fault
 * Complexity: O(entries of the delta), whatever the size of the plan.
 */
export function applyDelta(state: PlanState, delta: PlanDelta): Result<AppliedDelta> {
  const { context, document, index } = state
  const checked = checkDelta(state, delta)
  if (!checked.ok) return checked

  const touched = new Set<number>()
  for (const { after } of delta.grids) {
    if (after) touched.add(index.edit.put(fromGridRecord(context, after)!))
  }
  const count = delta.cells.length
  const cells = new Int32Array(count)
  const before = new Int32Array(count)
  const after = new Int32Array(count)
  for (let k = 0; k < count; k++) {
    const move = delta.cells[k]
    const cell = context.cellIndex.get(move.cell)!
    cells[k] = cell
    before[k] = document.cellGrid[cell]
    after[k] = index.slotOf(move.to)
    index.edit.move(cell, before[k], after[k])
    touched.add(before[k])
    touched.add(after[k])
  }
  for (const grid of delta.grids) {
    if (grid.after || !grid.before) continue
    const slot = index.slotOf(grid.before.id)
    touched.add(slot)
    index.edit.remove(slot)
  }
  touched.delete(-1)
  return ok({ inverse: invertDelta(delta), flow: { cells, before, after, grids: Int32Array.from(touched).sort() } })
}

/** Check a delta against a plan without changing it. Same answer as `applyDelta`. */
export function checkDelta(state: PlanState, delta: PlanDelta): Result<null> {
  const grids = checkGrids(state, delta)
  return grids.ok ? checkCells(state, delta, grids.value) : grids
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

function checkCells(state: PlanState, delta: PlanDelta, grids: GridsAfter): Result<null> {
  const { context, document, index } = state
  const seen = new Set<number>()
  const leaving = new Map<string, number>()
  for (const { cell: cellId, from, to } of delta.cells) {
    const cell = context.cellIndex.get(cellId)
    if (cell === undefined) return refusedDelta('cell_unknown', { cellId })
    if (seen.has(cellId)) return refusedDelta('cell_repeated', { cellId })
    seen.add(cellId)
    const current = document.grids[document.cellGrid[cell]]?.id ?? null
    if (current !== from) return refusedDelta('cell_from_mismatch', { cellId, expected: from, got: current })
    if (from !== null && grids.removed.has(from)) leaving.set(from, (leaving.get(from) ?? 0) + 1)
    if (to === null) continue
    const community = grids.communityById.get(to) ?? document.grids[index.slotOf(to)]?.community
    if (community === undefined || grids.removed.has(to)) return refusedDelta('grid_unknown', { gridId: to })
    if (community !== context.land.cellCommunity[cell]) return refusedDelta('other_community', { cellId, gridId: to })
  }
  for (const id of grids.removed) {
    if (index.cellCount(index.slotOf(id)) !== (leaving.get(id) ?? 0)) return refusedDelta('grid_not_empty', { gridId: id })
  }
  return ok(null)
}
