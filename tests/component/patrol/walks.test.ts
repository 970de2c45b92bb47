import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PATROL_SETTINGS, type PatrolScope, type PatrolTrack } from '@/core/patrol/patrol-scope'
import type { Role } from '@/core/workspace'
import { usePatrolStore } from '@/rooms/patrol/store'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ calls: {} as Record<string, (...values: never[]) => unknown> }))
vi.mock('@/rooms/patrol/repository', async (original) => ({
  ...(await original<object>()),
  ...Object.fromEntries(
    ['loadPatrolScope', 'loadRawTrack', 'loadYards', 'discardTrack', 'importTrack', 'loadTracksToMatch', 'runPatrolRules'].map((name) => [name, (...values: never[]) => server.calls[name]?.(...values)]),
  ),
}))

const { default: WalksPane } = await import('@/rooms/patrol/components/WalksPane.vue')

const NOW_MS = Date.parse('2026-11-20T15:00:00+08:00')
const track = (id: string, personId: string | null, parts: Partial<PatrolTrack> = {}): PatrolTrack => ({
  id, personId, planId: null, route: null, community: 0, gridId: null, day: '2026-11-20', startedAt: '2026-11-20T01:00:00Z', endedAt: '2026-11-20T02:30:00Z', source: 'recorded', state: 'matched', fixes: 400,
  dropped: { jump: 2 }, streetM: 1900, yardM: 120, hasRaw: true, ...parts,
})
const empty = { count: 0, track: new Int32Array(0), streetId: new Int32Array(0), fromCm: new Int32Array(0), toCm: new Int32Array(0), fromS: new Uint32Array(0), toS: new Uint32Array(0), confidence: new Uint8Array(0) }
const scopeOf = (tracks: PatrolTrack[]): PatrolScope => ({
  landId: 1, nowMs: NOW_MS, fromDay: '2026-10-24', toDay: '2026-11-20', settings: PATROL_SETTINGS, duties: [], gates: [], checkpoints: [], plans: [], tracks, walked: empty, marks: [],
  passes: { building: new Int32Array(0), atS: new Uint32Array(0) }, patrollers: [{ personId: 'p2', name: '王*', role: 'grid_worker', community: 0, gridIds: [] }],
})

let page: VueWrapper
let asked: unknown[][]

async function openAs(role: Role, tracks: PatrolTrack[]): Promise<void> {
  const workspace = makeWorkspace()
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId: 3, orgName: '', level: 'community', landId: 1 }] })
  ;({ page } = await mountRoom(WalksPane, { workspace, map: makeMap() }))
  usePatrolStore().setPatrols(scopeOf(tracks))
  await flushPromises()
}
const byTest = (name: string) => page.find(`[data-test=${name}]`)
const press = async (name: string) => {
  await byTest(name).trigger('click')
  await flushPromises()
}

beforeEach(() => {
  asked = []
  const tell = (name: string, answer: unknown) => async (...values: unknown[]) => {
    asked.push([name, ...values])
    return answer
  }
  server.calls = {
    loadRawTrack: tell('raw', { fromMs: NOW_MS, atMs: [10, 0], lngE7: [1170000000, 1170000100], latE7: [360000000, 360000000], accuracyDm: [900, -1], yards: [[[117, 36], [117.001, 36]]], revealsLeft: 49 }),
    discardTrack: tell('discard', {}),
    importTrack: tell('import', { id: '', stored: 2, dropped: {} }),
    loadTracksToMatch: async () => [],
    loadPatrolScope: async () => scopeOf([]),
  } as never
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

it('lists walks by day; a walk whose name is gone has no times; the chosen one is drawn without what is for a reason only', async () => {
  await openAs('grid_leader', [track('a', 'p2'), track('b', null, { day: '2026-11-01', startedAt: '2026-11-01T00:00:00Z', endedAt: null, hasRaw: false })])
  const rows = page.findAll('[data-test=walk]').map((one) => one.text())
  expect(rows[0]).toMatch(/王\*.*09:00–10:30.*已匹配.*沿路 1\.9 km/s)
  expect(rows[1]).toContain('姓名已不保留')
  expect(rows[1]).not.toContain('08:00')
  await page.findAll('[data-test=walk] .row')[0].trigger('click')
  await flushPromises()
  expect(usePatrolStore().trace).toMatchObject({ trackId: 'a', raw: [], yards: [] })
  expect(asked).toEqual([])
  expect(page.text()).toContain('未用 2 点：跳点 2')
})

it('shows raw positions of another only for a reason, in the order of time, and hides them again', async () => {
  await openAs('grid_leader', [track('a', 'p2')])
  await page.find('[data-test=walk] .row').trigger('click')
  await flushPromises()
  await press('walk-raw')
  expect(asked.some(([name]) => name === 'raw')).toBe(false)
  expect(document.querySelector('.reveal-dialog')).not.toBeNull()
  page.findComponent({ name: 'RevealDialog' }).vm.$emit('revealed', await (server.calls.loadRawTrack as never as () => Promise<object>)())
  await flushPromises()
  expect(usePatrolStore().trace!.raw.map(({ lngLat, isDropped }) => [lngLat[0], isDropped])).toEqual([[117.00001, false], [117, true]])
  expect(usePatrolStore().trace!.yards).toEqual([[[117, 36], [117.001, 36]]])
  await page.find('[data-test=walk] .row').trigger('click')
  expect(usePatrolStore().trace).toBeNull()
})

it('one sees one’s own without a reason, and deletes what is not matched yet', async () => {
  await openAs('grid_worker', [track('a', 'p1', { state: 'ended', yardM: 0 })])
  await page.find('[data-test=walk] .row').trigger('click')
  await press('walk-raw')
  expect(asked).toEqual([['raw', 'a', '']])
  await press('walk-remove')
  await press('walk-remove-sure')
  expect(asked.at(-1)).toEqual(['discard', 'a'])
})

it('tries files first, says what is wrong with each, and takes in what can be taken, once', async () => {
  await openAs('grid_leader', [])
  await press('walks-import')
  const { bounds: [west, south] } = usePatrolStore().scope!
  const point = (s: number) => `<trkpt lat="${south + 1e-5}" lon="${west + 1e-5 * (s + 1)}"><time>2026-11-20T01:00:0${s}Z</time></trkpt>`
  const file = (name: string, text: string) => new File([text], name)
  const input = byTest('gpx-files')
  Object.defineProperty(input.element, 'files', { configurable: true, value: [file('a.gpx', `<gpx><trk><trkseg>${point(0)}${point(1)}</trkseg></trk></gpx>`), file('b.gpx', '<kml/>')] })
  await input.trigger('change')
  await vi.waitFor(() => expect(page.findAll('[data-test=gpx-file]')).toHaveLength(2))
  expect(page.findAll('[data-test=gpx-fault]').map((one) => one.text())).toEqual(['这不是 GPX 文件（第 1 行是 kml）'])
  expect(asked).toEqual([])
  await byTest('gpx-person').setValue('p2')
  await press('gpx-run')
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(asked[0]).toMatchObject(['import', expect.stringMatching(/^[0-9a-f-]{36}$/), { landId: 1, personId: 'p2' }])
  await vi.waitFor(() => expect(byTest('gpx-run').attributes('disabled')).toBeDefined())
})
