import type { AssignmentDelta } from '@/core/assignment/assignment-plan'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import type { HouseholdLayout } from './lay-out-households'

/** Why a household does not go to a member; words stand below `refusal` in the messages. */
export type TieRefusal =
  | 'not_editing'
  | 'no_target'
  | 'member_frail'
  | 'member_exempt'
  | 'other_community'
  | 'outside_plan'
  | 'pinned'
  | 'excluded'
  | 'nothing_to_do'

/** Which of some households would go to a member, and why the others stay. */
export interface ScreenedHouseholds {
  readonly households: readonly number[]
  /** Households by reason. */
  readonly refused: ReadonlyMap<TieRefusal, number>
}

/** Why nothing may go to this member at all; null where it may. −1: nobody, which is always possible. */
export function whyNotMember(session: AssignmentSession, member: number): TieRefusal | null {
  if (member < 0) return null
  if (session.context.scope.members.frail[member] === 1) return 'member_frail'
  return session.limits(member).isAble ? null : 'member_exempt'
}

/** Sort out what may go to a member (−1: to nobody). Households that are the member's already are left out without a word. */
export function screenHouseholds(session: AssignmentSession, households: Iterable<number>, member: number): ScreenedHouseholds {
  const { context, document } = session
  const { households: homes, members } = context.scope
  const may: number[] = []
  const refused = new Map<TieRefusal, number>()
  const memberId = member < 0 ? null : members.ids[member]
  for (const household of new Set(households)) {
    if (document.householdMember[household] === member) continue
    const community = homes.community[household]
    let why: TieRefusal | null = null
    if (context.covered[community] !== 1) why = 'outside_plan'
    else if (member >= 0 && members.community[member] !== community) why = 'other_community'
    else if (document.pinned[household] === 1) why = 'pinned'
    else if (memberId !== null && document.exclusions.get(homes.ids[household])?.has(memberId)) why = 'excluded'
    if (why === null) may.push(household)
    else refused.set(why, (refused.get(why) ?? 0) + 1)
  }
  return { households: may, refused }
}

/** Where a community is shared out by building, whole buildings go: the households with their neighbours in the same ones. */
export function withWholeBuildings(session: AssignmentSession, layout: HouseholdLayout, households: Iterable<number>): number[] {
  const { context, document } = session
  const { building, community } = context.scope.households
  const { start, item } = layout.byBuilding
  const all = new Set<number>()
  for (const household of households) {
    const b = building[household]
    const byBuilding = document.modes.get(context.communities[community[household]].id) === 'building'
    if (!byBuilding || b < 0) all.add(household)
    else for (let k = start[b]; k < start[b + 1]; k++) all.add(item[k])
  }
  return [...all]
}

/** The delta that gives households to a member, or to nobody. */
export function tieDelta(session: AssignmentSession, households: readonly number[], member: number): AssignmentDelta {
  const { document, context } = session
  const { households: homes, members } = context.scope
  const idOf = (index: number): number | null => (index < 0 ? null : members.ids[index])
  return {
    ties: households.map((household) => ({ household: homes.ids[household], from: idOf(document.householdMember[household]), to: idOf(member) })),
  }
}
