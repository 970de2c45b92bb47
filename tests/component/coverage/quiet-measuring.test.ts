import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CoverageScope } from '@/core/coverage/coverage-scope'
import type { Scope } from '@/core/scope'
import { DataError } from '@/data/errors'
import { makeCoverage } from '../../unit/rooms/coverage/make-coverage'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({
  fresh: [true, true] as boolean[], revisions: [4, 5], saved: [] as unknown[][], refusal: null as Error | null, reads: 0, loads: 0, meanwhile: () => {},
}))
const at = vi.hoisted(() => ({ scope: null as unknown }))
vi.mock('@/rooms/coverage/repository', async (original) => ({
  ...(await original<object>()),
  loadCoverageScope: async (): Promise<CoverageScope> => {
    server.reads++
    const made = makeCoverage(at.scope as Scope, [{}])
    return { ...made, access: { ...made.access, fresh: [...server.fresh], revisions: Int32Array.from(server.revisions) } }
  },
  // As the database does: walks of revisions that are no more are refused.
  saveAccess: async (street: Scope, communities: readonly number[], measured: { readonly walkCm: Int32Array; readonly revisions: Int32Array }) => {
    server.saved.push([communities, [...measured.revisions], measured.walkCm.length, street.stations.length])
    if (server.refusal) throw server.refusal
    if (communities.some((community) => measured.revisions[community] !== server.revisions[community])) throw new DataError('access_stale', 'stale')
    for (const community of communities) server.fresh[community] = true
    return { buildings: 1 }
  },
}))
vi.mock('@/rooms/coverage/acts-repository', async (original) => ({ ...(await original<object>()), refreshGapDay: async () => ({}) }))
const { default: QuietMeasuring } = await import('@/rooms/coverage/components/QuietMeasuring.vue')
const { useGroundStore } = await import('@/rooms/coverage/ground-store')
const { useCoverageStore } = await import('@/rooms/coverage/store')

let page: VueWrapper
let stationsBefore = 0
async function open(role: 'street_officer' | 'community_secretary'): Promise<void> {
  const workspace = makeWorkspace()
  at.scope = workspace.scope.get()
  stationsBefore = (at.scope as Scope).stations.length
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId: 2, orgName: '', level: role === 'street_officer' ? 'street' : 'community', landId: 1 }] })
  // The street that was loaded hours ago, and another station opened since by somebody else.
  vi.spyOn(workspace, 'reloadScope').mockImplementation(async () => {
    server.loads++
    const scope = workspace.scope.get()!
    at.scope = { ...scope, stations: [...scope.stations, { id: 900 + server.loads, name: '', level: 'grid_home', capacity: 0, community: 1, at: [117.65, 36.2] }] }
    workspace.scope.set(at.scope as Scope)
    server.meanwhile()
  })
  ;({ page } = await mountRoom(QuietMeasuring, { workspace, map: makeMap() }))
  const { count } = (at.scope as Scope).buildings
  const ground = useGroundStore()
  ground.measure = (async () => ({ walks: { station: new Int32Array(5 * count).fill(-1), walkCm: new Int32Array(5 * count).fill(-1), accessCm: new Int32Array(count) } })) as unknown as typeof ground.measure
  useCoverageStore().enter()
  await flushPromises()
}
beforeEach(() => Object.assign(server, { fresh: [true, false], revisions: [4, 5], saved: [], refusal: null, reads: 0, loads: 0, meanwhile: () => {} }))
afterEach(() => {
  useCoverageStore().leave()
  page.unmount()
})

it('measures and keeps the walks of communities that are no longer what they were, of those alone, and reads anew', async () => {
  await open('street_officer')
  const { count } = (at.scope as Scope).buildings
  expect(server.saved).toEqual([[[1], [0, 5], 5 * count, stationsBefore + 1]])
  expect(useCoverageStore().coverageScope!.access.fresh).toEqual([true, true])
  // On entering, with the street, and after saving; no more.
  expect([server.loads, server.reads]).toEqual([1, 3])
  expect(page.text()).toBe('')
})

it('keeps nothing under a revision that came while the street was loaded and measured, and measures the street once more', async () => {
  server.meanwhile = () => {
    if (server.loads === 1) server.revisions = [4, 6]
  }
  await open('street_officer')
  expect(server.saved.map(([communities, revisions, , stations]) => [communities, revisions, stations])).toEqual([[[1], [0, 5], stationsBefore + 1], [[1], [0, 6], stationsBefore + 2]])
  expect(useCoverageStore().coverageScope!.access.fresh).toEqual([true, true])
  expect(page.text()).toBe('')
})

it('gives up after three turns where the street does not rest, says so, and goes on when asked to', async () => {
  server.meanwhile = () => (server.revisions = [4, 5 + server.loads])
  await open('street_officer')
  expect([server.saved.length, server.loads]).toEqual([3, 3])
  expect(page.get('[role=alert]').text()).toContain('再试一次')
  await useCoverageStore().read()
  await flushPromises()
  expect(server.loads).toBe(3)
  server.meanwhile = () => {}
  await page.get('button').trigger('click')
  await flushPromises()
  expect([server.saved.length, page.text()]).toEqual([4, ''])
})

it('leaves it to whoever sees the whole street', async () => {
  await open('community_secretary')
  expect(server.saved).toEqual([])
})

it('says why it could not, and tries again when asked to', async () => {
  server.refusal = new DataError('access_invalid', 'invalid')
  await open('street_officer')
  expect(page.get('[role=alert]').text()).toContain('不符')
  server.refusal = null
  await page.get('button').trigger('click')
  await flushPromises()
  expect(useCoverageStore().coverageScope!.access.fresh).toEqual([true, true])
  expect(page.text()).toBe('')
})
