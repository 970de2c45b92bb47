import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import type { AssignmentDelta } from '@/core/assignment/assignment-plan'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import { createSolving } from '@/rooms/assignment/solving'
import { makeGround, openSession } from '@/rooms/assignment/views'
import { createWhatIf } from '@/rooms/assignment/what-if'
import { SUPPOSED_MEMBER_ID } from '@/rooms/assignment/operations/suppose-task'
import { assignmentBytes, contactScope, makeContactWorld, STREET_ID, type ContactWorldOptions } from '../../../helpers/contact-world'

/** The room's solving with a draft of a made-up street; where there are no workers it runs on this thread. */
function open(options: ContactWorldOptions) {
  const world = makeContactWorld(options)
  const ground = makeGround(contactScope(world), world.scope)
  const session: AssignmentSession = openSession(ground, makeAssignmentDocument(world.scope, { planId: 'p', orgUnitId: STREET_ID, revision: 1 }))
  const tick = ref(0)
  const previews: (AssignmentDelta | null)[] = []
  const faults: unknown[] = []
  const solving = createSolving({
    tick,
    ground: () => ground,
    draftSession: () => session,
    showPreview: (delta) => previews.push(delta) > 0,
    take: (delta, note) => session.apply(delta, note).ok,
    refuse: (code) => faults.push(code),
    setWalks: (walks) => session.setWalks(walks),
    fail: (thrown) => faults.push(thrown),
  })
  session.subscribe((change) => {
    tick.value++
    solving.onChange(session, change)
  })
  const whatIf = createWhatIf({ session: () => session, ground: () => ground, solving })
  return { world, session, solving, whatIf, previews, faults }
}

describe('solving in the room', () => {
  it('shows what was worked out, changes nothing before it is taken, and takes it as one step', async () => {
    const { session, solving, previews, faults } = open({ seed: 2, communities: 2, members: 8 })
    const bytes = assignmentBytes(session.document)
    await solving.solve()
    expect(faults).toEqual([])
    const made = solving.proposal.value!
    expect(made.solved.communities.length).toBe(2)
    expect(previews).toEqual([made.delta])
    expect(assignmentBytes(session.document)).toBe(bytes)
    expect(session.loads.measured.some((count) => count > 0)).toBe(true)
    solving.accept()
    expect(session.steps.length).toBe(1)
    expect(solving.proposal.value).toBeNull()
    expect(session.findings().filter(({ code }) => code === 'household_unserved').length).toBe(
      made.solved.communities.filter(({ figures }) => figures.served < figures.households).length,
    )
    await solving.solve()
    expect(solving.proposal.value!.delta).toEqual({ ties: [] })
  })

  it('says what no longer holds after a change by hand, of that community alone', async () => {
    const { world, session, solving } = open({ seed: 2, communities: 2, members: 8 })
    await solving.solve()
    solving.accept()
    expect([...solving.staleIds.value]).toEqual([])
    const household = world.scope.households.community.indexOf(1)
    const from = world.scope.members.ids[session.document.householdMember[household]]
    session.apply({ ties: [{ household: world.scope.households.ids[household], from, to: null }] }, { key: 'change' })
    expect([...solving.staleIds.value]).toEqual([world.communities[1].id])
  })

  it('answers questions though no walk was measured before: a member away, other limits', async () => {
    const { world, session, solving, whatIf, faults } = open({ seed: 5, communities: 1, members: 8, isPlain: true })
    const bytes = assignmentBytes(session.document)
    await whatIf.away(0, 'N')
    expect(faults).toEqual([])
    const { delta, solved } = solving.proposal.value!
    expect(delta!.terms).toEqual([{ member: world.scope.members.ids[0], before: null, after: { exempt: 'long_away', minHouseholds: null, maxHouseholds: null, reachM: null } }])
    expect(solved.communities[0].memberIds.includes(world.scope.members.ids[0])).toBe(false)
    expect(assignmentBytes(session.document)).toBe(bytes)
    await whatIf.limits(0, { min: 0, max: 3 })
    expect(Math.max(...solving.proposal.value!.solved.communities[0].loads)).toBe(3)
    expect(assignmentBytes(session.document)).toBe(bytes)
  })

  it('answers for somebody who does not exist and for a building less, only to be looked at', async () => {
    const { world, session, solving, whatIf, faults } = open({ seed: 8, communities: 1, buildings: 9, members: 4, isPlain: true, settings: { urban: { min: 1, max: 5 } } })
    await solving.solve()
    const [before] = solving.proposal.value!.solved.communities
    expect(before.figures.served).toBe(20)
    const empty = [...world.buildingCommunity.keys()].find((b) => !world.scope.members.building.includes(b))!
    await whatIf.newMember(empty)
    expect(faults).toEqual([])
    const made = solving.proposal.value!
    expect(made.delta).toBeNull()
    expect(made.solved.communities[0].figures.served).toBe(25)
    expect(made.solved.communities[0].memberIds.filter((id) => id === SUPPOSED_MEMBER_ID).length).toBe(5)
    await whatIf.withoutBuilding(0)
    const less = solving.proposal.value!.solved.communities[0].figures
    expect(less.households).toBe(before.figures.households - world.scope.households.building.filter((b) => b === 0).length)
    expect(session.canUndo).toBe(false)
  })

  it('offers every relaxation as a change that does what it says', async () => {
    let tried = 0
    for (const seed of [3, 8, 13]) {
      const { session, solving, faults } = open({ seed, communities: 1, buildings: 9, members: 6, settings: { urban: { min: 1, max: 4 } } })
      await solving.solve()
      const [solution] = solving.proposal.value!.solved.communities
      for (const way of solution.shortage?.relaxations ?? []) {
        await solving.relax([{ solution, relaxation: way }])
        expect(faults).toEqual([])
        const [relaxed] = solving.proposal.value!.solved.communities
        expect([seed, way.kind, relaxed.figures.households - relaxed.figures.served]).toEqual([seed, way.kind, way.unserved])
        solving.accept()
        expect(session.undo().ok).toBe(true)
        tried++
      }
    }
    expect(tried).toBeGreaterThan(4)
  })
})
