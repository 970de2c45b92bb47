import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PatrolScope } from '@/core/patrol/patrol-scope'
import { PATROL_SETTINGS } from '@/core/patrol/patrol-scope'
import { toDegrees } from '@/core/places-in-metres'
import { DataError } from '@/data/errors'
import type { MyPatrol } from '@/rooms/patrol/repository'
import { makeStore } from '../../unit/rooms/patrol/walk-fakes'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ calls: {} as Record<string, (...values: never[]) => unknown>, store: null as unknown }))
vi.mock('@/rooms/patrol/repository', () =>
  Object.fromEntries(
    [
      'loadPatrolScope', 'loadMyPatrol', 'giveConsent', 'withdrawConsent', 'openTrack', 'addFixes', 'endTrack', 'discardTrack', 'markCheckpoint', 'loadTracksToMatch', 'saveTrackMatch', 'runPatrolRules', 'loadYards',
      'loadRawTrack', 'importTrack', 'savePatrolPlan', 'publishPatrolPlan', 'endPatrolPlan', 'discardPatrolPlan', 'setDuties', 'setGates', 'saveCheckpoint', 'removeCheckpoint', 'restoreCheckpoint', 'loadPatrolFigures',
    ].map((name) => [name, (...values: never[]) => server.calls[name]?.(...values)]),
  ),
)
vi.mock('@/rooms/patrol/phone/walk-store', () => ({
  browserWalkStore: { read: (id: string) => (server.store as ReturnType<typeof makeStore>).read(id), write: (id: string, change: object) => (server.store as ReturnType<typeof makeStore>).write(id, change) },
  unsavedWalks: {},
}))
// Draws on a canvas, which is seen in a browser only.
vi.mock('@/rooms/patrol/components/RouteMap.vue', () => ({ default: { render: () => null } }))
vi.mock('vue-router', async (original) => ({ ...(await original<object>()), useRouter: () => ({ push: server.calls.push }), useRoute: () => ({ query: {} }) }))

const { useOwnPatrol } = await import('@/rooms/patrol/phone/own-store')
const { default: MyPatrolPane } = await import('@/rooms/patrol/components/MyPatrolPane.vue')

/** Ten in the morning of a Friday. */
const NOW_MS = Date.parse('2026-11-20T10:00:00+08:00')
const workspaceOf = () => {
  const workspace = makeWorkspace()
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role: 'grid_worker', orgUnitId: 3, orgName: '', level: 'community', landId: 1 }] })
  return workspace
}
const FRAME = makeWorkspace().scope.get()!.land.frame
const at = (x: number, y: number) => toDegrees(FRAME, x, y)
const checkpoint = (id: number, name: string, x: number) => ({ id, name, note: '门锁', lngLat: at(x, 0), radiusM: 20, dwellS: 20, everyDays: 1, lastAt: null, mark: null, markedAt: null })
const MINE: MyPatrol = {
  nowMs: NOW_MS, day: '2026-11-20', consent: { version: 1, givenAt: '2026-11-01T00:00:00Z' }, settings: PATROL_SETTINGS, isRecorded: true, tracks: [],
  routes: [{
    planId: 'plan', planNumber: 4, title: '日常巡查', kind: 'daily', landId: 1, communityId: 3, startMinute: 540, shiftS: 7200, walkMPerS: 1.2,
    route: { number: 2, personId: 'p1', start: at(0, 0), end: null, gridIds: [], seconds: 3600, metres: 2000, servedM: 1800, steps: [], checkpoints: [5, 6] },
    checkpoints: [checkpoint(5, '菜市场', 100), checkpoint(6, '配电房', 300)],
  }],
}

let page: VueWrapper
let mine: MyPatrol
let told: [string, ...unknown[]][]
let feed: { next: PositionCallback; fail: PositionErrorCallback } | null
const isDown = { now: false }

const byTest = (name: string) => page.find(`[data-test=${name}]`)
async function open(locale: 'zh' | 'en' = 'zh'): Promise<void> {
  ;({ page } = await mountRoom(MyPatrolPane, { workspace: workspaceOf(), map: makeMap(), locale }))
  await vi.waitFor(() => expect(byTest('own-start').exists() || byTest('own-mark').exists()).toBe(true))
  await flushPromises()
}
/** One stands x metres east of the beginning, s seconds after ten. */
async function standAt(x: number, s: number): Promise<void> {
  vi.setSystemTime(NOW_MS + s * 1000)
  const [longitude, latitude] = at(x, 0)
  feed!.next({ timestamp: Date.now(), coords: { longitude, latitude, accuracy: 6 } } as GeolocationPosition)
  await flushPromises()
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(NOW_MS)
  mine = MINE
  told = []
  feed = null
  isDown.now = false
  server.store = makeStore()
  vi.stubGlobal('isSecureContext', true)
  Object.defineProperty(navigator, 'geolocation', { configurable: true, value: {
    watchPosition: (next: PositionCallback, fail: PositionErrorCallback) => ((feed = { next, fail }), 1),
    clearWatch: () => (feed = null),
  } })
  const tell = <T>(name: string, answer: (...values: never[]) => T) => async (...values: never[]): Promise<T> => {
    if (isDown.now) throw new DataError('server_down', '')
    told.push([name, ...values])
    return answer(...values)
  }
  server.calls = {
    loadPatrolScope: async () => ({ landId: 1, nowMs: NOW_MS, fromDay: '', toDay: '', settings: PATROL_SETTINGS, duties: [], gates: [], checkpoints: [], plans: [], tracks: [], marks: [], patrollers: [] }) as unknown as PatrolScope,
    loadMyPatrol: async () => {
      if (isDown.now) throw new DataError('server_down', '')
      return { ...mine, nowMs: Date.now() }
    },
    loadTracksToMatch: async () => [],
    openTrack: tell('open', () => ({})),
    addFixes: tell('send', () => ({ stored: 0, dropped: {} })),
    markCheckpoint: tell('mark', () => ({})),
    endTrack: tell('end', () => ({ state: 'ended', missing: [] })),
    discardTrack: tell('discard', () => ({})),
    giveConsent: tell('consent', () => {
      mine = { ...mine, consent: { version: 1, givenAt: '2026-11-20T02:00:00Z' } }
    }),
    withdrawConsent: tell('withdraw', () => {
      mine = { ...mine, consent: { version: 1, givenAt: null } }
    }),
    push: ((to: unknown) => told.push(['push', to])) as never,
  } as never
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('shows the route of the day: how many checkpoints, the next one on top, in both languages', async () => {
  await open()
  expect(page.text()).toContain('今日巡查')
  expect(byTest('own-figures').text().replace(/\s+/g, ' ')).toContain('0 / 2 打卡点')
  expect(page.findAll('[data-test=own-stop]').map((one) => one.text())).toEqual([expect.stringContaining('菜市场'), expect.stringContaining('配电房')])
  expect(page.find('[aria-current=step]').text()).toContain('菜市场')
  page.unmount()
  await open('en')
  expect(page.text()).toContain('My patrol today')
})

it('records from the first press: the way to the next checkpoint, checking in only where one stands, end', async () => {
  await open()
  await byTest('own-start').trigger('click')
  await flushPromises()
  expect(told.map(([name]) => name)).toEqual(['open'])
  await standAt(20, 1)
  expect(byTest('own-mark').text()).toBe('到点打卡，还有 80 m')
  await byTest('own-mark').trigger('click')
  await standAt(95, 60)
  expect(byTest('own-mark').text()).toBe('到点打卡')
  await byTest('own-mark').trigger('click')
  await flushPromises()
  expect(told.filter(([name]) => name === 'mark')).toHaveLength(1)
  expect(page.findAll('[data-test=own-stop]')[0].attributes('data-state')).toBe('confirmed')
  expect(page.find('[aria-current=step]').text()).toContain('配电房')
  await byTest('own-end').trigger('click')
  await flushPromises()
  await vi.waitFor(() => expect(told.map(([name]) => name)).toEqual(['open', 'mark', 'send', 'end']))
  expect(feed).toBeNull()
  expect(byTest('own-waiting').exists()).toBe(false)
})

it('says what waits while there is no network, and that it is sent once there is one', async () => {
  await open()
  await byTest('own-start').trigger('click')
  await flushPromises()
  isDown.now = true
  for (let k = 0; k < 6; k++) await standAt(10 + 8 * k, 6 * k + 6)
  await byTest('own-pause').trigger('click')
  await flushPromises()
  await vi.waitFor(() => expect(byTest('own-waiting').text()).toContain('轨迹 6 点待上传，信号恢复后发送'))
  isDown.now = false
  dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(byTest('own-waiting').exists()).toBe(false))
})

it('asks for consent before the first walk, and takes it back with all that waits', async () => {
  mine = { ...MINE, consent: { version: 1, givenAt: null } }
  await open()
  await byTest('own-start').trigger('click')
  await flushPromises()
  expect(feed).toBeNull()
  const dialog = () => document.querySelector<HTMLElement>('[data-test=consent]')!
  expect(dialog().textContent).toContain('07:00–21:00')
  expect(dialog().textContent).toContain('30 天后删除')
  document.querySelector<HTMLElement>('[data-test=consent-agree]')!.click()
  await flushPromises()
  await vi.waitFor(() => expect(feed).not.toBeNull())
  await standAt(10, 5)
  await byTest('consent-link').trigger('click')
  await flushPromises()
  document.querySelector<HTMLElement>('[data-test=consent-withdraw]')!.click()
  await flushPromises()
  document.querySelector<HTMLElement>('[data-test=consent-withdraw-now]')!.click()
  await vi.waitFor(() => expect(told.map(([name]) => name)).toContain('discard'))
  expect(feed).toBeNull()
  await vi.waitFor(() => expect((server.store as ReturnType<typeof makeStore>).of('p1').walks.size).toBe(0))
  expect(byTest('own-start').exists()).toBe(true)
})

it('outside the hours it records nothing and says when it would', async () => {
  mine = { ...MINE, settings: { ...PATROL_SETTINGS, toMinute: 540 } }
  await open()
  await byTest('own-start').trigger('click')
  expect(byTest('own-failure').text()).toContain('07:00–09:00')
  expect(feed).toBeNull()
})

it('says plainly when the phone has no room', async () => {
  await open()
  await byTest('own-start').trigger('click')
  await flushPromises()
  ;(server.store as ReturnType<typeof makeStore>).isFull = true
  await standAt(10, 5)
  await vi.waitFor(() => expect(byTest('own-waiting').text()).toContain('手机存不下了'))
})

it('a phone that refuses its position holds the walk and says what to do', async () => {
  await open()
  await byTest('own-start').trigger('click')
  await standAt(10, 5)
  feed!.fail({ code: 1 } as GeolocationPositionError)
  await flushPromises()
  expect(byTest('own-stopped').text()).toContain('允许定位')
  expect(byTest('own-start').text()).toBe('继续记录')
})

it('checks in nowhere while the position is lost, and says what it waits for', async () => {
  await open()
  await byTest('own-start').trigger('click')
  await standAt(95, 10)
  expect(byTest('own-mark').text()).toBe('到点打卡')
  feed!.fail({ code: 2 } as GeolocationPositionError)
  await flushPromises()
  expect(byTest('own-mark').text()).toBe('到点打卡，等待定位')
  expect(byTest('own-mark').attributes('aria-disabled')).toBe('true')
})

it('goes on while another page is looked at: consent taken back elsewhere stops it, a session anew sends what waits', async () => {
  const workspace = workspaceOf()
  ;({ page } = await mountRoom(MyPatrolPane, { workspace, map: makeMap() }))
  await vi.waitFor(() => expect(byTest('own-start').exists()).toBe(true))
  await byTest('own-start').trigger('click')
  await standAt(10, 5)
  const own = useOwnPatrol()
  page.unmount()
  const refusing = (code: string) => (server.calls.addFixes = async () => {
    throw new DataError(code, '')
  })
  const { addFixes } = server.calls
  refusing('session_expired')
  await own.flush()
  expect(own.waiting.trouble).toBe('signed_out')
  server.calls.addFixes = addFixes
  workspace.session.set({ ...workspace.session.get()! })
  await vi.waitFor(() => expect(own.waiting).toMatchObject({ trouble: 'none', waiting: 0 }))
  await standAt(20, 20)
  mine = { ...MINE, consent: { version: 1, givenAt: null } }
  refusing('consent_required')
  await own.flush()
  await vi.waitFor(() => expect(own.recording).toMatchObject({ phase: 'paused', stopped: 'consent' }))
})

it('leads to a report, and tells so when the day cannot be read', async () => {
  await open()
  await byTest('own-report').trigger('click')
  expect(told).toEqual([['push', { path: '/issues', query: { report: '1' } }]])
  page.unmount()
  isDown.now = true
  ;({ page } = await mountRoom(MyPatrolPane, { workspace: workspaceOf(), map: makeMap() }))
  await vi.waitFor(() => expect(page.text()).toContain('没能读取今天的路线'))
})
