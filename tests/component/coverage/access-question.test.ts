import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { COVERAGE_SETTINGS } from '@/core/coverage/coverage-scope'
import { makeCoverage } from '../../unit/rooms/coverage/make-coverage'
import { makeWorkspace } from '../mount-room'

const asked = vi.hoisted(() => ({ limits: [] as number[], ground: [] as unknown[] }))
vi.mock('@/rooms/coverage/jobs/measure-access/run-measure-access', () => ({
  runMeasureAccess: async ({ doors }: { readonly doors: { readonly limitM: Float64Array } }) => {
    asked.limits.push(doors.limitM[0])
    return { ground: { limitM: doors.limitM[0] } }
  },
}))
vi.mock('@/rooms/coverage/jobs/answer-access/run-answer-access', () => ({
  runAnswerAccess: async ({ ground }: { readonly ground: unknown }) => {
    asked.ground.push(ground)
    return {}
  },
}))
const { useAccessStore } = await import('@/rooms/coverage/access-store')
const { useCoverageStore } = await import('@/rooms/coverage/store')

it('asks anew where the rules let a door be farther from a way, and not where nothing that counts was read anew', async () => {
  setActivePinia(createPinia())
  const room = useCoverageStore()
  const scope = makeWorkspace().scope.get()!
  const read = async (accessLimitM: number): Promise<void> => {
    room.setCoverage(makeCoverage(scope, [{}], { settings: scope.communities.map(() => ({ ...COVERAGE_SETTINGS, accessLimitM })) }))
    await flushPromises()
  }
  room.setScope(scope)
  await read(150)
  useAccessStore().wanted = true
  await flushPromises()
  expect(asked).toEqual({ limits: [150], ground: [{ limitM: 150 }] })
  await read(150)
  expect(asked.ground).toHaveLength(1)
  await read(60)
  expect(asked).toEqual({ limits: [150, 60], ground: [{ limitM: 150 }, { limitM: 60 }] })
})
