import { composeAssignmentDeltas } from '@/core/assignment/assignment-delta'
import type { AssignmentDelta } from '@/core/assignment/assignment-plan'

/** A household that both sides gave to somebody else since the revision they share. Member ids, null is nobody. */
interface DisputedTie {
  readonly householdId: number
  readonly theirs: number | null
  readonly mine: number | null
}

export interface TieEditComparison {
  /** Households the others changed in the end. */
  readonly theirHouseholds: number
  /** Households both changed, and not to the same member; ascending by id. */
  readonly disputed: readonly DisputedTie[]
}

/** What two rows of edits on the same revision change in the end, and where they disagree. O(entries). */
export function compareTieEdits(theirs: readonly AssignmentDelta[], mine: readonly AssignmentDelta[]): TieEditComparison {
  const theirEnd = new Map(composeAssignmentDeltas(theirs).ties.map((tie) => [tie.household, tie.to]))
  const disputed = composeAssignmentDeltas(mine).ties.flatMap(({ household, to }): DisputedTie[] => {
    const other = theirEnd.get(household)
    return other === undefined || other === to ? [] : [{ householdId: household, theirs: other, mine: to }]
  })
  return { theirHouseholds: theirEnd.size, disputed: disputed.sort((a, b) => a.householdId - b.householdId) }
}
