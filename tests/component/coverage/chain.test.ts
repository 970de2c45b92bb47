import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CoverageScope, StationRecord } from '@/core/coverage/coverage-scope'
import { createCell } from '@/core/observable'
import type { Scope } from '@/core/scope'
import type { Workspace } from '@/core/workspace'
import { DataError } from '@/data/errors'
import type { GestureMode, MapEngine } from '@/map/contracts'
import { makeCoverage } from '../../unit/rooms/coverage/make-coverage'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ coverage: null as unknown, saved: [] as unknown[][], reopened: [] as number[], revision: 3 }))
vi.mock('@/rooms/coverage/repository', async (original) => ({ ...(await original<object>()), loadCoverageScope: async () => server.coverage }))
vi.mock('@/rooms/coverage/station-repository', async (original) => ({
  ...(await original<object>()),
  reopenStation: async (id: number) => {
    server.reopened.push(id)
    return { id, revision: 1 }
  },
  saveStation: async (...values: unknown[]) => {
    server.saved.push(values)
    if (values[1] !== server.revision) throw new DataError('stale', 'stale', { revision: server.revision })
    return { id: 5, revision: server.revision + 1 }
  },
  saveActivity: async (...values: unknown[]) => {
    server.saved.push(values)
    server.revision += 1
    return { revision: server.revision }
  },
}))
const { default: ChainPane } = await import('@/rooms/coverage/components/ChainPane.vue')
const { useChainStore } = await import('@/rooms/coverage/chain-store')
const { useCoverageStore } = await import('@/rooms/coverage/store')

let page: VueWrapper
let workspace: Workspace
let map: MapEngine
const byTest = (name: string) => page.get(`[data-test=${name}]`)
const record = (revision: number): StationRecord => ({ id: 5, hours: '每日 8:00–20:00', revision, activities: [] })
const coverageOf = (scope: Scope, revision: number): CoverageScope => makeCoverage(scope, [{}], { stations: [record(revision)] })

beforeEach(async () => {
  server.saved = []
  server.revision = 3
  workspace = makeWorkspace()
  const scope = workspace.scope.get()!
  const [lng, lat] = [scope.bounds[0], scope.bounds[1]]
  const own: Scope = { ...scope, stations: [{ id: 5, name: '文昌站', level: 'community_station', capacity: 300, community: 0, at: [lng, lat] }] }
  workspace.scope.set(own)
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role: 'street_officer', orgUnitId: 2, orgName: '', level: 'street', landId: own.landId }] })
  server.coverage = coverageOf(own, 3)
  const mode = createCell<GestureMode | null>(null)
  map = { ...makeMap(), mode, setMode: (next) => mode.set(next) }
  ;({ page } = await mountRoom(ChainPane, { workspace, map }))
  useCoverageStore().setCoverage(server.coverage as CoverageScope)
  await flushPromises()
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

it('says what is complete and what is missing, and opens the form of a station where one is missing', async () => {
  const communities = workspace.scope.get()!.communities.length
  expect(byTest('chain-community_station').text()).toContain(`1 / ${communities}`)
  await byTest('chain-grid_home').trigger('click')
  expect(page.findAll('[data-test=chain-missing] li').length).toBeGreaterThan(0)
  await page.get('[data-test=chain-add]').trigger('click')
  expect((byTest('station-level').element as HTMLSelectElement).value).toBe('grid_home')
})

it('saves on the revision its fields are of, though another change was read meanwhile, and then on the one it was told of', async () => {
  await byTest('station-edit').trigger('click')
  await byTest('station-name').setValue('文昌中心站')
  server.revision = 4
  server.coverage = coverageOf(workspace.scope.get()!, 4)
  useCoverageStore().setCoverage(server.coverage as CoverageScope)
  await flushPromises()
  await byTest('station-form').trigger('submit')
  await vi.waitFor(() => expect(page.find('[role=alert]').exists()).toBe(true))
  await flushPromises()
  expect(server.saved.map(([, revision]) => revision)).toEqual([3])
  expect((byTest('station-name').element as HTMLInputElement).value).toBe('文昌中心站')
  await byTest('station-form').trigger('submit')
  await vi.waitFor(() => expect(page.find('[data-test=chain]').exists()).toBe(true))
  expect(server.saved.map(([, revision]) => revision)).toEqual([3, 4])
})

it('saves on the revision that an activity entered meanwhile, here, has made', async () => {
  await byTest('station-edit').trigger('click')
  await byTest('activity-new').trigger('click')
  await byTest('activity-title').setValue('书法班')
  await byTest('activity-day-1').setValue(true)
  server.coverage = coverageOf(workspace.scope.get()!, 4)
  await byTest('activity-save').trigger('click')
  await flushPromises()
  await byTest('station-form').trigger('submit')
  await vi.waitFor(() => expect(page.find('[data-test=chain]').exists()).toBe(true))
  expect(server.saved.map(([, revision]) => revision)).toEqual([3, 4])
})

it('refuses hours it cannot read, and says how it read those it can', async () => {
  await byTest('station-edit').trigger('click')
  await byTest('station-hours').setValue('有空就开')
  expect(byTest('station-save').attributes('disabled')).toBeDefined()
  await byTest('station-hours').setValue('周一至周五 8:30-17:30')
  expect(byTest('station-save').attributes('disabled')).toBeUndefined()
  expect(page.get('#station-hours-read').text()).toContain('周一至周五 8:30–17:30')
})

it('opens a closed station of the level again, and shows those of others with theirs', async () => {
  const closed = { id: 9, name: '老站', level: 'community_station', community: 0, reason: '房屋拆除', closedAt: '2026-11-20T10:00:00+08:00' } as const
  useCoverageStore().setCoverage(makeCoverage(workspace.scope.get()!, [{}], { closedStations: [closed, { ...closed, id: 10, level: 'grid_home' }] }))
  await flushPromises()
  expect(page.findAll('[data-test=chain-closed] li')).toHaveLength(1)
  expect(byTest('chain-closed').text()).toContain('房屋拆除')
  await byTest('station-reopen').trigger('click')
  expect(server.reopened).toEqual([9])
})

it('lets go of the map where the gesture ends elsewhere, and of the form where the street is another', async () => {
  const chain = useChainStore()
  await byTest('station-edit').trigger('click')
  await byTest('station-place').trigger('click')
  expect(chain.isPlacing).toBe(true)
  const other: GestureMode = { id: 'other', cursor: 'crosshair' }
  map.setMode(other)
  expect(chain.isPlacing).toBe(false)
  expect(map.mode.get()).toBe(other)
  workspace.scope.set({ ...workspace.scope.get()!, landId: 99 })
  await flushPromises()
  expect(chain.page).toEqual({ kind: 'list' })
})
