import { describe, expect, it } from 'vitest'
import { createAssignmentContext } from '@/core/assignment/assignment-context'
import type { AssignmentDocument } from '@/core/assignment/assignment-plan'
import { ASSIGNMENT_DEFAULTS, type AssignmentScope, type MemberTerms } from '@/core/assignment/assignment-scope'
import { findAssignmentFindings } from '@/core/assignment/find-assignment-findings'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import type { OrgUnit } from '@/core/scope'

/**
 * Two communities, households 1 … 6 in the first (buildings 0 and 1, three each) and 7, 8 in the second; members 11 … 13 in the
 * first, 14 in the second.
 *
 *     A (id 101, urban): 1 2 3 | 4 5 6    11 committee, 12, 13 frail
 *     B (id 102, rural): 7 8              14
 */
const unit = (id: number, parentId: number | null, level: OrgUnit['level'], kind: OrgUnit['kind'] = null): OrgUnit => ({ id, parentId, level, kind, code: '', name: '', initials: '' })
const communities = [unit(101, 1, 'community', 'urban'), unit(102, 1, 'community', 'rural')]
const NOBODY = -1
const terms = (some: Partial<MemberTerms>): MemberTerms => ({ exempt: null, minHouseholds: null, maxHouseholds: null, reachM: null, ...some })

const scope: AssignmentScope = {
  landId: 1,
  households: {
    count: 8, ids: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8), building: Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2), stairwell: new Int32Array(8).fill(-1),
    community: Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1), category: Uint8Array.of(0, 1, 5, 7, 0, 0, 2, 0), interests: new Uint32Array(8), rooms: [],
  },
  stairwells: { count: 0, ids: new Int32Array(0), building: new Int32Array(0), names: [] },
  members: {
    count: 4, ids: Int32Array.of(11, 12, 13, 14), community: Int32Array.of(0, 0, 0, 1), building: Int32Array.of(0, 1, 1, 2), stairwell: new Int32Array(4).fill(-1),
    household: new Int32Array(4).fill(-1), partyGroupId: new Int32Array(4), frail: Uint8Array.of(0, 0, 1, 0), committee: Uint8Array.of(1, 0, 0, 0),
    leader: new Uint8Array(4), terms: [null, null, null, null], interests: new Uint32Array(4),
  },
  kinships: { count: 0, member: new Int32Array(0), household: new Int32Array(0) },
  current: { editions: Int32Array.of(1, 1), householdMember: Int32Array.of(0, 0, 0, 1, 1, 1, 3, 3), carer: Int32Array.of(-1, -1, 0, -1) },
  settings: { ...ASSIGNMENT_DEFAULTS, urban: { min: 3, max: 3 }, rural: { min: 2, max: 2 }, minBuildings: 2, care: { min: 0, max: 1 } },
}

function find(change: (document: AssignmentDocument) => void, orgUnitId = 1, own: AssignmentScope = scope) {
  const context = createAssignmentContext({ communities, orgUnits: [unit(1, null, 'street'), ...communities] }, own, orgUnitId)
  const document = makeAssignmentDocument(own, { planId: 'p', orgUnitId, revision: 1 })
  change(document)
  return findAssignmentFindings({ context, document })
}
const codes = (change: (document: AssignmentDocument) => void, orgUnitId?: number) => find(change, orgUnitId).map(({ code }) => code)
/** Of the special households 2, 4 and 7 (5 is a veteran's), two are with somebody of no committee. */
const SPECIAL = [
  { code: 'special_without_committee', severity: 'warning', memberIds: [], householdIds: [4], values: { communityId: 101, households: 1 } },
  { code: 'special_without_committee', severity: 'warning', memberIds: [], householdIds: [7], values: { communityId: 102, households: 1 } },
]

describe('findings of an assignment', () => {
  it('are those of special groups alone where all limits are met exactly', () => {
    expect(find(() => undefined)).toEqual(SPECIAL)
    // A plan of one community says nothing of the others.
    expect(find(() => undefined, 102)).toEqual([SPECIAL[1]])
  })

  it('name households of nobody by community, and the member who is left below the least', () => {
    const found = find(({ householdMember }) => {
      householdMember[5] = NOBODY
      householdMember[3] = NOBODY
    })
    expect(found).toEqual([
      { code: 'household_unserved', severity: 'error', memberIds: [], householdIds: [4, 6], values: { communityId: 101, households: 2 } },
      { code: 'member_below_min', severity: 'warning', memberIds: [12], householdIds: [], values: { households: 1, min: 3, unit: 'household' } },
      SPECIAL[1],
    ])
  })

  it('name ties across communities, to the exempt and frail, excluded ones, and who carries too many', () => {
    const found = find((document) => {
      document.householdMember.set([3, 2, 1], 0)
      document.exclusions.set(5, new Map([[12, 'quarrel']]))
    })
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([
      { code: 'tie_other_community', severity: 'error', memberIds: [14], householdIds: [1], values: { households: 1 } },
      { code: 'member_exempt_carries', severity: 'error', memberIds: [13], householdIds: [2], values: { households: 1 } },
      { code: 'tie_excluded', severity: 'error', memberIds: [12], householdIds: [5], values: { households: 1 } },
      { code: 'member_above_max', severity: 'error', memberIds: [12], householdIds: [], values: { households: 4, max: 3, unit: 'household' } },
      { code: 'member_above_max', severity: 'error', memberIds: [14], householdIds: [], values: { households: 3, max: 2, unit: 'household' } },
    ])
    // In a plan of the second community the first one's households do not count.
    expect(codes((document) => document.householdMember.set([3, 2, 1], 0), 102)).toEqual(['special_without_committee'])
  })

  it('go by the terms of the plan, then those registered, then the limits of the community, then of its kind', () => {
    const registered = { ...scope, members: { ...scope.members, terms: [null, terms({ maxHouseholds: 2 }), null, null] } }
    const above = (change: (document: AssignmentDocument) => void) =>
      find(change, 1, registered).filter(({ code }) => code === 'member_above_max').map(({ memberIds, values }) => [memberIds[0], values.max])
    expect(above(() => undefined)).toEqual([[12, 2]])
    expect(above((document) => document.terms.set(12, terms({ maxHouseholds: 3 })))).toEqual([])
    expect(above((document) => document.terms.set(12, terms({})))).toEqual([])
    const communityLimits = [{ communityId: 101, min: 0, max: 1 }]
    expect(above((document) => (document.aims = { ...scope.settings, communityLimits }))).toEqual([[11, 1], [12, 2]])
  })

  it('count buildings where whole buildings are assigned, but for terms of the own', () => {
    const byBuilding = (document: AssignmentDocument) => document.modes.set(101, 'building')
    const below = (change: (document: AssignmentDocument) => void) => find(change).filter(({ code }) => code.startsWith('member_')).map(({ memberIds, values }) => ({ member: memberIds[0], ...values }))
    expect(below(byBuilding)).toEqual([
      { member: 11, buildings: 1, households: 3, min: 2, unit: 'building' },
      { member: 12, buildings: 1, households: 3, min: 2, unit: 'building' },
    ])
    expect(below((document) => {
      byBuilding(document)
      document.householdMember.fill(0, 0, 6)
      document.terms.set(12, terms({ minHouseholds: 1 }))
    })).toEqual([{ member: 12, households: 0, min: 1, unit: 'household' }])
    expect(below((document) => {
      byBuilding(document)
      document.householdMember.fill(0, 0, 6)
      document.terms.set(12, terms({ minHouseholds: 0 }))
      document.terms.set(11, terms({ maxHouseholds: 5 }))
    })).toEqual([{ member: 11, households: 6, max: 5, unit: 'household' }])
  })

  it('name the frail without an able carer, and carers of too many', () => {
    const care = (change: (document: AssignmentDocument) => void) => find(change).filter(({ code }) => code.includes('care'))
    expect(care(({ carer }) => (carer[2] = NOBODY))).toEqual([
      { code: 'frail_without_carer', severity: 'error', memberIds: [13], householdIds: [], values: { communityId: 101, members: 1 } },
    ])
    expect(care((document) => document.terms.set(11, terms({ exempt: 'aged_70' })))).toMatchObject([{ code: 'frail_without_carer', memberIds: [13] }])
    expect(care((document) => (document.aims = { ...scope.settings, care: { min: 0, max: 0 } }))).toEqual([
      { code: 'care_above_max', severity: 'warning', memberIds: [11], householdIds: [], values: { members: 1, max: 0 } },
    ])
  })

  it('are waived by code and community or member, where the code may be waived', () => {
    const context = createAssignmentContext({ communities, orgUnits: [unit(1, null, 'street'), ...communities] }, scope, 1)
    const document = makeAssignmentDocument(scope, { planId: 'p', orgUnitId: 1, revision: 1 })
    document.householdMember[0] = NOBODY
    document.householdMember[1] = 1
    const waive = (code: 'household_unserved' | 'member_above_max' | 'member_below_min', communityId: number | null, memberId: number | null) =>
      findAssignmentFindings({ context, document }, [{ code, communityId, memberId, reason: 'x' }]).filter(({ waived }) => waived).map(({ code: one }) => one)
    expect(waive('household_unserved', 101, null)).toEqual(['household_unserved'])
    expect(waive('household_unserved', 102, null)).toEqual([])
    expect(waive('member_above_max', null, 12)).toEqual(['member_above_max'])
    expect(waive('member_below_min', null, 11)).toEqual([])
  })
})
