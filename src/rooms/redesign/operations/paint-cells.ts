import type { PlanDelta, PlanDocument } from '@/core/plan'
import { ok, refused, type Result } from '@/core/result'
import { selectPaintable, type PaintRule, type RefusalCode } from './select-paintable'

/** What a paint did not take, for the words at the cursor. */
export interface PaintOutcome {
  readonly delta: PlanDelta
  readonly cells: readonly number[]
  readonly refused: ReadonlyMap<RefusalCode, number>
}

/**
 * Hand cells over to the target of the rule.
 *
 * @param cells cell indices, each once
 * @returns the delta and what stayed behind; refused with the commonest reason when no cell may change hands, and with
 *   `nothing_to_do` when all lie in the target already
 */
export function paintCells(
  plan: PlanDocument,
  cellIds: Int32Array,
  cellCommunity: Int32Array,
  cells: readonly number[],
  rule: PaintRule,
): Result<PaintOutcome> {
  const paintable = selectPaintable(cells, plan, cellCommunity, rule)
  if (paintable.cells.length === 0) {
    const worst = [...paintable.refused].sort((a, b) => b[1] - a[1])[0]
    return worst ? refused(worst[0], { count: worst[1] }) : refused('nothing_to_do')
  }
  const gridIdOf = (slot: number) => (slot < 0 ? null : plan.grids[slot]!.id)
  const to = gridIdOf(rule.target!)
  return ok({
    delta: {
      cells: paintable.cells.map((cell) => ({ cell: cellIds[cell]!, from: gridIdOf(plan.cellGrid[cell]!), to })),
      grids: [],
    },
    cells: paintable.cells,
    refused: paintable.refused,
  })
}
