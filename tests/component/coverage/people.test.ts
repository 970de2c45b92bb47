import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Session } from '@/core/workspace'
import { DataError } from '@/data/errors'
import { makeCoverage } from '../../unit/rooms/coverage/make-coverage'
import { makeWorkspace } from '../mount-room'

const server = vi.hoisted(() => ({ members: [] as unknown[], staffing: [] as unknown, refusal: null as Error | null, reads: 0 }))
vi.mock('@/data/member-names', () => ({
  loadMemberNames: async () => {
    server.reads++
    if (server.refusal) throw server.refusal
    return server.members
  },
}))
vi.mock('@/data/call-rpc', async (original) => ({
  ...(await original<object>()),
  callRpc: async () => {
    if (server.staffing instanceof Error) throw server.staffing
    return server.staffing
  },
}))
const { useCoveragePeople } = await import('@/rooms/coverage/people-store')
const { useCoverageStore } = await import('@/rooms/coverage/store')

const scope = makeWorkspace().scope.get()!
const team = (name: string) => ({ gridId: 'g1', leaders: [], workers: [{ name }] })
const session = (personId: string): Session => ({ personId, name: '李*', posts: [] })
let said: string[]
/** How the street is served is read: on entering, and after an act. */
async function read(): Promise<void> {
  useCoverageStore().setCoverage(makeCoverage(scope, [{}]))
  await flushPromises()
}
const names = () => [...useCoveragePeople().names.values()]
const workers = () => [...useCoveragePeople().teams.values()].flatMap((one) => one.workers.map(({ name }) => name))

beforeEach(async () => {
  Object.assign(server, { members: [{ id: 1, name: '康*', initials: 'k' }], staffing: [team('陈*')], refusal: null, reads: 0 })
  setActivePinia(createPinia())
  said = []
  const room = useCoverageStore()
  const workspace = makeWorkspace()
  workspace.notices.subscribe((notices) => said.push(...notices.map(({ key }) => key)))
  room.workspace = workspace
  room.person = session('p1')
  room.setScope(scope)
  await read()
  await useCoveragePeople().load()
})

it('are read once with each reading, so that an act shows at once whom it made responsible', async () => {
  expect([names(), workers()]).toEqual([['康*'], ['陈*']])
  await useCoveragePeople().load()
  expect(server.reads).toBe(1)
  Object.assign(server, { members: [{ id: 1, name: '邹*', initials: 'z' }], staffing: [team('吴*')] })
  await read()
  expect([names(), workers(), server.reads]).toEqual([['邹*'], ['吴*'], 2])
})

it('go with the person who saw them', async () => {
  useCoverageStore().person = session('p2')
  expect([names(), workers()]).toEqual([[], []])
  server.members = []
  server.staffing = new DataError('not_allowed', 'not allowed')
  await read()
  expect([names(), workers(), said]).toEqual([[], [], []])
})

it('stay where they could not be read anew, which is said, and are read when asked for again', async () => {
  server.refusal = new DataError('unreachable', 'unreachable')
  server.members = [{ id: 1, name: '邹*', initials: 'z' }]
  await read()
  expect([names(), said]).toEqual([['康*'], ['coverage.failed']])
  server.refusal = null
  await useCoveragePeople().load()
  expect(names()).toEqual(['邹*'])
})
