import { membersOfCommunity } from '@/core/assignment/assignment-context'
import { walkBetween, type Picture, type Walk } from '../picture'

/** What speaks for a tie, the strongest first; words stand below `reason` in the messages. */
export type TieReason = 'pinned' | 'committee' | 'kin' | 'same_stairwell' | 'same_building' | 'interest' | 'kept'

/** Why a household is with its member. */
export interface TieExplanation {
  readonly member: number
  readonly reasons: readonly TieReason[]
  readonly walk: Walk | null
  /** Able members of the community who live nearer, and how many of them carry as many as they may. */
  readonly nearer: number
  readonly nearerFull: number
}

/** What speaks for a member and a household, as the settings weigh it. */
export function reasonsFor({ assignment, session }: Picture, member: number, household: number): TieReason[] {
  const { households: homes, members } = assignment
  const { context, document } = session
  const reasons: TieReason[] = []
  if (document.pinned[household] === 1 && document.householdMember[household] === member) reasons.push('pinned')
  if (context.special[household] === 1 && members.committee[member] === 1) reasons.push('committee')
  if (context.isKin(member, household)) reasons.push('kin')
  const [building, stairwell] = [homes.building[household], homes.stairwell[household]]
  if (stairwell >= 0 && members.stairwell[member] === stairwell) reasons.push('same_stairwell')
  else if (building >= 0 && members.building[member] === building) reasons.push('same_building')
  if ((homes.interests[household] & members.interests[member]) !== 0) reasons.push('interest')
  // Ties in force say nothing of themselves.
  if (document.planId !== 'today' && assignment.current.householdMember[household] === member) reasons.push('kept')
  return reasons
}

/** Explain the tie of a household; null where nobody carries it. O(members of the community). */
export function explainTie(picture: Picture, household: number): TieExplanation | null {
  const { assignment, session } = picture
  const member = session.document.householdMember[household]
  if (member < 0) return null
  const walk = walkBetween(picture, member, household)
  let [nearer, nearerFull] = [0, 0]
  for (const other of membersOfCommunity(session.context, assignment.households.community[household])) {
    const limits = session.limits(other)
    const way = other === member || !limits.isAble ? null : walkBetween(picture, other, household)
    if (!way || !walk || way.m >= walk.m) continue
    nearer++
    if (session.loads.households[other] >= limits.max) nearerFull++
  }
  return { member, reasons: reasonsFor(picture, member, household), walk, nearer, nearerFull }
}

/** Able members of the community of a household with room for one more, the nearest first. */
export function membersNear(picture: Picture, household: number, most: number): { readonly member: number; readonly walk: Walk }[] {
  const { assignment, session } = picture
  const found: { member: number; walk: Walk }[] = []
  for (const member of membersOfCommunity(session.context, assignment.households.community[household])) {
    const limits = session.limits(member)
    if (!limits.isAble || member === session.document.householdMember[household]) continue
    if (limits.mode !== 'building' && session.loads.households[member] >= limits.max) continue
    const walk = walkBetween(picture, member, household)
    if (walk) found.push({ member, walk })
  }
  return found.sort((a, b) => a.walk.m - b.walk.m).slice(0, most)
}
