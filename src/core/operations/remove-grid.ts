import type { PlanDelta } from '../plan'
import { toGridRecord, type PlanState } from '../plan-index'
import { ok, refused, type Result } from '../result'

export interface RemoveGridInput {
  readonly gridId: string
  /** Grid of the same community that takes its cells; null leaves them without a grid. */
  readonly heirId?: string | null
}

/**
 * Remove a grid; its cells go to an heir or to none.
 * @returns the delta, or `grid_unknown`, `grid_locked` (either of them), `other_community`
 */
export function removeGrid({ context, document, index }: PlanState, input: RemoveGridInput): Result<PlanDelta> {
  const slot = index.slotOf(input.gridId)
  const grid = document.grids[slot]
  if (!grid) return refused('grid_unknown', { gridId: input.gridId })
  if (grid.locked) return refused('grid_locked', { gridId: grid.id })
  const heirId = input.heirId ?? null
  const heir = document.grids[index.slotOf(heirId)] ?? null
  if (heirId !== null && (!heir || heirId === grid.id)) return refused('grid_unknown', { gridId: heirId })
  if (heir?.locked) return refused('grid_locked', { gridId: heir.id })
  if (heir && heir.community !== grid.community) return refused('other_community', { gridId: heir.id })
  const cells = Array.from(index.cellsOf(slot), (cell) => ({
    cell: context.land.cellIds[cell],
    from: grid.id,
    to: heirId,
  })).sort((a, b) => a.cell - b.cell)
  return ok({ cells, grids: [{ before: toGridRecord(context, grid), after: null }] })
}
