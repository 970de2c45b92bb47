import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { createAssignmentIndex } from '@/core/assignment/assignment-index'
import { invertAssignmentDelta, isEmptyAssignmentDelta } from '@/core/assignment/assignment-delta'
import { createAssignmentSession } from '@/core/assignment/create-assignment-session'
import { createComparisonTracker } from '@/core/assignment/compare-assignments'
import { findAssignmentFindings } from '@/core/assignment/find-assignment-findings'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import { createLoadTracker } from '@/core/assignment/member-loads'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import { assignmentBytes, communityId, makeContactWorld, netWalks, randomAssignmentDelta, STREET_ID, type ContactWorld } from '../../../helpers/contact-world'

const NOTE = { key: 'change' }

function open(world: ContactWorld, orgUnitId = STREET_ID): AssignmentSession {
  const context = world.context(orgUnitId)
  const session = createAssignmentSession({ context, document: makeAssignmentDocument(world.scope, { planId: 'p', orgUnitId, revision: 4 }) })
  session.setWalks(netWalks(world, context))
  return session
}

/** Everything a session keeps from edit to edit is what counting anew gives. */
function expectAsComputedAnew(session: AssignmentSession): void {
  const { context, document } = session
  const state = { context, document, index: createAssignmentIndex(context, document) }
  const loads = createLoadTracker(state)
  loads.setWalks(session.walks)
  expect(session.loads).toEqual(loads.loads)
  expect(session.findings()).toEqual(findAssignmentFindings(state))
  const { households, ...comparison } = createComparisonTracker(context, document.householdMember).value()
  const { households: kept, ...now } = session.comparison()
  expect(now).toEqual(comparison)
  expect(kept()).toEqual(households())
  for (let member = 0; member < context.scope.members.count; member++) {
    expect(session.index.caredBy(member)).toEqual(state.index.caredBy(member))
  }
}

describe('an assignment session', () => {
  it.each([1, 2, 3, 4])('keeps figures and findings as counted anew, and comes back to the byte, for any edits (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const session = open(makeContactWorld({ seed, communities: 3 }), seed % 2 === 0 ? STREET_ID : communityId(1))
    const bytes = [assignmentBytes(session.document)]
    for (let step = 0; step < 40; step++) {
      if (!session.apply(randomAssignmentDelta(session, random), NOTE).ok) throw new Error('a random edit was refused')
      bytes.push(assignmentBytes(session.document))
      if (step % 8 === 0) expectAsComputedAnew(session)
    }
    expectAsComputedAnew(session)
    for (let step = 39; step >= 0; step--) {
      expect(session.undo().ok).toBe(true)
      expect(assignmentBytes(session.document)).toBe(bytes[step])
    }
    expectAsComputedAnew(session)
    expect(session.undo()).toMatchObject({ ok: false, code: 'nothing_to_undo' })
    while (session.canRedo) session.redo()
    expect(assignmentBytes(session.document)).toBe(bytes[40])
    expectAsComputedAnew(session)
  })

  it('finds the frail of one community without a carer when the carer, of another, becomes exempt', () => {
    const world = makeContactWorld({ seed: 11, communities: 2, members: 8, isPlain: true })
    const { members } = world.scope
    members.frail[0] = 1
    const session = open(world)
    const carer = members.community.indexOf(1)
    session.apply({ ties: [], care: [{ member: members.ids[0], from: null, to: members.ids[carer] }] }, NOTE)
    expect(session.findings().some(({ code }) => code === 'frail_without_carer')).toBe(false)
    const after = { exempt: 'aged_70', minHouseholds: null, maxHouseholds: null, reachM: null } as const
    session.apply({ ties: [], terms: [{ member: members.ids[carer], before: null, after }] }, NOTE)
    expect(session.findings().filter(({ code }) => code === 'frail_without_carer')).toMatchObject([{ memberIds: [members.ids[0]] }])
  })

  it('tells what changed, so that a mirror that hears only changes holds the same ties', () => {
    const random = seededRandom(9)
    const session = open(makeContactWorld({ seed: 9 }))
    const mirror = session.document.householdMember.slice()
    session.subscribe(({ changedHouseholds }) => changedHouseholds.forEach((k) => (mirror[k] = session.document.householdMember[k])))
    for (let step = 0; step < 30; step++) {
      if (random() < 0.3) session.undo()
      else session.apply(randomAssignmentDelta(session, random), NOTE)
    }
    expect(mirror).toEqual(session.document.householdMember)
  })

  it('puts the edits of others under mine: theirs stay but where mine is preferred, nothing of mine is lost unseen', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = seededRandom(seed)
      const world = makeContactWorld({ seed })
      const [mine, other] = [open(world), open(world)]
      for (let step = 0; step < 6; step++) {
        mine.apply(randomAssignmentDelta(mine, random), NOTE)
        other.apply(randomAssignmentDelta(other, random), NOTE)
      }
      const before = mine.document.householdMember.slice()
      const moved = new Set(mine.pending().edits.flatMap(({ delta }) => delta.ties.map(({ household }) => household)))
      const report = mine.rebase(other.pending().edits, 5)
      if (!report.ok) throw new Error(report.code)
      expect(mine.document.revision).toBe(5)
      expectAsComputedAnew(mine)
      const inConflict = new Set(report.value.conflicts.flatMap(({ householdIds }) => householdIds))
      world.scope.households.ids.forEach((id, k) => {
        if (moved.has(id) && !inConflict.has(id)) expect([mine.document.householdMember[k], other.document.householdMember[k]]).toContain(before[k])
        if (!moved.has(id)) expect(mine.document.householdMember[k]).toBe(other.document.householdMember[k])
      })
      const taken = open(world)
      taken.apply(randomAssignmentDelta(taken, random), NOTE)
      expect(taken.takeTheirs(other.pending().edits, 5).ok).toBe(true)
      other.saveDone(5)
      expect(assignmentBytes(taken.document)).toBe(assignmentBytes(other.document))
    }
  })

  it.each(['mine', 'theirs'] as const)('where both changed the same keeps %s, and says so', (prefer) => {
    const world = makeContactWorld({ seed: 3, communities: 1, members: 5 })
    const { households, members, current } = world.scope
    const others = members.ids.filter((_, m) => m !== current.householdMember[0])
    const [mine, other] = [open(world), open(world)]
    const from = current.householdMember[0] < 0 ? null : members.ids[current.householdMember[0]]
    const terms = (maxHouseholds: number) => ({ exempt: null, minHouseholds: null, maxHouseholds, reachM: null })
    const edit = (to: number, max: number) => ({ ties: [{ household: households.ids[0], from, to }], terms: [{ member: members.ids[1], before: null, after: terms(max) }] })
    mine.apply(edit(others[0], 5), NOTE)
    other.apply(edit(others[1], 7), NOTE)
    const report = mine.rebase(other.pending().edits, 5, prefer)
    if (!report.ok) throw new Error(report.code)
    expect(report.value.conflicts.map(({ reason, kept, householdIds, memberIds }) => [reason, kept, householdIds, memberIds])).toEqual([
      ['tie_taken', prefer, [households.ids[0]], []],
      ['terms_changed', prefer, [], [members.ids[1]]],
    ])
    expect(members.ids[mine.document.householdMember[0]]).toBe(prefer === 'mine' ? others[0] : others[1])
    expect(mine.limits(1).max).toBe(prefer === 'mine' ? 5 : 7)
    expect(mine.pending().edits.length).toBe(prefer === 'mine' ? 1 : 0)
  })

  it('sends what is unsaved, and after a save only what came since', () => {
    const session = open(makeContactWorld({ seed: 2 }))
    const random = seededRandom(2)
    session.apply(randomAssignmentDelta(session, random), { key: 'one' })
    expect(session.beginSave()).toMatchObject({ baseRevision: 4, edits: [{ note: { key: 'one' } }] })
    session.apply({ ties: [], modes: [{ community: communityId(0), before: 'household', after: 'building' }] }, { key: 'two' })
    session.saveDone(5)
    expect(session.unsaved).toBe(true)
    expect(session.pending()).toMatchObject({ baseRevision: 5, edits: [{ note: { key: 'two' } }] })
    session.undo()
    expect(session.unsaved).toBe(false)
  })

  it('inverts a delta to one that inverts to the same', () => {
    const session = open(makeContactWorld({ seed: 5 }))
    const random = seededRandom(5)
    for (let step = 0; step < 30; step++) {
      const delta = randomAssignmentDelta(session, random)
      expect(invertAssignmentDelta(invertAssignmentDelta(delta))).toEqual(delta)
      expect(isEmptyAssignmentDelta(delta)).toBe(false)
    }
  })
})

describe('a delta that does not fit', () => {
  const world = makeContactWorld({ seed: 7, communities: 2 })
  const { households, members } = world.scope
  const inside = households.community.indexOf(0)
  const outside = households.community.indexOf(1)
  const [household, stranger] = [households.ids[inside], households.ids[outside]]
  const today = (k: number) => (world.scope.current.householdMember[k] < 0 ? null : members.ids[world.scope.current.householdMember[k]])
  const from = today(inside)
  const [member, foreigner] = [members.ids[members.community.indexOf(0)], members.ids[members.community.indexOf(1)]]
  const carer = (id: number) => (world.scope.current.carer[members.ids.indexOf(id)] < 0 ? null : members.ids[world.scope.current.carer[members.ids.indexOf(id)]])
  const tie = { household, from, to: member }
  const terms = { exempt: null, minHouseholds: 5, maxHouseholds: 4, reachM: null }
  const settings = world.scope.settings
  it.each([
    ['household_unknown', { ties: [{ ...tie, household: 1 }] }],
    ['household_outside', { ties: [{ household: stranger, from: today(outside), to: member }] }],
    ['household_repeated', { ties: [tie, tie] }],
    ['member_unknown', { ties: [{ ...tie, to: 1 }] }],
    ['tie_from_mismatch', { ties: [{ ...tie, from: from === member ? null : member }] }],
    ['pin_from_mismatch', { ties: [], pins: [{ household, from: true, to: false }] }],
    ['member_outside', { ties: [], care: [{ member: foreigner, from: carer(foreigner), to: null }] }],
    ['care_from_mismatch', { ties: [], care: [{ member, from: carer(member) === member ? null : member, to: null }] }],
    ['member_repeated', { ties: [], terms: [{ member, before: null, after: null }, { member, before: null, after: null }] }],
    ['exclusion_repeated', { ties: [], exclusions: [1, 2].map(() => ({ member, household, before: null, after: 'x' })) }],
    ['exclusion_before_mismatch', { ties: [], exclusions: [{ member, household, before: 'y', after: 'x' }] }],
    ['exclusion_invalid', { ties: [], exclusions: [{ member, household, before: null, after: ' ' }] }],
    ['terms_before_mismatch', { ties: [], terms: [{ member, before: terms, after: null }] }],
    ['terms_invalid', { ties: [], terms: [{ member, before: null, after: terms }] }],
    ['community_unknown', { ties: [], modes: [{ community: 1, before: 'household', after: 'building' }] }],
    ['community_outside', { ties: [], modes: [{ community: communityId(1), before: 'household', after: 'building' }] }],
    ['community_repeated', { ties: [], modes: [1, 2].map(() => ({ community: communityId(0), before: 'household' as const, after: 'building' as const })) }],
    ['mode_before_mismatch', { ties: [], modes: [{ community: communityId(0), before: 'building', after: 'household' }] }],
    ['aims_before_mismatch', { ties: [], aims: { before: settings, after: null } }],
    ['aims_invalid', { ties: [], aims: { before: null, after: { ...settings, rural: { min: 9, max: 8 } } } }],
  ] as const)('is refused as %s, and nothing changes', (code, delta) => {
    const session = open(world, communityId(0))
    const bytes = assignmentBytes(session.document)
    expect(session.apply(delta, NOTE)).toMatchObject({ ok: false, code })
    // A good entry before the bad one is not applied either.
    if (code !== 'household_repeated') expect(session.apply({ ...delta, ties: [tie, ...delta.ties] }, NOTE).ok).toBe(false)
    expect(assignmentBytes(session.document)).toBe(bytes)
    expect(session.canUndo).toBe(false)
  })
})
