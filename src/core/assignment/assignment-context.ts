import { makeIdIndex, type IdIndex } from '../id-index'
import { SPECIAL_CATEGORY_CODES } from '../categories'
import type { OrgUnit, Scope } from '../scope'
import type { AssignmentScope } from './assignment-scope'

/** What an assignment plan stands on: the street's columns with what follows from them. Never mutated. */
export interface AssignmentContext {
  readonly scope: AssignmentScope
  readonly communities: readonly OrgUnit[]
  /** Unit whose communities a plan covers. */
  readonly orgUnitId: number
  /** 1 where the plan covers the community; by community index. */
  readonly covered: Uint8Array
  readonly householdIndex: IdIndex
  readonly memberIndex: IdIndex
  readonly communityIndex: IdIndex
  /** Members of community k: communityMember[communityMemberStart[k] … [k+1]−1], ascending. */
  readonly communityMemberStart: Uint32Array
  readonly communityMember: Int32Array
  /** Likewise its households. */
  readonly communityHouseholdStart: Uint32Array
  readonly communityHousehold: Int32Array
  /** 1 where the household is of a special group; by household. */
  readonly special: Uint8Array
  isKin(member: number, household: number): boolean
}

/** Work out what plans of one unit stand on. Complexity O(households + members + kinships). */
export function createAssignmentContext(
  { communities, orgUnits }: Pick<Scope, 'communities' | 'orgUnits'>,
  scope: AssignmentScope,
  orgUnitId: number,
): AssignmentContext {
  const { households, members, kinships } = scope
  const parents = new Map(orgUnits.map(({ id, parentId }) => [id, parentId]))
  const isWithin = (id: number | null): boolean => id !== null && (id === orgUnitId || isWithin(parents.get(id) ?? null))
  const [communityMemberStart, communityMember] = listByCommunity(members.community, communities.length)
  const [communityHouseholdStart, communityHousehold] = listByCommunity(households.community, communities.length)
  const kin = new Set(Array.from(kinships.member, (member, k) => member * households.count + kinships.household[k]))
  return {
    scope,
    communities,
    orgUnitId,
    covered: Uint8Array.from(communities, ({ id, parentId }) => Number(id === orgUnitId || isWithin(parentId))),
    householdIndex: makeIdIndex(households.ids),
    memberIndex: makeIdIndex(members.ids),
    communityIndex: makeIdIndex(Int32Array.from(communities, ({ id }) => id)),
    communityMemberStart,
    communityMember,
    communityHouseholdStart,
    communityHousehold,
    special: Uint8Array.from(households.category, (category) => Number(SPECIAL_CATEGORY_CODES.includes(category))),
    isKin: (member, household) => kin.has(member * households.count + household),
  }
}

/** Households of a community in their natural order: a view. */
export const householdsOfCommunity = (context: AssignmentContext, community: number): Int32Array =>
  context.communityHousehold.subarray(context.communityHouseholdStart[community], context.communityHouseholdStart[community + 1])

/** Members of a community by index, frail and exempt ones among them: a view. */
export const membersOfCommunity = (context: AssignmentContext, community: number): Int32Array =>
  context.communityMember.subarray(context.communityMemberStart[community], context.communityMemberStart[community + 1])

function listByCommunity(community: Int32Array, communityCount: number): [start: Uint32Array, list: Int32Array] {
  const start = new Uint32Array(communityCount + 1)
  for (const k of community) start[k + 1]++
  for (let k = 0; k < communityCount; k++) start[k + 1] += start[k]
  const next = start.slice()
  const list = new Int32Array(community.length)
  community.forEach((k, item) => (list[next[k]++] = item))
  return [start, list]
}
