import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makePatrols, makeStreet, NOW_MS } from '../../unit/rooms/patrol/make-patrols'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

vi.mock('@/rooms/patrol/repository', async (original) => ({ ...(await original<object>()), loadYards: async () => [] }))
const { default: CoveragePassed } = await import('@/rooms/patrol/components/CoveragePassed.vue')
const { usePatrolStore } = await import('@/rooms/patrol/store')
const { usePatrolCoverageStore } = await import('@/rooms/patrol/coverage-store')

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

it('tells no buildings passed of one plan or of days in the past, and says why', async () => {
  const workspace = makeWorkspace()
  workspace.scope.set(makeStreet())
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role: 'street_officer', orgUnitId: 2, orgName: '', level: 'street', landId: 1 }] })
  const { page } = await mountRoom(CoveragePassed, { workspace, map: makeMap() })
  vi.setSystemTime(NOW_MS)
  usePatrolStore().setPatrols(makePatrols())
  const coverage = usePatrolCoverageStore()
  const shown = async (): Promise<boolean[]> => {
    await flushPromises()
    return ['passed-list', 'passed-hidden'].map((name) => page.find(`[data-test=${name}]`).exists())
  }
  expect(await shown()).toEqual([true, false])
  coverage.who = { kind: 'plan', id: 'x' }
  expect(await shown()).toEqual([false, true])
  expect(page.get('[data-test=passed-hidden]').text()).toContain('不分是谁走的')
  coverage.who = null
  expect(await shown()).toEqual([true, false])
  coverage.choice = { fromDay: '2026-11-10', toDay: '2026-11-21' }
  expect(await shown()).toEqual([false, true])
  page.unmount()
})
