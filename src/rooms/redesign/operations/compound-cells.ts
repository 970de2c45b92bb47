import type { PlanContext } from '@/core/plan-context'

/**
 * All cells that hold buildings of the compounds on a cell, ascending; the cell alone where no compound stands on it.
 * O(cells of the compounds).
 */
export function compoundCells(context: PlanContext, cell: number): number[] {
  const cells = new Set([cell])
  for (let k = context.cellCompoundStart[cell]; k < context.cellCompoundStart[cell + 1]; k++) {
    for (const other of context.compoundCells[context.cellCompound[k]]) cells.add(other)
  }
  return [...cells].sort((first, second) => first - second)
}
