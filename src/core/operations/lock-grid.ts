import type { PlanDelta } from '../plan'
import { toGridRecord, type PlanState } from '../plan-index'
import { ok, refused, type Result } from '../result'

export interface LockGridInput {
  readonly gridIds: Iterable<string>
  readonly locked: boolean
}

/**
 * Lock grids, or unlock them: a locked grid neither gives nor takes cells, and keeps its name.
 * @returns the delta, or `grid_unknown`, `nothing_to_do`
 */
export function lockGrid({ context, document, index }: PlanState, input: LockGridInput): Result<PlanDelta> {
  const grids: PlanDelta['grids'][number][] = []
  for (const gridId of new Set(input.gridIds)) {
    const grid = document.grids[index.slotOf(gridId)]
    if (!grid) return refused('grid_unknown', { gridId })
    if (grid.locked === input.locked) continue
    const before = toGridRecord(context, grid)
    grids.push({ before, after: { ...before, locked: input.locked } })
  }
  return grids.length > 0 ? ok({ cells: [], grids }) : refused('nothing_to_do')
}
