import { composeDeltas } from '@/core/delta'
import type { PlanDelta } from '@/core/plan'

/** A cell that both sides gave another grid since the revision they share. Grid ids, null is no grid. */
interface DisputedCell {
  readonly cellId: number
  readonly theirs: string | null
  readonly mine: string | null
}

export interface EditComparison {
  /** Cells the others changed in the end. */
  readonly theirCells: number
  /** Cells both changed, and not to the same grid; ascending by id. */
  readonly disputed: readonly DisputedCell[]
}

/** What two rows of edits on the same revision change in the end, and where they disagree. O(entries). */
export function compareEdits(theirs: readonly PlanDelta[], mine: readonly PlanDelta[]): EditComparison {
  const theirEnd = new Map(composeDeltas(...theirs).cells.map((move) => [move.cell, move.to]))
  const disputed: DisputedCell[] = []
  for (const { cell, to } of composeDeltas(...mine).cells) {
    const other = theirEnd.get(cell)
    if (other !== undefined && other !== to) disputed.push({ cellId: cell, theirs: other, mine: to })
  }
  return { theirCells: theirEnd.size, disputed: disputed.sort((a, b) => a.cellId - b.cellId) }
}
