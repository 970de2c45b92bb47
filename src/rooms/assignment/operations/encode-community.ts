import { householdsOfCommunity, membersOfCommunity } from '@/core/assignment/assignment-context'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import { communityLimits, memberLimits, modeOf, settingsOf, termsOf } from '@/core/assignment/member-rules'
import type { CommunityWalks } from '@/core/assignment/walks'
import { ELSEWHERE, type CommunityTask } from '../jobs/solve-assignment/community-task'

/**
 * One community of a plan as a task for the solver.
 * @throws Error where the walks of the community are not known to the session
 * Complexity O(households + members + kinships + exclusions).
 */
export function encodeCommunity(
  { context, document, index, walks }: Pick<AssignmentSession, 'context' | 'document' | 'index' | 'walks'>,
  community: number,
): CommunityTask {
  const { households: homes, members: people, kinships, current } = context.scope
  const table = walks.table(community)
  if (!table) throw new Error(`expected the walks of community ${context.communities[community].id}, got none`)
  const settings = settingsOf(context, document)
  const households = householdsOfCommunity(context, community)
  const members = membersOfCommunity(context, community)
  const memberAt = new Map(Array.from(members, (member, at) => [member, at]))
  const householdAt = new Map(Array.from(households, (household, at) => [household, at]))
  const place = (member: number) => (member < 0 ? -1 : (memberAt.get(member) ?? ELSEWHERE))
  const rowOf = placesOf(table.from)
  const columnOf = placesOf(table.to)
  const column = <T extends Int32Array | Uint8Array | Uint32Array>(list: Int32Array, of: T): T => list.map((_, at) => of[list[at]]) as T
  const limits = Array.from(members, (member) => memberLimits(context, document, member))
  const flags = (list: readonly boolean[]) => Uint8Array.from(list, Number)

  const kin: number[] = []
  kinships.member.forEach((member, k) => {
    const [at, household] = [memberAt.get(member), householdAt.get(kinships.household[k])]
    if (at !== undefined && household !== undefined) kin.push(at, household)
  })
  const excluded: number[] = []
  for (const [householdId, ofHousehold] of document.exclusions) {
    const household = householdAt.get(context.householdIndex.get(householdId) ?? -1)
    if (household === undefined) continue
    for (const memberId of ofHousehold.keys()) {
      const at = memberAt.get(context.memberIndex.get(memberId) ?? -1)
      if (at !== undefined) excluded.push(at, household)
    }
  }
  const frail = members.filter((member) => people.frail[member] === 1)
  const dm = (metres: number) => 10 * metres
  return {
    communityId: context.communities[community].id,
    mode: modeOf(context, document, community),
    households: {
      ids: column(households, homes.ids),
      building: households.map((household) => columnOf.get(homes.building[household]) ?? -1),
      stairwell: column(households, homes.stairwell),
      special: Uint8Array.from(households, (household) => context.special[household]),
      interests: Uint32Array.from(households, (household) => homes.interests[household]),
      today: households.map((household) => place(current.householdMember[household])),
      now: households.map((household) => place(document.householdMember[household])),
      pinned: Uint8Array.from(households, (household) => document.pinned[household]),
    },
    members: {
      ids: column(members, people.ids),
      able: flags(limits.map(({ isAble }) => isAble)),
      frail: Uint8Array.from(members, (member) => people.frail[member]),
      exempt: Array.from(members, (member) => termsOf(context, document, member)?.exempt ?? null),
      min: Int32Array.from(limits, ({ min, max }) => Math.min(min, max)),
      max: Int32Array.from(limits, ({ max }) => max),
      ownMin: flags(limits.map(({ hasOwnMin }) => hasOwnMin)),
      ownMax: flags(limits.map(({ hasOwnMax }) => hasOwnMax)),
      pinnedElsewhere: members.map(
        (member) => index.householdsOf(member).filter((household) => document.pinned[household] === 1 && homes.community[household] !== community).length,
      ),
      reachM: Int32Array.from(limits, ({ reachM }) => reachM ?? -1),
      committee: Uint8Array.from(members, (member) => people.committee[member]),
      interests: Uint32Array.from(members, (member) => people.interests[member]),
      stairwell: column(members, people.stairwell),
      row: members.map((member) => rowOf.get(people.building[member]) ?? -1),
      column: members.map((member) => columnOf.get(people.building[member]) ?? -1),
    },
    kin: Int32Array.from(kin),
    excluded: Int32Array.from(excluded),
    walks: { columns: table.to.length, walkDm: table.walkDm, straight: table.straight },
    weights: {
      sameStairwellDm: dm(settings.sameStairwellM),
      sameBuildingDm: dm(settings.sameBuildingM),
      kinshipDm: dm(settings.kinshipM),
      interestDm: dm(settings.interestM),
      changeDm: dm(settings.changeM),
      farDm: dm(settings.farM),
    },
    limits: communityLimits(context, document, community),
    minBuildings: settings.minBuildings,
    care: {
      ...settings.care,
      frail: frail.map((member) => memberAt.get(member)!),
      today: frail.map((member) => place(current.carer[member])),
      now: frail.map((member) => place(document.carer[member])),
    },
  }
}

const placesOf = (buildings: CommunityWalks['from']): Map<number, number> => new Map(Array.from(buildings, (building, at) => [building, at]))
