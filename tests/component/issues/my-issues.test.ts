import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Role } from '@/core/workspace'
import { DataError } from '@/data/errors'
import type { MyIssue } from '@/rooms/issues/phone/my-issues'
import { NOON_S, makeIssueScope } from '../../unit/rooms/issues/make-issue-scope'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ calls: {} as Record<string, (...values: never[]) => unknown>, mine: vi.fn() }))
vi.mock('@/rooms/issues/repository', () =>
  Object.fromEntries(
    ['loadIssueScope', 'runIssueRules', 'loadIssueDetail', 'actOnIssue', 'reportIssue', 'reportIssues', 'nearIssues', 'linkIssues', 'loadIssuePhoto', 'revealReporter'].map((name) => [
      name,
      (...values: never[]) => server.calls[name](...values),
    ]),
  ),
)
vi.mock('@/rooms/issues/phone/my-issues', async (original) => ({ ...(await original<object>()), loadMyIssues: server.mine }))
vi.mock('@/rooms/issues/components/use-filter-address', () => ({ useFilterAddress: () => {} }))

const { default: IssuesPanel } = await import('@/rooms/issues/components/IssuesPanel.vue')
// The panel loads it when it is needed, which takes a moment the first time.
await import('@/rooms/issues/components/MyIssuesPane.vue')

const issue = (parts: Partial<MyIssue>): MyIssue => ({
  id: 101, number: 'GZ-2026-1001', revision: 1, landId: 1, communityId: 3, buildingId: null, gridId: null, lngLat: [117, 36], category: 'sanitation', title: '化粪池外溢', detail: '', state: 'reported', level: 'grid',
  topLevel: 'grid', outcome: null, source: 'public', reportedAt: '2026-11-18T00:00:00Z', claimedAt: null, finishedAt: null, closedAt: null, publishedAt: null, dueAt: '2026-11-30T10:00:00Z', satisfaction: null, reminders: 0,
  duplicateOf: null, handlerId: null, handler: null, why: 'open', acts: ['claim'], ...parts,
})
const LATE = issue({ id: 102, number: 'GZ-2026-1002', title: '路灯不亮', state: 'claimed', why: 'handled', acts: ['progress', 'finish'], dueAt: new Date((NOON_S - 3600) * 1000).toISOString() })
const TOLD = issue({ id: 103, number: 'GZ-2026-1003', title: '健身器材损坏', state: 'published', outcome: 'solved', why: 'reported', acts: [] })

let page: VueWrapper
let acts: { id: number; act: string; input: object; revision: number }[]

async function openAs(role: Role, isNarrow: boolean) {
  vi.stubGlobal('matchMedia', () => ({ matches: isNarrow, addEventListener() {}, removeEventListener() {} }))
  const workspace = makeWorkspace()
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId: 2, orgName: '', level: 'street', landId: 1 }] })
  ;({ page } = await mountRoom(IssuesPanel, { workspace, map: makeMap() }))
  await flushPromises()
}
const rows = () => page.findAll('[data-test=own-issue]')

beforeEach(() => {
  acts = []
  server.mine.mockReset().mockResolvedValue([LATE, issue({}), TOLD])
  server.calls = {
    loadIssueScope: async () => makeIssueScope([]),
    runIssueRules: async () => ({ supervised: 0, escalated: 0 }),
    loadIssueDetail: async (id: number) => ({ now: '', issue: id === LATE.id ? LATE : issue({}), reporter: null, reportedBy: null, household: null, events: [], links: [], near: [], acts: [], people: [] }),
    actOnIssue: async (id: number, act: string, input: object, revision: number) => {
      acts.push({ id, act, input, revision })
      return issue({ id, state: 'claimed' })
    },
  } as never
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

it('a worker with a telephone sees what waits, the own first, and what is late', async () => {
  await openAs('grid_worker', true)
  await vi.waitFor(() => expect(rows().map((one) => one.attributes('data-number'))).toEqual(['GZ-2026-1002', 'GZ-2026-1001']))
  expect(page.text()).toContain('我在办 1 件')
  expect(rows()[0].text()).toContain('已逾期')
  expect(rows()[1].text()).not.toContain('已逾期')
  await page.get('#my-issues-tab-reported').trigger('click')
  expect(rows().map((one) => one.attributes('data-number'))).toEqual(['GZ-2026-1003'])
  expect(rows()[0].text()).toContain('已解决')
})

it('claims with one press, and finishes with words in the list', async () => {
  await openAs('grid_worker', true)
  await vi.waitFor(() => expect(rows()).toHaveLength(2))
  await page.get('[data-test=own-claim]').trigger('click')
  await vi.waitFor(() => expect(acts).toEqual([{ id: 101, act: 'claim', input: {}, revision: 1 }]))
  await flushPromises()
  expect(server.mine).toHaveBeenCalledTimes(2)
  await page.get('[data-test=own-finish]').trigger('click')
  await flushPromises()
  await page.get('[data-test=act-note]').setValue('灯泡已换，夜间查看正常。')
  await page.get('[data-test=act-form]').trigger('submit')
  await flushPromises()
  expect(acts[1]).toEqual({ id: 102, act: 'finish', input: { note: '灯泡已换，夜间查看正常。' }, revision: 1 })
  expect(server.mine).toHaveBeenCalledTimes(3)
  expect(page.find('[data-test=act-form]').exists()).toBe(false)
})

it('tells who was quicker', async () => {
  server.calls.actOnIssue = (async () => {
    throw new DataError('issue_taken', 'issue_taken', { by: '王*', at: '2026-11-21T00:00:00Z' })
  }) as never
  await openAs('member', false)
  await vi.waitFor(() => expect(rows()).toHaveLength(2))
  await page.get('[data-test=own-claim]').trigger('click')
  await flushPromises()
  expect(page.get('[role=alert]').text()).toContain('王*')
})

it('tells that somebody acted first where a claim is made with one press', async () => {
  server.calls.actOnIssue = (async () => {
    throw new DataError('issue_stale', 'issue_stale', { serverRevision: 2, by: '王*', act: 'progress', at: '2026-11-21T00:00:00Z' })
  }) as never
  await openAs('member', false)
  await vi.waitFor(() => expect(rows()).toHaveLength(2))
  await page.get('[data-test=own-claim]').trigger('click')
  await flushPromises()
  expect(rows()[1].get('[data-test=act-stale]').text()).toContain('王*刚刚')
})

it('says why nothing was done where a slip cannot be read, and opens no form', async () => {
  server.calls.loadIssueDetail = (async () => {
    throw new DataError('server_down', '')
  }) as never
  await openAs('grid_worker', true)
  await vi.waitFor(() => expect(rows()).toHaveLength(2))
  await page.get('[data-test=own-finish]').trigger('click')
  await flushPromises()
  expect(rows()[0].get('[role=alert]').text()).not.toBe('')
  expect(page.find('[data-test=act-form]').exists()).toBe(false)
})

it('claims the slip that was pressed and no other', async () => {
  const read = server.calls.loadIssueDetail as unknown as (id: number) => Promise<unknown>
  let come = (): void => {}
  server.calls.loadIssueDetail = ((id: number) => (id === 101 ? new Promise((resolve) => (come = () => resolve(read(id)))) : read(id))) as never
  await openAs('grid_worker', true)
  await vi.waitFor(() => expect(rows()).toHaveLength(2))
  await page.get('[data-test=own-claim]').trigger('click')
  await page.get('[data-test=own-finish]').trigger('click')
  await flushPromises()
  come()
  await flushPromises()
  expect(acts).toEqual([])
  expect(rows()[0].find('[data-test=act-form]').exists()).toBe(true)
})

it('says so when the list cannot be read, and reads it again', async () => {
  server.mine.mockReset().mockRejectedValueOnce(new DataError('server_down', '')).mockResolvedValue([])
  await openAs('member', true)
  await vi.waitFor(() => expect(page.text()).toContain('没能读取您的诉求'))
  await page.get('.error-state button').trigger('click')
  await flushPromises()
  expect(page.text()).toContain('没有要您办的')
})
