import type { PlanDelta } from '../plan'
import type { PlanState } from '../plan-index'
import { ok, refused, type Result } from '../result'

export interface AssignCellsInput {
  /** Cell indices; repeats are taken once. */
  readonly cells: Iterable<number>
  /** Grid the cells go to; null takes them out of their grids. */
  readonly gridId: string | null
  /** Take cells from this grid only (null: only land without a grid); any grid where left out. */
  readonly onlyFrom?: string | null
}

/** Why a cell stays where it is. */
export type AssignRefusal = 'grid_locked' | 'other_community' | 'filtered_out'

export interface ScreenedCells {
  /** Cells that may change hands, in the order given. */
  readonly cells: readonly number[]
  /** Cells that may not, by reason; the first reason that holds counts. Cells already there are in neither list. */
  readonly refused: ReadonlyMap<AssignRefusal, readonly number[]>
}

/** Sort cells into those that may go to a grid and those that may not, with the reason. Complexity O(cells). */
export function screenCells({ context, document, index }: PlanState, input: AssignCellsInput): ScreenedCells {
  const to = index.slotOf(input.gridId)
  const target = document.grids[to] ?? null
  const onlyFrom = input.onlyFrom === undefined ? undefined : index.slotOf(input.onlyFrom)
  const cells: number[] = []
  const refusals = new Map<AssignRefusal, number[]>()
  for (const cell of new Set(input.cells)) {
    const from = document.cellGrid[cell]
    if (from === to) continue
    const reason = reasonAgainst(cell, from)
    if (reason === null) cells.push(cell)
    else if (refusals.has(reason)) refusals.get(reason)!.push(cell)
    else refusals.set(reason, [cell])
  }
  return { cells, refused: refusals }

  function reasonAgainst(cell: number, from: number): AssignRefusal | null {
    if (target?.locked) return 'grid_locked'
    if (onlyFrom !== undefined && from !== onlyFrom) return 'filtered_out'
    if (target && target.community !== context.land.cellCommunity[cell]) return 'other_community'
    return document.grids[from]?.locked ? 'grid_locked' : null
  }
}

/**
 * Give cells to a grid. Cells that may not go there stay; the operation is refused only where none may go.
 * @returns the delta, or `grid_unknown`, `grid_locked`, `other_community`, `filtered_out` (the commonest reason, with its
 * number of cells), `nothing_to_do` where all are there already
 */
export function assignCells(plan: PlanState, input: AssignCellsInput): Result<PlanDelta> {
  const { context, document, index } = plan
  if (input.gridId !== null && index.slotOf(input.gridId) < 0) return refused('grid_unknown', { gridId: input.gridId })
  const screened = screenCells(plan, input)
  if (screened.cells.length === 0) {
    const [commonest] = [...screened.refused].sort(([, a], [, b]) => b.length - a.length)
    return commonest ? refused(commonest[0], { cells: commonest[1].length }) : refused('nothing_to_do')
  }
  const cells = screened.cells.map((cell) => ({
    cell: context.land.cellIds[cell],
    from: document.grids[document.cellGrid[cell]]?.id ?? null,
    to: input.gridId,
  }))
  return ok({ cells, grids: [] })
}
