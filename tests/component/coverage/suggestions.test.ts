import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { GAP_REASONS, reasonBit } from '@/core/coverage/gap'
import type { Role, Workspace } from '@/core/workspace'
import { makeCoverage } from '../../unit/rooms/coverage/make-coverage'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ statuses: [] as unknown[][] }))
vi.mock('@/rooms/coverage/repository', async (original) => ({ ...(await original<object>()), loadCoverageScope: () => new Promise(() => {}) }))
vi.mock('@/data/member-names', () => ({ loadMemberNames: async () => [] }))
vi.mock('@/data/call-rpc', async (original) => ({ ...(await original<object>()), callRpc: async () => [] }))
vi.mock('@/rooms/coverage/acts-repository', async (original) => ({
  ...(await original<object>()),
  setCompoundStatus: async (...values: unknown[]) => {
    server.statuses.push(values)
    return { former: { status: 'unmanaged', note: null } }
  },
}))
const routing = vi.hoisted(() => ({ router: null as unknown }))
vi.mock('vue-router', async (original) => ({
  ...(await original<object>()),
  useRouter: () => routing.router,
  useRoute: () => (routing.router as Router).currentRoute.value,
}))
const { default: CoverageInspector } = await import('@/rooms/coverage/components/CoverageInspector.vue')
const { useCoverageStore } = await import('@/rooms/coverage/store')

let page: VueWrapper
let router: Router
let workspace: Workspace

/** A building with a household for each reason, selected, looked at by somebody in a role. */
async function open(role: Role): Promise<void> {
  const level = role === 'street_officer' ? 'street' : 'community'
  workspace = makeWorkspace()
  const scope = workspace.scope.get()!
  const compound = { id: 77, name: '文昌路 22 号院', initials: '', status: 'unmanaged' as const, note: null, community: scope.buildings.community[0], ring: [] }
  workspace.scope.set({ ...scope, compounds: [compound], buildings: { ...scope.buildings, compound: new Int32Array(scope.buildings.count).fill(-1).fill(0, 0, 1) } })
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId: level === 'street' ? 2 : scope.communities[0].id, orgName: '', level, landId: 1 }] })
  workspace.selection.set({ kind: 'building', index: 0 })
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:room', component: { render: () => null } }] })
  routing.router = router
  await router.push('/coverage?at=1,2,3&sel=building-1&tab=access&reason=no_grid')
  ;({ page } = await mountRoom(CoverageInspector, { workspace, map: makeMap() }))
  useCoverageStore().setCoverage(makeCoverage(workspace.scope.get()!, GAP_REASONS.map((reason) => ({ reasons: reasonBit(reason) }))))
  await flushPromises()
}
const byTest = (name: string) => page.get(`[data-test=${name}]`)
beforeEach(() => (server.statuses = []))
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

it('says every reason of a place, and leads to the room that closes each, with view and selection', async () => {
  await open('street_officer')
  expect(byTest('inspect-count').text()).toBe('盲区 8 / 8 户')
  for (const [reason, path, query] of [
    ['no_grid', '/redesign', {}],
    ['no_member', '/assignment', { tab: 'assign' }],
    ['member_overloaded', '/assignment', { tab: 'assign' }],
    ['not_patrolled', '/patrol', { occasion: 'unserved_households', idle: '14' }],
  ] as const) {
    await byTest(`act-${reason}`).trigger('click')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe(path))
    expect(router.currentRoute.value.query).toEqual({ at: '1,2,3', sel: 'building-1', ...query })
  }
  await byTest('act-no_worker').trigger('click')
  await vi.waitFor(() => expect(router.currentRoute.value.query).toMatchObject({ tab: 'chain', chain: 'grids', sel: `grid-${workspace.scope.get()!.current.grids[0].id}` }))
  await byTest('act-station_too_far').trigger('click')
  expect(useCoverageStore().panelTab).toBe('siting')
})

it('settles who manages a compound, and puts back what stood before', async () => {
  await open('community_secretary')
  await byTest('act-compound_unmanaged').trigger('click')
  await byTest('compound-note').setValue('社区代管')
  await byTest('compound-form').trigger('submit')
  await flushPromises()
  expect(server.statuses).toEqual([[77, 'unmanaged', 'self_managed', '社区代管']])
  workspace.notices.get().at(-1)!.act!.run()
  await flushPromises()
  expect(server.statuses[1]).toEqual([77, 'self_managed', 'unmanaged', null])
})

it.each(['auditor', 'grid_worker'] as const)('offers no act to who looks only: %s', async (role) => {
  await open(role)
  for (const reason of GAP_REASONS) expect(byTest(`act-${reason}`).attributes()).toMatchObject({ disabled: '', title: '没有这项权限' })
})
