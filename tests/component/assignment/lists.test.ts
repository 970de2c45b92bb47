import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, type Component } from 'vue'
import type { Scope } from '@/core/scope'
import { communityId, contactScope, makeContactWorld, STREET_ID } from '../../helpers/contact-world'
import { makeFakeAssignmentServer } from '../../helpers/fake-assignment-server'
import { makeWorkspace, mountRoom } from '../mount-room'

const world = makeContactWorld({ seed: 2, communities: 2, members: 8, isPlain: true, settings: { urban: { min: 1, max: 9 }, rural: { min: 1, max: 9 } } })
const held = vi.hoisted(() => ({ calls: null as unknown as Record<string, (...values: unknown[]) => unknown> }))
const chain = vi.hoisted(() => ({ breaks: vi.fn(), staffing: vi.fn(), set: vi.fn() }))

vi.mock('@/rooms/assignment/repository', () => {
  const names = ['loadAssignmentScope', 'listDrafts', 'openDraft', 'loadPlan', 'loadEdition', 'saveDraft', 'copyDraft', 'rebaseDraft', 'loadEditsSince', 'checkOnServer', 'publish', 'discardDraft', 'loadHistory']
  return Object.fromEntries(names.map((name) => [name, (...values: unknown[]) => held.calls[name](...values)]))
})
vi.mock('@/rooms/assignment/unsaved-edits', async (original) => ({
  ...(await original<object>()),
  browserUnsavedStore: () => ({ put: async () => undefined, get: async () => null, drop: async () => undefined }),
}))
vi.mock('@/data/member-names', () => ({ loadMemberNames: async () => [] }))
vi.mock('@/rooms/assignment/chain-repository', () => ({
  loadChainBreaks: chain.breaks, loadGridStaffing: chain.staffing, setContactLink: chain.set,
  listContactLinks: async () => [], listPeopleAt: async () => [], loadHeads: async () => new Map(),
}))

const { useAssignmentStore } = await import('@/rooms/assignment/store')
const { useAssignmentMap } = await import('@/rooms/assignment/map-store')
const { default: MemberTable } = await import('@/rooms/assignment/components/MemberTable.vue')
const { default: MatrixPane } = await import('@/rooms/assignment/components/MatrixPane.vue')
const { default: ExceptionsPane } = await import('@/rooms/assignment/components/ExceptionsPane.vue')
const { default: ChainPane } = await import('@/rooms/assignment/components/ChainPane.vue')

let page: VueWrapper
let store: ReturnType<typeof useAssignmentStore>
const count = world.buildingCommunity.length
const scope = (): Scope => {
  const made = contactScope(world)
  return { ...made, buildings: { ...made.buildings, ids: Int32Array.from({ length: count }, (_, b) => 900 + b), households: new Int32Array(count).fill(1) } }
}

async function open(component: Component, props: Record<string, unknown> = {}) {
  const workspace = makeWorkspace()
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role: 'street_officer', orgUnitId: STREET_ID, orgName: '', level: 'street', landId: 1 }] })
  workspace.scope.set(scope())
  ;({ page } = await mountRoom(component, { workspace, props }))
  store = useAssignmentStore()
  store.enter()
  await vi.waitFor(() => expect(store.reading).toBe('ready'))
  await nextTick()
  return workspace
}
async function openDraft() {
  await store.drafts.start('试分')
  await vi.waitFor(() => expect(store.editing).toBe(true))
  await nextTick()
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }))
  held.calls = makeFakeAssignmentServer(world).calls as never
  chain.breaks.mockResolvedValue([
    { level: 'member', code: 'member_without_group', total: 16, count: 0, ids: [] },
    { level: 'building', code: 'building_without_leader', total: 12, count: 2, ids: [900, 901] },
  ])
  chain.staffing.mockResolvedValue([])
  chain.set.mockResolvedValue({ ended: 0, begun: 1 })
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('lists in step with the map', () => {
  it('sort members by a heading, walk them by key, and keep to those a bar chose', async () => {
    await open(MemberTable, { query: '', only: 'all' })
    const loads = () => page.findAll('tbody td.strong').map((cell) => Number(cell.text()))
    await page.findAll('thead button')[4].trigger('click')
    expect(loads()).toEqual([...loads()].sort((a, b) => b - a))
    expect(loads().length).toBeGreaterThan(4)
    const scroller = page.get('[data-test=member-scroller]')
    await scroller.trigger('keydown', { key: 'ArrowDown' })
    const first = store.selectedMember
    expect(store.session!.loads.households[first]).toBe(loads()[0])
    await scroller.trigger('keydown', { key: 'ArrowDown' })
    expect(store.selectedMember).not.toBe(first)
    useAssignmentMap().choose([first])
    await nextTick()
    expect(loads()).toHaveLength(1)
  })

  it('give a door of a building to the member chosen and take it back, each as one step', async () => {
    const workspace = await open(MatrixPane)
    await openDraft()
    const { households, members } = store.assignmentScope!
    const building = [...households.building].find((b, h) => households.stairwell[h] >= 0 && world.buildingCommunity[b] === 0)!
    workspace.selection.set({ kind: 'building', index: building })
    await nextTick()
    const member = [...members.ids.keys()].find((m) => members.community[m] === 0)!
    store.selectMember(member)
    await nextTick()
    const doors = page.findAll('[role=gridcell].door:not(.gap)')
    expect(doors).toHaveLength([...households.building].filter((b) => b === building).length)
    const steps = store.draftSession!.steps.length
    const before = store.draftSession!.index.load(member)
    const other = doors.find((door) => !door.classes('mine'))!
    await other.trigger('pointerdown')
    window.dispatchEvent(new Event('pointerup'))
    await nextTick()
    expect(store.draftSession!.index.load(member)).toBe(before + 1)
    await page.get('[role=grid]').trigger('keydown', { key: 'Delete' })
    expect(store.draftSession!.index.load(member)).toBe(before)
    expect(store.draftSession!.steps).toHaveLength(steps + 2)
  })

  it('lead from an exception to its place', async () => {
    const workspace = await open(ExceptionsPane)
    const unserved = store.session!.document.householdMember.filter((member) => member < 0).length
    const kind = page.get('[data-test=exception-household_unserved]')
    expect(kind.text()).toContain(String(unserved))
    await kind.trigger('click')
    await page.get('[data-test=exception-next]').trigger('click')
    expect(['building', 'household']).toContain(workspace.selection.get()!.kind)
  })
})

describe('the chain', () => {
  it('closes a break by the act that belongs to it, and is read again', async () => {
    await open(ChainPane)
    await vi.waitFor(() => expect(chain.breaks).toHaveBeenCalledWith(STREET_ID))
    await nextTick()
    expect(page.text()).toContain(`unit ${communityId(0)}`)
    await page.get('#assignment-chain-tab-breaks').trigger('click')
    expect(page.get('[data-test=break-member_without_group]').attributes('disabled')).toBeDefined()
    await page.get('[data-test=break-building_without_leader]').trigger('click')
    const picker = page.get('[data-test=link-building]')
    const choice = picker.findAll('option')[1].attributes('value')!
    await picker.setValue(choice)
    expect(chain.set).toHaveBeenCalledWith('building', 900, Number(choice))
    await vi.waitFor(() => expect(chain.breaks).toHaveBeenCalledTimes(2))
  })
})
