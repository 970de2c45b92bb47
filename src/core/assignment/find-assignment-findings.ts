import { createSortedFindings } from '../sorted-findings'
import type { AppliedAssignmentDelta } from './apply-assignment-delta'
import { membersOfCommunity } from './assignment-context'
import { createAssignmentIndex, type AssignmentState } from './assignment-index'
import {
  ASSIGNMENT_FINDING_CODES,
  WAIVABLE_ASSIGNMENT_FINDINGS,
  type AssignmentFinding,
  type AssignmentFindingCode,
} from './assignment-plan'
import { isAble, memberLimits, settingsOf } from './member-rules'

/** A reason given for an error that may stand; the community or the member says which. */
export interface AssignmentWaiver {
  readonly code: AssignmentFindingCode
  readonly communityId: number | null
  readonly memberId: number | null
  readonly reason: string
}

/** What an edit touched, by index. */
export type TouchedAssignment = Pick<AppliedAssignmentDelta, 'households' | 'members' | 'communities' | 'rulesChanged'>

/** Findings of a plan, kept from edit to edit; the rules are in the README of this floor. */
export interface AssignmentFindingTracker {
  list(): readonly AssignmentFinding[]
  ofMember(member: number): readonly AssignmentFinding[]
  /** O(what was touched, and the findings about it); where rules changed, of the whole plan. */
  update(touched: TouchedAssignment): void
  setWaivers(waivers: readonly AssignmentWaiver[]): void
}

const WARNINGS: ReadonlySet<AssignmentFindingCode> = new Set(['member_below_min', 'special_without_committee', 'care_above_max'])
const waiverKey = (code: AssignmentFindingCode, aboutId: number) => `${code} ${aboutId}`

export function createAssignmentFindingTracker(state: AssignmentState): AssignmentFindingTracker {
  const { context, document } = state
  const { households: homes, members } = context.scope
  const sorted = createSortedFindings<AssignmentFinding>(ASSIGNMENT_FINDING_CODES)
  const ofMember = new Map<number, readonly AssignmentFinding[]>()
  const ofCommunity = new Map<number, readonly AssignmentFinding[]>()
  /** Special households carried by somebody of no committee, by community. */
  const misplaced = context.communities.map(() => new Set<number>())
  const frail = context.communities.map((_, community) => membersOfCommunity(context, community).filter((member) => members.frail[member] === 1))
  let waived = new Set<string>()

  function look(map: Map<number, readonly AssignmentFinding[]>, about: number, id: number, found: readonly AssignmentFinding[]): void {
    for (const { code } of map.get(about) ?? []) sorted.put(code, id, null)
    for (const finding of found) sorted.put(finding.code, id, finding)
    if (found.length > 0) map.set(about, found)
    else map.delete(about)
  }
  const lookAtMember = (member: number) => look(ofMember, member, members.ids[member], findOfMember(state, member))
  const lookAtCommunity = (community: number) =>
    look(ofCommunity, community, context.communities[community].id, findOfCommunity(state, community, misplaced[community], frail[community]))

  function place(household: number): void {
    const member = document.householdMember[household]
    const among = misplaced[homes.community[household]]
    if (context.special[household] === 1 && member >= 0 && members.committee[member] === 0) among.add(household)
    else among.delete(household)
  }
  function lookAtAll(): void {
    for (let member = 0; member < members.count; member++) lookAtMember(member)
    context.communities.forEach((_, community) => lookAtCommunity(community))
  }
  for (let household = 0; household < homes.count; household++) place(household)
  lookAtAll()

  const withWaiver = (finding: AssignmentFinding): AssignmentFinding =>
    waived.has(waiverKey(finding.code, aboutId(finding))) ? { ...finding, waived: true } : finding

  return {
    list: () => (waived.size > 0 ? sorted.values().map(withWaiver) : sorted.values()),
    ofMember: (member) => (ofMember.get(member) ?? []).map(withWaiver),
    update(touched) {
      for (const household of touched.households) place(household)
      if (touched.rulesChanged) {
        lookAtAll()
        return
      }
      for (const member of touched.members) lookAtMember(member)
      for (const community of touched.communities) lookAtCommunity(community)
    },
    setWaivers(waivers) {
      waived = new Set(
        waivers
          .filter(({ code }) => WAIVABLE_ASSIGNMENT_FINDINGS.includes(code))
          .map(({ code, communityId, memberId }) => waiverKey(code, (memberId ?? communityId)!)),
      )
    },
  }
}

/** Check a whole plan once. Complexity O(households + members). */
export function findAssignmentFindings(
  plan: Omit<AssignmentState, 'index'>,
  waivers: readonly AssignmentWaiver[] = [],
): readonly AssignmentFinding[] {
  const tracker = createAssignmentFindingTracker({ ...plan, index: createAssignmentIndex(plan.context, plan.document) })
  tracker.setWaivers(waivers)
  return tracker.list()
}

/** Id of the community or member that a finding is about: what waivers and the order of the list go by. */
const aboutId = ({ values, memberIds }: AssignmentFinding): number => ('communityId' in values ? Number(values.communityId) : memberIds[0])

function makeFinding(code: AssignmentFindingCode, parts: Partial<AssignmentFinding>): AssignmentFinding {
  return { code, severity: WARNINGS.has(code) ? 'warning' : 'error', memberIds: [], householdIds: [], values: {}, ...parts }
}

const ascending = (ids: Iterable<number>): number[] => [...ids].sort((a, b) => a - b)

function findOfMember(state: AssignmentState, member: number): AssignmentFinding[] {
  const { context, document, index } = state
  const { households: homes, members } = context.scope
  const carried = index.householdsOf(member)
  const community = members.community[member]
  const isCovered = context.covered[community] === 1
  const limits = memberLimits(context, document, member)
  const memberIds = [members.ids[member]]
  const found: AssignmentFinding[] = []
  const idsOf = (list: Iterable<number>) => ascending(Array.from(list, (household) => homes.ids[household]))
  const note = (code: AssignmentFindingCode, list: readonly number[] | Int32Array): void => {
    if (list.length > 0) found.push(makeFinding(code, { memberIds, householdIds: idsOf(list), values: { households: list.length } }))
  }

  note('tie_other_community', carried.filter((household) => homes.community[household] !== community))
  if (!limits.isAble) note('member_exempt_carries', carried)
  if (document.exclusions.size > 0) {
    note('tie_excluded', carried.filter((household) => document.exclusions.get(homes.ids[household])?.has(memberIds[0]) === true))
  }
  if (limits.isAble && isCovered) {
    const households = carried.length
    const byBuilding = limits.mode === 'building'
    if (households > limits.max && (!byBuilding || limits.hasOwnMax)) {
      found.push(makeFinding('member_above_max', { memberIds, values: { households, max: limits.max, unit: 'household' } }))
    }
    if (byBuilding && !limits.hasOwnMin) {
      const min = settingsOf(context, document).minBuildings
      const buildings = new Set(Array.from(carried, (household) => homes.building[household])).size
      if (buildings < min) found.push(makeFinding('member_below_min', { memberIds, values: { buildings, households, min, unit: 'building' } }))
    } else if (households < limits.min) {
      found.push(makeFinding('member_below_min', { memberIds, values: { households, min: limits.min, unit: 'household' } }))
    }
  }
  const cared = index.caredBy(member).length
  const { max } = settingsOf(context, document).care
  if (cared > max) found.push(makeFinding('care_above_max', { memberIds, values: { members: cared, max } }))
  return found
}

function findOfCommunity(
  { context, document, index }: AssignmentState,
  community: number,
  misplaced: ReadonlySet<number>,
  frail: Int32Array,
): AssignmentFinding[] {
  if (context.covered[community] === 0) return []
  const { households: homes, members } = context.scope
  const communityId = context.communities[community].id
  const found: AssignmentFinding[] = []
  const note = (code: AssignmentFindingCode, list: Iterable<number>): void => {
    const householdIds = ascending(Array.from(list, (household) => homes.ids[household]))
    if (householdIds.length > 0) found.push(makeFinding(code, { householdIds, values: { communityId, households: householdIds.length } }))
  }
  note('household_unserved', index.unserved(community))
  note('special_without_committee', misplaced)
  const alone = frail.filter((member) => document.carer[member] < 0 || !isAble(context, document, document.carer[member]))
  if (alone.length > 0) {
    const memberIds = ascending(Array.from(alone, (member) => members.ids[member]))
    found.push(makeFinding('frail_without_carer', { memberIds, values: { communityId, members: alone.length } }))
  }
  return found
}
