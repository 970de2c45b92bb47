import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Role, Workspace } from '@/core/workspace'
import { DataError } from '@/data/errors'
import type { UnsavedEdits } from '@/rooms/assignment/unsaved-edits'
import { communityId, contactScope, makeContactWorld, STREET_ID } from '../../helpers/contact-world'
import { makeFakeAssignmentServer } from '../../helpers/fake-assignment-server'
import { makeWorkspace, mountRoom } from '../mount-room'

/* Two communities of six houses with eight members each; today's ties are at random, as the seed draws them. */
const world = makeContactWorld({ seed: 2, communities: 2, members: 8, settings: { urban: { min: 1, max: 9 }, rural: { min: 1, max: 9 } } })
const held = vi.hoisted(() => ({ calls: null as unknown as Record<string, (...values: unknown[]) => unknown>, kept: new Map<string, unknown>() }))

vi.mock('@/rooms/assignment/repository', () => {
  const names = ['loadAssignmentScope', 'listDrafts', 'openDraft', 'loadPlan', 'loadEdition', 'saveDraft', 'copyDraft', 'rebaseDraft', 'loadEditsSince', 'checkOnServer', 'publish', 'discardDraft', 'loadHistory']
  return Object.fromEntries(names.map((name) => [name, (...values: unknown[]) => held.calls[name](...values)]))
})
vi.mock('@/rooms/assignment/unsaved-edits', async (original) => ({
  ...(await original<object>()),
  browserUnsavedStore: () => ({
    put: async (kept: UnsavedEdits) => void held.kept.set(kept.planId, kept),
    get: async (planId: string) => (held.kept.get(planId) as UnsavedEdits) ?? null,
    drop: async (planId: string) => void held.kept.delete(planId),
  }),
}))

const { useAssignmentStore } = await import('@/rooms/assignment/store')
const { default: AssignPane } = await import('@/rooms/assignment/components/AssignPane.vue')
const { default: MemberActs } = await import('@/rooms/assignment/components/MemberActs.vue')
const { COMMANDS } = await import('@/rooms/assignment/commands')

let server: ReturnType<typeof makeFakeAssignmentServer>
let store: ReturnType<typeof useAssignmentStore>
let workspace: Workspace
let page: VueWrapper

async function openAs(role: Role, orgUnitId = STREET_ID) {
  workspace = makeWorkspace()
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId, orgName: '', level: 'street', landId: 1 }] })
  workspace.scope.set(contactScope(world))
  ;({ page } = await mountRoom(AssignPane, { workspace }))
  store = useAssignmentStore()
  store.enter()
  await vi.waitFor(() => expect(store.reading).toBe('ready'))
  await nextTick()
}

beforeEach(() => {
  localStorage.clear()
  held.kept.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  server = makeFakeAssignmentServer(world)
  held.calls = server.calls as never
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

const at = (name: string) => page.get(`[data-test=${name}]`)
const ties = () => [...store.session!.document.householdMember]
const said = () => workspace.notices.get().map((notice) => notice.key)
async function openDraft() {
  await at('open-draft').trigger('click')
  await at('create-draft').trigger('submit')
  await vi.waitFor(() => expect(store.draft).not.toBeNull())
  await nextTick()
}
async function solve() {
  await at('solve').trigger('click')
  await vi.waitFor(() => expect(store.solving.proposal).not.toBeNull(), { timeout: 10_000 })
  await nextTick()
}
/** A member who may carry, and has households. */
const someMember = () => [...store.session!.loads.households.keys()].find((member) => store.session!.limits(member).isAble && store.session!.loads.households[member] > 0)!

describe('a draft', () => {
  it('is opened for the street, solved, looked at, taken as one step and undone', async () => {
    await openAs('street_officer')
    expect(page.find('[data-test=solve]').exists()).toBe(false)
    await openDraft()
    const before = ties()
    await solve()
    // What is shown is the result; the draft itself is as it was, and is not published meanwhile.
    expect(ties()).not.toEqual(before)
    expect([...store.draftSession!.document.householdMember]).toEqual(before)
    expect(store.publishBlocked).toBe('pending')
    expect(at('solve-figures').text()).toContain('差距')
    expect(at('proposal').text()).toContain('采用')
    store.undo()
    await nextTick()
    expect(ties()).toEqual(before)
    await solve()
    await at('proposal-take').trigger('click')
    expect(store.draftSession!.steps).toHaveLength(1)
    expect(ties()).not.toEqual(before)
    expect(at('undo').attributes('title')).toContain('采用计算结果')
    await at('undo').trigger('click')
    expect(ties()).toEqual(before)
  })

  it('comes back with the edits that were not saved', async () => {
    await openAs('street_officer')
    await openDraft()
    server.failWith(new DataError('server_down', 'fetch failed'))
    const member = someMember()
    store.acts.pin([...store.session!.index.householdsOf(member)], true, '多年联系')
    await vi.waitFor(() => expect(held.kept.size).toBe(1))
    page.unmount()
    server.failWith(null)
    await openAs('street_officer')
    await vi.waitFor(() => expect(store.drafts.waiting?.edits).toHaveLength(1))
    await at('waiting-take').trigger('click')
    expect(store.unsavedCount).toBe(1)
    expect(store.session!.document.pinned.some((pin) => pin === 1)).toBe(true)
  })

  it('leads to a choice by name where somebody saved first, and puts mine on top', async () => {
    await openAs('street_officer')
    await openDraft()
    const session = store.draftSession!
    const [first, second] = [...session.context.scope.households.ids]
    const pin = (household: number) => ({ delta: { ties: [], pins: [{ household, from: false, to: true }] }, note: { key: 'assignment.note.pin' } })
    server.as('王*')
    await server.calls.saveDraft(store.draft!.planId, 0, [pin(second)])
    session.apply(pin(first).delta, pin(first).note)
    expect(await store.saving.save()).toBe(false)
    await vi.waitFor(() => expect(document.querySelector<HTMLButtonElement>('[data-test=rebase]')?.disabled).toBe(false))
    expect(document.querySelector('[data-test=conflict]')!.textContent).toContain('王*')
    document.querySelector<HTMLButtonElement>('[data-test=rebase]')!.click()
    await vi.waitFor(() => expect(store.revision).toBe(2))
    expect([...session.document.pinned.slice(0, 2)]).toEqual([1, 1])
    expect(said()).toContain('assignment.conflict.rebased')
  })

  it('is not published before it is carried over to what came into force', async () => {
    await openAs('street_officer')
    server.move([communityId(1)])
    await openDraft()
    expect(at('moved').text()).toContain('unit 21')
    expect(store.publishBlocked).toBe('outdated')
    await at('carry-over').trigger('click')
    await vi.waitFor(() => expect(store.publishBlocked).toBeNull())
  })

  it('is published with a reason for what may be waived', async () => {
    await openAs('street_officer')
    await openDraft()
    server.findings([{ code: 'household_unserved', severity: 'error', memberIds: [], householdIds: [world.scope.households.ids[0]], values: { communityId: communityId(0), households: 1 } }])
    await at('publish').trigger('click')
    await vi.waitFor(() => expect(document.querySelector('[data-test=must-waive]')?.textContent).toContain('unit 20'))
    const go = document.querySelector<HTMLButtonElement>('[data-test=publish-go]')!
    expect(go.disabled).toBe(true)
    const field = document.querySelector<HTMLInputElement>('[data-test=reason]')!
    field.value = '本人要求暂不安排'
    field.dispatchEvent(new Event('input'))
    await nextTick()
    go.click()
    await vi.waitFor(() => expect(server.published).toHaveLength(1))
    expect(server.published[0].waivers).toEqual([{ code: 'household_unserved', communityId: communityId(0), memberId: null, reason: '本人要求暂不安排' }])
    await vi.waitFor(() => expect(said()).toContain('assignment.publish.done'))
    expect(store.draft).toBeNull()
  })
})

describe('acts', () => {
  it('exempt a member only with a reason, and leave the households to the next solving', async () => {
    await openAs('street_officer')
    await openDraft()
    const member = someMember()
    const households = [...store.session!.index.householdsOf(member)]
    const { page: acts } = await mountRoom(MemberActs, { workspace, props: { member } })
    // The second page has a store of its own; it joins the draft there.
    store = useAssignmentStore()
    store.enter()
    await vi.waitFor(() => expect(store.draft).not.toBeNull())
    await nextTick()
    await acts.get('[data-test=act-exempt]').trigger('click')
    expect(acts.get<HTMLButtonElement>('[data-test=act-done]').element.disabled).toBe(true)
    await acts.get('[data-test=act-reason]').setValue('去外地带孙辈一年')
    await acts.get('[data-test=act-reason]').trigger('submit')
    expect(store.session!.limits(member).isAble).toBe(false)
    expect(households.map((household) => store.session!.document.householdMember[household])).toEqual(households.map(() => -1))
    expect(store.undoNote?.values?.reason).toBe('去外地带孙辈一年')
    acts.unmount()
  })

  it('of the palette say why they cannot be used', async () => {
    await openAs('street_officer')
    const why = (name: string) => COMMANDS.find((one) => one.id === `assignment:${name}`)!.disabled()
    expect(['solve', 'undo', 'publish', 'save', 'take'].map(why)).toEqual(['no_draft', 'no_draft', 'no_draft', 'nothing_to_save', 'no_proposal'])
    await openDraft()
    expect(['solve', 'undo', 'cancel'].map(why)).toEqual([null, 'nothing_to_undo', 'not_running'])
  })
})

it('shows a grid leader what is in force, and no act that changes it', async () => {
  await openAs('grid_leader', communityId(0))
  expect(page.find('[data-test=open-draft]').exists()).toBe(false)
  expect(page.find('[data-test=publish]').exists()).toBe(false)
  expect(at('findings').text()).toContain('无人包联')
  expect(page.text()).toContain('您看到的是现行包联')
  // Walks are measured without being asked for: what is too far is counted along streets.
  await vi.waitFor(() => expect(store.session!.loads.measured.some((count) => count > 0)).toBe(true))
})
