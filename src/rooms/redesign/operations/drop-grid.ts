import { composeDeltas } from '@/core/delta'
import { fillLand } from '@/core/operations/fill-land'
import { removeGrid } from '@/core/operations/remove-grid'
import type { PlanDelta } from '@/core/plan'
import { createPlanIndex, type PlanState } from '@/core/plan-index'
import { ok, refused, type Result } from '@/core/result'

/** Where the land of a grid that goes is to go: to the grids around it, to one grid by id, or to none. */
export type LandHeir = { readonly to: 'neighbours' | 'none' } | { readonly to: 'grid'; readonly gridId: string }

/**
 * Take a grid out of the plan. Land given to the neighbours goes ring by ring to the grid with the longest shared border.
 * @returns the delta, or `grid_unknown`, `grid_locked`, `other_community`, and where no neighbour may take the land
 * `no_heir`
 * Complexity O(cells of the land).
 */
export function dropGrid(plan: PlanState, gridId: string, heir: LandHeir): Result<PlanDelta> {
  if (heir.to === 'grid') return removeGrid(plan, { gridId, heirId: heir.gridId })
  const removed = removeGrid(plan, { gridId })
  if (!removed.ok || heir.to === 'none' || removed.value.cells.length === 0) return removed
  const { context, document, index } = plan
  const slot = index.slotOf(gridId)
  const without = {
    ...document,
    grids: document.grids.map((grid, k) => (k === slot ? null : grid)),
    cellGrid: document.cellGrid.map((of) => (of === slot ? -1 : of)),
  }
  const trial: PlanState = { context, document: without, index: createPlanIndex(context, without) }
  const filled = fillLand(trial, { communities: [document.grids[slot]!.community] })
  const own = new Set(removed.value.cells.map(({ cell }) => cell))
  const given = filled.ok ? filled.value.cells.filter(({ cell }) => own.has(cell)) : []
  if (given.length < own.size) return refused('no_heir', { cells: own.size - given.length })
  return ok(composeDeltas(removed.value, { cells: given, grids: [] }))
}
