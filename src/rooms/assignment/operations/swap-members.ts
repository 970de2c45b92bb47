import type { AssignmentDelta } from '@/core/assignment/assignment-plan'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import { ok, refused, type Result } from '@/core/result'
import { tieDelta, whyNotMember } from './give-households'

/**
 * Two members exchange all their households. Refused whole: one of them may carry nobody (`member_frail`, `member_exempt`), they
 * are of two communities (`other_community`), households are pinned or would go to somebody they are kept apart from
 * (`pinned`, `excluded`; details.count), both carry nobody (`nothing_to_do`). O(their households).
 */
export function swapMembers(session: AssignmentSession, a: number, b: number): Result<AssignmentDelta> {
  const { context, document, index } = session
  const { households: homes, members } = context.scope
  const unfit = whyNotMember(session, a) ?? whyNotMember(session, b)
  if (unfit) return refused(unfit)
  if (a === b) return refused('nothing_to_do')
  if (members.community[a] !== members.community[b]) return refused('other_community', { count: index.load(a) + index.load(b) })
  const [ofA, ofB] = [a, b].map((member) => [...index.householdsOf(member)].sort((x, y) => x - y))
  if (ofA.length + ofB.length === 0) return refused('nothing_to_do')
  const pinned = [...ofA, ...ofB].filter((household) => document.pinned[household] === 1).length
  if (pinned > 0) return refused('pinned', { count: pinned })
  const isKeptFrom = (member: number) => (household: number) => document.exclusions.get(homes.ids[household])?.has(members.ids[member]) === true
  const excluded = ofA.filter(isKeptFrom(b)).length + ofB.filter(isKeptFrom(a)).length
  if (excluded > 0) return refused('excluded', { count: excluded })
  return ok({ ties: [...tieDelta(session, ofA, b).ties, ...tieDelta(session, ofB, a).ties] })
}
