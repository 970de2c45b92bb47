import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { IssueAct } from '@/core/issues/issue'
import type { Role, Workspace } from '@/core/workspace'
import { DataError } from '@/data/errors'
import type { ActInput, IssueDetail, IssueSlip } from '@/rooms/issues/repository'
import { DAY_S, makeIssueScope, NOON_S, type MadeSlip } from '../../unit/rooms/issues/make-issue-scope'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ calls: {} as Record<string, (...values: never[]) => unknown> }))

vi.mock('@/rooms/issues/repository', () =>
  Object.fromEntries(
    ['loadIssueScope', 'runIssueRules', 'loadIssueDetail', 'actOnIssue', 'reportIssue', 'reportIssues', 'nearIssues', 'linkIssues', 'loadIssuePhoto', 'revealReporter'].map((name) => [
      name,
      (...values: never[]) => server.calls[name](...values),
    ]),
  ),
)

const { useIssuesStore } = await import('@/rooms/issues/store')
const { default: WorkPane } = await import('@/rooms/issues/components/WorkPane.vue')
const { default: IssueInspector } = await import('@/rooms/issues/components/IssueInspector.vue')
const { default: LedgerPane } = await import('@/rooms/issues/components/LedgerPane.vue')

const SLIPS: MadeSlip[] = [
  { title: '路灯不亮', dueS: NOON_S + 5 * DAY_S },
  { title: '化粪池外溢', state: 'supervised', category: 'sanitation', finishedS: NOON_S - DAY_S, dueS: NOON_S - 2 * DAY_S, handler: 0 },
  { title: '噪声', state: 'published', outcome: 'solved', publishedS: NOON_S - DAY_S },
]

const slipOf = (parts: Partial<IssueSlip> = {}): IssueSlip => ({
  id: 102, number: 'GZ-2026-1002', revision: 4, landId: 1, communityId: 3, buildingId: null, gridId: null, lngLat: [117, 36], category: 'sanitation', title: '化粪池外溢', detail: '已漫到路面', state: 'supervised',
  level: 'grid', topLevel: 'grid', outcome: null, source: 'public', reportedAt: '2026-11-12T00:41:00Z', claimedAt: '2026-11-12T02:05:00Z', finishedAt: '2026-11-20T04:00:00Z', closedAt: null, publishedAt: null,
  dueAt: '2026-11-19T10:00:00Z', satisfaction: null, reminders: 1, duplicateOf: null, handlerId: 'p1', handler: '李*', ...parts,
})
const open = (act: IssueAct) => ({ act, code: null, detail: {} })
const detailOf = (parts: Partial<IssueDetail> = {}): IssueDetail => ({
  now: '2026-11-21T04:00:00Z', issue: slipOf(), reporter: { name: '王*', phone: '138****5678' }, reportedBy: null, household: null, links: [], people: [],
  near: [{ id: 101, number: 'GZ-2026-1001', title: '路灯不亮', state: 'reported', outcome: null, reportedAt: '2026-11-20T00:00:00Z', distanceM: 12.4 }],
  events: [
    { id: 1, at: '2026-11-12T00:41:00Z', actor: 'reporter', act: 'report', by: null, to: null, fromState: null, toState: 'reported', fromLevel: null, toLevel: 'grid', note: '', detail: {}, photos: [] },
    { id: 2, at: '2026-11-12T02:05:00Z', actor: 'grid_worker', act: 'claim', by: '李*', to: null, fromState: 'reported', toState: 'claimed', fromLevel: 'grid', toLevel: 'grid', note: '', detail: {}, photos: [] },
    { id: 3, at: '2026-11-20T04:00:00Z', actor: 'handler', act: 'finish', by: '李*', to: null, fromState: 'claimed', toState: 'supervised', fromLevel: 'grid', toLevel: 'grid', note: '已抽排 <b>', detail: {}, photos: [] },
  ],
  acts: [open('close'), open('return'), open('mark_duplicate'), { act: 'publish', code: 'issue_open', detail: {} }, { act: 'supervise', code: 'issue_state', detail: { state: 'supervised' } }, { act: 'withdraw', code: 'not_allowed', detail: {} }],
  ...parts,
})

let page: VueWrapper
let workspace: Workspace
let acts: { act: string; input: ActInput; revision: number }[]

async function openAs(role: Role, component: object) {
  workspace = makeWorkspace()
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId: 2, orgName: '', level: 'street', landId: 1 }] })
  const map = Object.assign(makeMap(), { seen: () => [-180, -85, 180, 85], putSource: vi.fn(), addLayers: () => () => {}, setData: vi.fn(), onPick: vi.fn(() => () => {}), unproject: () => [117.1, 36.2] })
  ;({ page } = await mountRoom(component as never, { workspace, map: map as never }))
  const store = useIssuesStore()
  store.enter()
  await vi.waitFor(() => expect(store.reading).toBe('ready'))
  await nextTick()
  return { store, map }
}
const at = (name: string) => page.get(`[data-test=${name}]`)
const titles = () => page.findAll('[data-test=slip] .title').map((one) => one.text())

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  vi.useFakeTimers({ toFake: ['Date', 'setInterval'], now: NOON_S * 1000 })
  acts = []
  server.calls = {
    loadIssueScope: async () => makeIssueScope(SLIPS),
    runIssueRules: async () => ({ supervised: 0, escalated: 0 }),
    loadIssueDetail: async () => detailOf(),
    actOnIssue: async (...[, act, input, revision]: [number, string, ActInput, number]) => {
      acts.push({ act, input, revision })
      return slipOf({ revision: revision + 1, outcome: 'solved', closedAt: '2026-11-21T04:00:00Z' })
    },
    nearIssues: async () => [],
  } as never
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the list', () => {
  it('has open slips by deadline first, counts states, and keeps to what is pressed', async () => {
    const { store } = await openAs('street_officer', WorkPane)
    expect(titles()).toEqual(['化粪池外溢', '路灯不亮', '噪声'])
    expect(at('list-count').text()).toBe('2 件待办待公示')
    expect(page.findAll('.due').map((one) => one.text())).toEqual(['逾期 2 天', '剩 5 天', '2026年11月20日公示'])
    await at('state-published').trigger('click')
    expect(titles()).toEqual(['噪声'])
    // A counter tells what pressing it would show, whatever is pressed now.
    expect(at('state-reported').text()).toContain('1')
    await at('state-published').trigger('click')
    await at('filter-overdue').trigger('click')
    expect(titles()).toEqual(['化粪池外溢'])
    await at('filter-clear').trigger('click')
    await at('filter-text').setValue('GZ-2026-1001')
    expect(titles()).toEqual(['路灯不亮'])
    expect(store.filter.text).toBe('GZ-2026-1001')
  })
  it('selects by press and by arrow, and a deadline passes while one looks on', async () => {
    const { store } = await openAs('street_officer', WorkPane)
    await page.findAll('[data-test=slip]')[1].trigger('click')
    expect(workspace.selection.get()).toEqual({ kind: 'issue', issueId: 101 })
    await at('slip-list').trigger('keydown', { key: 'ArrowDown' })
    expect(workspace.selection.get()).toEqual({ kind: 'issue', issueId: 103 })
    vi.setSystemTime((NOON_S + 6 * DAY_S) * 1000)
    vi.advanceTimersByTime(60_000)
    await nextTick()
    expect(store.isOverdue(0)).toBe(true)
  })
  it('does not let open slips older than the period be forgotten', async () => {
    server.calls.loadIssueScope = async () => makeIssueScope([{ outcome: 'solved', reportedS: NOON_S - 900 * DAY_S }, { title: '旧账', reportedS: NOON_S - 200 * DAY_S, dueS: NOON_S - 190 * DAY_S }, ...SLIPS])
    const { store } = await openAs('street_officer', WorkPane)
    expect(titles()).not.toContain('旧账')
    await at('show-older').trigger('click')
    expect(titles()).toEqual(['旧账'])
    expect(store.period).toEqual({ fromS: NOON_S - 200 * DAY_S, toS: NOON_S + 1 })
  })
  it('takes no day before the first slip or after today, and an address of two thousand years reaches no further', async () => {
    const { store } = await openAs('street_officer', WorkPane)
    await at('filter-period').setValue('own')
    const own = store.filter.period
    expect(['min', 'max'].map((name) => at('filter-from').attributes(name))).toEqual(['2026-11-20', '2026-11-21'])
    await at('filter-from').setValue('0002-11-20')
    await at('filter-to').setValue('2027-01-01')
    expect(store.filter.period).toEqual(own)
    await at('filter-to').setValue('2026-11-20')
    expect(store.period.toS - store.period.fromS).toBeLessThan(DAY_S)
    store.setFilter({ period: { fromS: 1, toS: 60_000_000_000 } })
    expect(store.period).toEqual({ fromS: NOON_S - DAY_S, toS: NOON_S + 1 })
  })
  it('offers an auditor neither a report nor the deadlines', async () => {
    await openAs('auditor', WorkPane)
    expect(at('open-report').attributes('disabled')).toBeDefined()
    expect(page.find('[data-test=open-settings]').exists()).toBe(false)
  })
})

describe('one slip', () => {
  async function openSlip() {
    const opened = await openAs('street_officer', IssueInspector)
    workspace.selection.set({ kind: 'issue', issueId: 102 })
    await vi.waitFor(() => expect(page.find('[data-test=act-close]').exists()).toBe(true))
    return opened
  }
  it('shows its four slips, its history as typed, who reported it masked, and why other acts are not open', async () => {
    await openSlip()
    expect(page.findAll('[data-test=step]').map((step) => step.get('strong').text())).toEqual(['群众下单', '干部领单', '社区督单', '公开晒单'])
    expect(page.findAll('[data-test=step]')[2].attributes('aria-current')).toBe('step')
    expect(page.findAll('[data-test=event]')[0].text()).toContain('已抽排 <b>')
    expect(at('reporter').text()).toBe('反映人 王* 138****5678')
    expect(at('why-publish').text()).toContain('还没有销号')
    expect(at('why-supervise').text()).toContain('督办中')
    expect(page.find('[data-test=why-withdraw]').exists()).toBe(false)
  })
  it('is closed with a mark on the revision that was seen; list and counters follow', async () => {
    const { store } = await openSlip()
    await at('act-close').trigger('click')
    await at('mark-4').setValue(true)
    await at('act-form').trigger('submit')
    await vi.waitFor(() => expect(store.working.asked).toBeNull())
    expect(acts).toEqual([{ act: 'close', input: { satisfaction: 4 }, revision: 4 }])
    expect(workspace.notices.get().map(({ key }) => key)).toContain('issues.done.close')
  })
  it('wants words where an act needs them', async () => {
    await openSlip()
    await at('act-return').trigger('click')
    expect(at('act-send').attributes('disabled')).toBeDefined()
    await at('act-note').setValue('路面还没清')
    await at('act-form').trigger('submit')
    await vi.waitFor(() => expect(acts).toEqual([{ act: 'return', input: { note: '路面还没清' }, revision: 4 }]))
  })
  it('keeps what was typed where somebody acted first, and sends it on the newer revision when asked again', async () => {
    const { store } = await openSlip()
    const fits = server.calls.actOnIssue
    server.calls.actOnIssue = async () => {
      throw new DataError('issue_stale', 'issue_stale', { serverRevision: 5, by: '赵*', act: 'progress', at: '2026-11-21T03:00:00Z' })
    }
    server.calls.loadIssueDetail = async () => detailOf({ issue: slipOf({ revision: 5 }) })
    await at('act-return').trigger('click')
    await at('act-note').setValue('路面还没清')
    await at('act-form').trigger('submit')
    await vi.waitFor(() => expect(page.find('[data-test=act-stale]').exists()).toBe(true))
    expect(at('act-stale').text()).toContain('赵*')
    expect((at('act-note').element as HTMLTextAreaElement).value).toBe('路面还没清')
    server.calls.actOnIssue = fits
    await vi.waitFor(() => expect(store.working.busy).toBe(false))
    await at('act-form').trigger('submit')
    await vi.waitFor(() => expect(acts).toEqual([{ act: 'return', input: { note: '路面还没清' }, revision: 5 }]))
  })
  it('says who was quicker to claim it', async () => {
    server.calls.loadIssueDetail = async () => detailOf({ acts: [open('claim'), open('close')] })
    server.calls.actOnIssue = async () => {
      throw new DataError('issue_taken', 'issue_taken', { by: '赵*', at: '2026-11-21T03:00:00Z' })
    }
    await openSlip()
    await at('act-claim').trigger('click')
    await vi.waitFor(() => expect(at('act-failure').text()).toBe('已由赵*认领。'))
  })
  it('is merged into one near by', async () => {
    await openSlip()
    await at('merge').trigger('click')
    expect((at('act-original').element as HTMLInputElement).value).toBe('GZ-2026-1001')
    await at('act-form').trigger('submit')
    await vi.waitFor(() => expect(acts).toEqual([{ act: 'mark_duplicate', input: { ofIssue: 101 }, revision: 4 }]))
  })
  it('is merged into the one near by that was chosen last', async () => {
    const { near } = detailOf()
    server.calls.loadIssueDetail = async () => detailOf({ near: [...near, { ...near[0], id: 103, number: 'GZ-2026-1003', title: '噪声' }] })
    await openSlip()
    const [first, second] = page.findAll('[data-test=merge]')
    await first.trigger('click')
    await second.trigger('click')
    expect((at('act-original').element as HTMLInputElement).value).toBe('GZ-2026-1003')
    await at('act-form').trigger('submit')
    await vi.waitFor(() => expect(acts.map(({ input }) => input)).toEqual([{ ofIssue: 103 }]))
  })
  it('has nothing said of another slip that was left while it was acted on', async () => {
    const { store } = await openSlip()
    let refuse = (_: Error): void => {}
    server.calls.actOnIssue = () => new Promise((_, reject) => (refuse = reject))
    await at('act-close').trigger('click')
    await at('act-form').trigger('submit')
    server.calls.loadIssueDetail = async () => detailOf({ issue: slipOf({ id: 101, number: 'GZ-2026-1001', title: '路灯不亮' }) })
    workspace.selection.set({ kind: 'issue', issueId: 101 })
    await vi.waitFor(() => expect(store.working.detail?.issue.id).toBe(101))
    refuse(new DataError('issue_stale', 'issue_stale', { serverRevision: 5, by: '赵*', act: 'progress', at: '2026-11-21T03:00:00Z' }))
    await vi.waitFor(() => expect(store.working.busy).toBe(false))
    expect([store.working.stale, store.working.failure]).toEqual([null, ''])
    expect(workspace.notices.get().map(({ key }) => key)).toContain('issues.failed')
  })
})

describe('the ledger', () => {
  it('adds up, and leads from one slip to be closed to the next', async () => {
    const { store } = await openAs('street_officer', LedgerPane)
    expect(at('ledger-sum').text()).toBe('3 件 = 已销号 1 + 未销号 2')
    // What the grid handed in is its secretary's to close, not the street's.
    expect(page.find('[data-test=row-close]').exists()).toBe(false)
    workspace.session.set({ personId: 'p2', name: '周*', posts: [{ role: 'community_secretary', orgUnitId: store.scope!.communities[0].id, orgName: '', level: 'community', landId: 1 }] })
    await nextTick()
    await at('close-next').trigger('click')
    await vi.waitFor(() => expect(store.working.asked).toBe('close'))
    expect(workspace.selection.get()).toEqual({ kind: 'issue', issueId: 102 })
  })
  it('opens no form of closing under a slip that was chosen since', async () => {
    const { store } = await openAs('street_officer', LedgerPane)
    workspace.session.set({ personId: 'p2', name: '周*', posts: [{ role: 'community_secretary', orgUnitId: store.scope!.communities[0].id, orgName: '', level: 'community', landId: 1 }] })
    await nextTick()
    let come = (_: IssueDetail): void => {}
    server.calls.loadIssueDetail = ((id: number) => (id === 102 ? new Promise<IssueDetail>((resolve) => (come = resolve)) : Promise.resolve(detailOf({ issue: slipOf({ id }) })))) as never
    await at('close-next').trigger('click')
    workspace.selection.set({ kind: 'issue', issueId: 101 })
    await vi.waitFor(() => expect(store.working.reading).toBe('ready'))
    come(detailOf())
    await flushPromises()
    expect([store.working.issueId, store.working.asked]).toEqual([101, null])
  })
})

describe('a report', () => {
  it('goes with a place from the map, and shows what is near of its kind', async () => {
    const sent: unknown[] = []
    server.calls.nearIssues = async () => [{ id: 101, number: 'GZ-2026-1001', title: '路灯不亮', state: 'reported', outcome: null, reportedAt: '', distanceM: 12 }]
    server.calls.reportIssue = (async (report: unknown) => {
      sent.push(report)
      return { id: 101, number: 'GZ-2026-1003', dueAt: '' }
    }) as never
    const { store, map } = await openAs('street_officer', WorkPane)
    await at('open-report').trigger('click')
    await at('report-send').trigger('submit')
    expect(page.get('[role=alert]').text()).toContain('地点')
    const [press] = map.onPick.mock.calls[0] as unknown as [(screen: { x: number; y: number }) => boolean]
    expect(press({ x: 5, y: 5 })).toBe(true)
    await at('report-category').setValue('facilities')
    await vi.waitFor(() => expect(at('report-near').text()).toContain('12 米外'))
    await at('report-title').setValue('灯')
    expect(at('report-send').attributes('title')).toContain('几个字')
    await at('report-title').setValue('灯灭')
    expect(at('report-send').attributes('title')).toBeUndefined()
    expect(at('report-title').attributes('maxlength')).toBe('80')
    await at('report-title').setValue('路灯连片不亮')
    await at('report-name').setValue('王小明')
    await at('report-send').trigger('submit')
    expect(sent).toEqual([])
    await at('report-phone').setValue('13812345678')
    await at('report-send').trigger('submit')
    await vi.waitFor(() => expect(store.page).toBe('list'))
    expect(sent).toEqual([
      { lngLat: [117.1, 36.2], category: 'facilities', title: '路灯连片不亮', detail: '', source: 'worker', reporter: { name: '王小明', phone: '13812345678' }, photos: [] },
    ])
    expect(workspace.selection.get()).toEqual({ kind: 'issue', issueId: 101 })
  })

  it('is listed at once where it was reported in this very second', async () => {
    // Reported at 0.6 s and read at 0.7 s past noon: the column says one second past.
    server.calls.loadIssueScope = async () => ({ ...makeIssueScope([{ title: '刚刚登记', reportedS: NOON_S + 1 }]), nowMs: NOON_S * 1000 + 700 })
    const { store } = await openAs('community_secretary', WorkPane)
    expect(store.shown).toHaveLength(1)
  })

  it('is read anew where a rule moved it between its record and the columns', async () => {
    const records = [detailOf({ issue: slipOf({ state: 'claimed', finishedAt: null, revision: 3 }) }), detailOf()]
    server.calls.loadIssueDetail = async () => (records.length > 1 ? records.shift()! : records[0])
    const { store } = await openAs('community_secretary', IssueInspector)
    await store.working.open(102)
    expect(store.working.detail?.issue.state).toBe('claimed')
    await store.read()
    await flushPromises()
    expect(store.working.detail?.issue).toMatchObject({ state: 'supervised', revision: 4 })
  })
})
