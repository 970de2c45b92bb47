import { describe, expect, it } from 'vitest'
import type { AssignmentDocument } from '@/core/assignment/assignment-plan'
import { createAssignmentSession } from '@/core/assignment/create-assignment-session'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import { swapMembers } from '@/rooms/assignment/operations/swap-members'
import { assignmentBytes, makeContactWorld, STREET_ID } from '../../../helpers/contact-world'

const world = makeContactWorld({ seed: 6, communities: 2, members: 4, isPlain: true })
const { households, members } = world.scope
function open(change: (document: AssignmentDocument) => void = () => undefined) {
  const document = makeAssignmentDocument(world.scope, { planId: 'p', orgUnitId: STREET_ID, revision: 1 })
  // Everybody in the own community, as far as there is a tie.
  document.householdMember.forEach((_, k) => (document.householdMember[k] = 4 * households.community[k] + (k % 3)))
  change(document)
  return createAssignmentSession({ context: world.context(), document })
}
const carriedBy = (session: ReturnType<typeof open>, member: number) => [...session.index.householdsOf(member)].sort((a, b) => a - b)

describe('two members who exchange their households', () => {
  it('have each what the other had, and back again after a second exchange', () => {
    const session = open()
    const bytes = assignmentBytes(session.document)
    const [a, b] = [carriedBy(session, 0), carriedBy(session, 1)]
    const swap = () => {
      const made = swapMembers(session, 0, 1)
      if (!made.ok) throw new Error(made.code)
      expect(session.apply(made.value, { key: 'swap' }).ok).toBe(true)
    }
    swap()
    expect([carriedBy(session, 0), carriedBy(session, 1)]).toEqual([b, a])
    swap()
    expect(assignmentBytes(session.document)).toBe(bytes)
  })

  it('are refused with the reason and how many households it concerns', () => {
    const exempt = { exempt: 'aged_70', minHouseholds: null, maxHouseholds: null, reachM: null } as const
    const first = households.ids[0]
    expect(swapMembers(open(), 0, 4)).toMatchObject({ code: 'other_community' })
    expect(swapMembers(open(), 0, 0)).toMatchObject({ code: 'nothing_to_do' })
    expect(swapMembers(open((document) => document.householdMember.fill(-1)), 0, 1)).toMatchObject({ code: 'nothing_to_do' })
    expect(swapMembers(open((document) => document.terms.set(members.ids[1], exempt)), 0, 1)).toMatchObject({ code: 'member_exempt' })
    expect(swapMembers(open((document) => (document.pinned[0] = 1)), 0, 1)).toMatchObject({ code: 'pinned', details: { count: 1 } })
    expect(swapMembers(open((document) => document.exclusions.set(first, new Map([[members.ids[1], 'no']]))), 0, 1)).toMatchObject({ code: 'excluded', details: { count: 1 } })
    // Kept apart from somebody else: no obstacle.
    expect(swapMembers(open((document) => document.exclusions.set(first, new Map([[members.ids[2], 'no']]))), 0, 1).ok).toBe(true)
  })
})
