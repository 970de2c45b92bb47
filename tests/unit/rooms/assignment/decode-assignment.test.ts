import { describe, expect, it } from 'vitest'
import { ASSIGNMENT_DEFAULTS } from '@/core/assignment/assignment-scope'
import { decodeAssignmentEdition, decodeAssignmentRecord, type AssignmentPlanJson } from '@/rooms/assignment/decode-assignment-record'
import { decodeAssignmentScope, type AssignmentScopeJson } from '@/rooms/assignment/decode-assignment-scope'
import type { Scope } from '@/core/scope'

/** Two communities, two buildings; building 99 and community 6 are not shown to this person. */
const STREET = {
  landId: 1,
  buildings: { ids: Int32Array.from([10, 20]) },
  communities: [{ id: 4 }, { id: 5 }],
} as unknown as Pick<Scope, 'landId' | 'buildings' | 'communities'>

const JSON_SCOPE: AssignmentScopeJson = {
  version: 1,
  landId: 1,
  settings: ASSIGNMENT_DEFAULTS,
  households: {
    id: [101, 102, 900, 201],
    building: [10, 10, 99, 20],
    stairwell: [7, 0, 0, 0],
    community: [4, 4, 4, 5],
    category: [0, 2, 0, 7],
    interests: [3, 0, 0, 2147483648],
    member: [31, 0, 31, 77],
    room: ['101', '102', '1', ''],
  },
  stairwells: { id: [7, 8], building: [10, 99], name: ['1单元', '2单元'] },
  members: {
    id: [31, 32, 33],
    community: [4, 5, 6],
    building: [10, 0, 10],
    household: [101, 900, 0],
    partyGroup: [50, 0, 50],
    frail: [0, 1, 0],
    committee: [1, 0, 0],
    leader: [0, 0, 1],
    interests: [1, 0, 0],
    carer: [0, 31, 0],
  },
  terms: [[31, null, null, 12, 0], [33, 'aged_70', null, null, null]],
  kinships: { member: [31, 31, 33], household: [201, 900, 101] },
  editions: [[5, 3, 'building'], [6, 1, 'household']],
}

describe('columns of an assignment', () => {
  const scope = decodeAssignmentScope(JSON_SCOPE, STREET)

  it('turns ids into positions and leaves out what the street does not show', () => {
    expect([...scope.households.ids]).toEqual([101, 102, 201])
    expect([...scope.households.building]).toEqual([0, 0, 1])
    expect([...scope.households.community]).toEqual([0, 0, 1])
    expect([...scope.households.stairwell]).toEqual([0, -1, -1])
    expect(scope.households.rooms).toEqual(['101', '102', ''])
    expect([...scope.households.interests]).toEqual([3, 0, 2147483648])
    expect([...scope.stairwells.ids]).toEqual([7])
    expect([...scope.members.ids]).toEqual([31, 32])
    expect([...scope.members.building]).toEqual([0, -1])
    expect([...scope.members.household]).toEqual([0, -1])
    expect([...scope.members.stairwell]).toEqual([0, -1])
  })

  it('reads terms, kinships, editions and who carries whom', () => {
    expect(scope.members.terms).toEqual([{ exempt: null, minHouseholds: null, maxHouseholds: 12, reachM: 0 }, null])
    expect([...scope.kinships.member, ...scope.kinships.household]).toEqual([0, 2])
    expect([...scope.current.editions]).toEqual([0, 3])
    // A member whom the street does not show is nobody.
    expect([...scope.current.householdMember]).toEqual([0, -1, -1])
    expect([...scope.current.carer]).toEqual([-1, 0])
  })

  const plan: AssignmentPlanJson = {
    planId: 'p', landId: 1, orgUnitId: 4, number: 2, title: '草案', status: 'draft', revision: 3, createdBy: '李*', updatedAt: '2026-01-01',
    bases: [{ communityId: 4, number: 0, inForce: 0, at: null, by: null }],
    ties: { household: [101, 102, 900], member: [0, 31, 31], pinned: [101] },
    care: [[32, 0]],
    exclusions: [{ member: 31, household: 102, reason: '邻里纠纷' }],
    terms: [[31, 'other', null, null, null]],
    modes: [[4, 'building']],
    aims: null,
    waivers: [],
  }

  it('puts a plan in the place of the ties in force, also where it has nobody', () => {
    const { document, communityIds } = decodeAssignmentRecord(plan, scope)
    expect(communityIds).toEqual([4])
    expect([...document.householdMember]).toEqual([-1, 0, -1])
    expect([...document.pinned]).toEqual([1, 0, 0])
    expect([...document.carer]).toEqual([-1, -1])
    expect(document.exclusions.get(102)?.get(31)).toBe('邻里纠纷')
    expect(document.terms.get(31)?.exempt).toBe('other')
    expect(document.modes.get(4)).toBe('building')
    expect(document.revision).toBe(3)
    expect([...scope.current.householdMember]).toEqual([0, -1, -1])
  })

  it('shows a former edition of a community, the others as they are', () => {
    const document = decodeAssignmentEdition(
      { communityId: 4, number: 1, mode: 'household', ties: { household: [101, 102], member: [0, 31] }, care: [[32, 31]] }, scope)
    expect([...document.householdMember]).toEqual([-1, 0, -1])
    expect([...document.carer]).toEqual([-1, 0])
    expect(document.orgUnitId).toBe(4)
  })
})
