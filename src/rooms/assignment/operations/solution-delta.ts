import type { AssignmentState } from '@/core/assignment/assignment-index'
import type { AssignmentDelta } from '@/core/assignment/assignment-plan'
import { UNCHANGED, type CommunitySolution } from '../jobs/solve-assignment/community-task'

/** What has to change in a plan so that it is as solved; empty where it is already. Pinned ties stay. O(households solved). */
export function solutionDelta(
  { context, document }: Omit<AssignmentState, 'index'>,
  communities: readonly Pick<CommunitySolution, 'householdIds' | 'memberIds' | 'frailIds' | 'carerIds'>[],
): AssignmentDelta {
  const ties: { household: number; from: number | null; to: number | null }[] = []
  const care: { member: number; from: number | null; to: number | null }[] = []
  const idOf = (member: number) => (member < 0 ? null : context.scope.members.ids[member])
  for (const { householdIds, memberIds, frailIds, carerIds } of communities) {
    householdIds.forEach((household, k) => {
      const at = context.householdIndex.get(household)!
      const [from, to] = [idOf(document.householdMember[at]), memberIds[k] || null]
      if (to !== UNCHANGED && from !== to && document.pinned[at] === 0) ties.push({ household, from, to })
    })
    frailIds.forEach((member, k) => {
      const [from, to] = [idOf(document.carer[context.memberIndex.get(member)!]), carerIds[k] || null]
      if (to !== UNCHANGED && from !== to) care.push({ member, from, to })
    })
  }
  return { ties, ...(care.length > 0 && { care }) }
}
