import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CoverageScope } from '@/core/coverage/coverage-scope'
import type { Scope } from '@/core/scope'
import { DataError } from '@/data/errors'
import { makeCoverage } from '../../unit/rooms/coverage/make-coverage'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ fresh: [true, true] as boolean[], saved: [] as unknown[][], refusal: null as Error | null }))
const at = vi.hoisted(() => ({ scope: null as unknown }))
vi.mock('@/rooms/coverage/repository', async (original) => ({
  ...(await original<object>()),
  loadCoverageScope: async (): Promise<CoverageScope> => {
    const made = makeCoverage(at.scope as Scope, [{}])
    return { ...made, access: { ...made.access, fresh: [...server.fresh], revisions: Int32Array.of(4, 5) } }
  },
  saveAccess: async (_street: unknown, communities: readonly number[], measured: { readonly walkCm: Int32Array; readonly revisions: Int32Array }) => {
    server.saved.push([communities, [...measured.revisions], measured.walkCm.length])
    if (server.refusal) throw server.refusal
    for (const community of communities) server.fresh[community] = true
    return { buildings: 1 }
  },
}))
vi.mock('@/rooms/coverage/acts-repository', async (original) => ({ ...(await original<object>()), refreshGapDay: async () => ({}) }))
const { default: QuietMeasuring } = await import('@/rooms/coverage/components/QuietMeasuring.vue')
const { useGroundStore } = await import('@/rooms/coverage/ground-store')
const { useCoverageStore } = await import('@/rooms/coverage/store')

let page: VueWrapper
async function open(role: 'street_officer' | 'community_secretary'): Promise<void> {
  const workspace = makeWorkspace()
  at.scope = workspace.scope.get()
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId: 2, orgName: '', level: role === 'street_officer' ? 'street' : 'community', landId: 1 }] })
  ;({ page } = await mountRoom(QuietMeasuring, { workspace, map: makeMap() }))
  const { count } = (at.scope as Scope).buildings
  const ground = useGroundStore()
  ground.measure = (async () => ({ walks: { station: new Int32Array(5 * count).fill(-1), walkCm: new Int32Array(5 * count).fill(-1), accessCm: new Int32Array(count) } })) as unknown as typeof ground.measure
  useCoverageStore().enter()
  await flushPromises()
}
beforeEach(() => Object.assign(server, { fresh: [true, false], saved: [], refusal: null }))
afterEach(() => {
  useCoverageStore().leave()
  page.unmount()
})

it('measures and keeps the walks of communities that are no longer what they were, of those alone, and reads anew', async () => {
  await open('street_officer')
  const { count } = (at.scope as Scope).buildings
  expect(server.saved).toEqual([[[1], [4, 5], 5 * count]])
  expect(useCoverageStore().coverageScope!.access.fresh).toEqual([true, true])
  expect(page.text()).toBe('')
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
