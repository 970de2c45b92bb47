import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { MapEngine } from '@/map/contracts'
import type { IssueSlip } from '@/rooms/issues/repository'
import { makeFakeMapEngine, type FakeMapEngine } from '../../helpers/fake-map-engine'
import { DAY_S, makeIssueScope, NOON_S, type MadeSlip } from '../../unit/rooms/issues/make-issue-scope'
import { makeWorkspace, mountRoom } from '../mount-room'

/* One hexagon with eight slips in the course of eight weeks, one with two, one with a single slip; 100 m a side. */
const AWAY_M = [[0, 0], [600, 0], [0, 600]] as const
const slips: (MadeSlip & { at: number })[] = [
  ...Array.from({ length: 8 }, (_, week) => ({ at: 0, reportedS: NOON_S - (56 - 7 * week) * DAY_S, state: week < 6 ? ('published' as const) : ('claimed' as const), outcome: week < 6 ? ('solved' as const) : undefined })),
  { at: 1, reportedS: NOON_S - 3 * DAY_S },
  { at: 1, reportedS: NOON_S - 2 * DAY_S },
  { at: 2, reportedS: NOON_S - DAY_S },
].sort((a, b) => a.reportedS - b.reportedS)

const exported = vi.hoisted(() => ({ calls: [] as unknown[][], files: [] as [string, string, Blob][] }))
vi.mock('@/rooms/issues/repository', () => ({
  loadIssueScope: () => held.load(),
  runIssueRules: async () => ({ supervised: 0, escalated: 0 }),
  loadIssueDetail: async () => ({ issue: held.slip }),
  actOnIssue: async () => held.slip,
}))
vi.mock('@/rooms/issues/jobs/hotspots/run-hotspots', () => ({ runHotspots: () => new Promise(() => undefined) }))
vi.mock('@/data/record-export', () => ({ recordExport: async (...values: unknown[]) => (exported.calls.push(values), { watermark: '周* 高庄街道 2026-11-21' }) }))
vi.mock('@/ui/save-blob', () => ({ saveBlob: (...values: [string, string, Blob]) => void exported.files.push(values) }))
vi.mock('vue-router', () => ({ useRoute: () => ({ name: 'issues', path: '/issues', query: {} }), useRouter: () => ({ replace: async () => undefined }) }))
const held = { load: async (): Promise<unknown> => null, slip: {} as IssueSlip }

const { useIssuesStore } = await import('@/rooms/issues/store')
const { useIssuesMap } = await import('@/rooms/issues/map-store')
const { CLUSTER_LAYER, ISSUES_SOURCE } = await import('@/rooms/issues/layers')
const { default: IssuesOverlay } = await import('@/rooms/issues/components/IssuesOverlay.vue')
const { default: IssuesLegend } = await import('@/rooms/issues/components/IssuesLegend.vue')
const { default: TimePane } = await import('@/rooms/issues/components/TimePane.vue')
const Room = defineComponent({ render: () => [h(IssuesOverlay), h(IssuesLegend, { crowded: false, low: false }), h(TimePane)] })

let page: VueWrapper
let map: FakeMapEngine
let colours: Map<number, unknown>
const at = (name: string) => page.get(`[data-test=${name}]`)

async function open() {
  const workspace = makeWorkspace()
  const { frame } = workspace.scope.get()!.land
  const scope = makeIssueScope(slips.map((slip) => ({ ...slip, gridId: workspace.scope.get()!.current.grids[0].id })))
  slips.forEach((slip, k) => {
    scope.issues.lngLat[2 * k] = frame.lng0 + AWAY_M[slip.at][0] / frame.mPerDegLng
    scope.issues.lngLat[2 * k + 1] = frame.lat0 + AWAY_M[slip.at][1] / frame.mPerDegLat
  })
  held.load = async () => scope
  map = makeFakeMapEngine(frame)
  colours = new Map()
  map.setState = (source, cell, state) => void (source === ISSUES_SOURCE.cells && colours.set(cell, state.colour))
  ;({ page } = await mountRoom(Room, { workspace, map: map as unknown as MapEngine }))
  const store = useIssuesStore()
  store.enter()
  await vi.waitFor(() => expect(store.reading).toBe('ready'))
  await flushPromises()
  return { store, view: useIssuesMap(), workspace }
}
/** Colours of the three hexagons. */
const shown = (view: ReturnType<typeof useIssuesMap>) => AWAY_M.map((_, k) => colours.get(view.cells!.slipCell[slips.findIndex((slip) => slip.at === k)]) ?? null)

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  vi.useFakeTimers({ toFake: ['Date', 'setInterval'], now: NOON_S * 1000 })
  exported.calls.length = 0
  exported.files.length = 0
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('colours cells by classes of the whole period, which the slider of time leaves as they are', async () => {
  const { store, view } = await open()
  expect(view.edges).toEqual([1, 2, 8])
  expect(shown(view)).toEqual(['#EBA160', '#F6C99B', '#FBE8D4'])
  await page.get('[data-test=issues-legend] .head').trigger('click')
  const legend = at('legend-classes').text()
  // The last week alone: the first hexagon has one of its eight, in the lightest class.
  const bars = page.findAll('[data-test=time-bar]')
  await bars[bars.length - 1].trigger('click')
  await flushPromises()
  expect(store.shown).toHaveLength(3)
  expect(shown(view)).toEqual([null, '#F6C99B', '#FBE8D4'])
  expect([view.edges, at('legend-classes').text()]).toEqual([[1, 2, 8], legend])
  await at('time-from').trigger('keydown', { key: 'Home' })
  await flushPromises()
  expect(store.filter.span).toBeNull()
  expect(shown(view)).toEqual(['#EBA160', '#F6C99B', '#FBE8D4'])
  // A minute later the same slips are the same list: nothing is reckoned anew.
  const { basis } = view
  store.nowS += 60
  expect(view.basis).toBe(basis)
  page.unmount()
  expect(map.layers.size).toBe(0)
})

it('gives slips on the board no sign of their own unless they are asked for', async () => {
  const { store } = await open()
  const counted = () => map.data.get(ISSUES_SOURCE.pins)!.features.reduce((sum, { properties }) => sum + Number(properties!.count ?? 1), 0)
  expect(counted()).toBe(5)
  store.setFilter({ states: ['published'] })
  await flushPromises()
  expect(counted()).toBe(6)
})

it('chooses by hexagon and by ring what the filter shows, and hands it out on record', async () => {
  const { store, workspace } = await open()
  // What the map shows is another division, without a grid of these slips.
  workspace.shownGrids.set({ grids: [], cellGrid: new Int32Array(0), changedCells: null })
  await at('tool-cells').trigger('click')
  map.press(10, 10)
  map.release(10, 10)
  await flushPromises()
  expect(at('map-chosen').text()).toBe('已选 8 件')
  map.press(600, 0, { shift: true })
  map.release(600, 0)
  await flushPromises()
  expect(store.shown).toHaveLength(10)
  await at('tool-lasso').trigger('click')
  map.press(-50, 550)
  map.drag(50, 550)
  map.drag(50, 650)
  map.drag(-50, 650)
  map.release(-50, 650)
  await flushPromises()
  expect(at('map-chosen').text()).toBe('已选 1 件')

  await at('chosen-export').trigger('click')
  await at('chosen-geojson').trigger('click')
  expect([at('chosen-form').text(), exported.calls.length]).toEqual([expect.stringContaining('写明用途'), 0])
  await at('chosen-reason').setValue('网格例会研判')
  await at('chosen-geojson').trigger('click')
  await vi.waitFor(() => expect(exported.files).toHaveLength(1))
  expect(exported.calls).toEqual([['issues', '网格例会研判', 1, { format: 'geojson', land: 1 }]])
  const written = JSON.parse(await exported.files[0][2].text()) as { features: { properties: Record<string, unknown> }[]; export: unknown }
  expect(written.export).toEqual({ watermark: '周* 高庄街道 2026-11-21', rows: 1 })
  expect(written.features[0].properties).toMatchObject({ state: '已上报', category: '噪声扰民', overdue: '否', grid: '文昌 001' })
  // The bar tells what is handed out, not what was chosen before the filter was narrowed.
  store.setFilter({ categories: ['fire'] })
  await flushPromises()
  expect(at('map-chosen').text()).toBe('已选 0 件')
  await at('chosen-clear').trigger('click')
  expect(store.filter.ids).toBeNull()
})

describe('once hexagons are drawn', () => {
  /** Position of an open slip of the first hexagon, and its record as the columns have it. */
  const OPEN = 6
  const record = (parts: Partial<IssueSlip> = {}): IssueSlip => ({
    id: 101 + OPEN, number: '', revision: 1, landId: 1, communityId: 3, buildingId: null, gridId: null, lngLat: [0, 0], category: 'noise', title: '', detail: '', state: 'claimed', level: 'grid', topLevel: 'grid',
    outcome: null, source: 'worker', reportedAt: '', claimedAt: null, finishedAt: null, closedAt: null, publishedAt: null, dueAt: new Date((NOON_S + DAY_S) * 1000).toISOString(), satisfaction: null, reminders: 0,
    duplicateOf: null, handlerId: null, handler: null, ...parts,
  })
  const waiting = new Map<number, () => void>()
  let lastFrame = 0
  beforeEach(() => {
    waiting.clear()
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => (waiting.set(++lastFrame, run), lastFrame))
    vi.stubGlobal('cancelAnimationFrame', (frame: number) => void waiting.delete(frame))
  })
  /** What was asked of the next frame, and by it of the one after, is done. */
  async function frames() {
    await flushPromises()
    for (let k = 0; k < 2; k++) {
      const due = [...waiting.values()]
      waiting.clear()
      due.forEach((run) => run())
    }
    await flushPromises()
  }
  const features = (source: string) => map.data.get(source)!.features.length

  it('keeps them and what is chosen while a slip is opened and acted on, and shows its place once', async () => {
    const { store, view } = await open()
    map.seen = () => [0, 0, 1, 1]
    const { cells } = view
    const { issueScope } = store
    view.chooseCells(new Set([cells!.slipCell[OPEN]]))
    held.slip = record()
    store.select(101 + OPEN)
    await frames()
    expect(store.working.reading).toBe('ready')
    expect(store.issueScope).toBe(issueScope)
    expect(map.fits).toHaveLength(1)
    held.slip = record({ revision: 2, finishedAt: new Date(NOON_S * 1000).toISOString(), state: 'supervised' })
    expect(await store.working.act('finish', {})).toBe(true)
    await frames()
    expect(store.issueScope!.issues.finishedS[OPEN]).toBe(NOON_S)
    expect(view.cells).toBe(cells)
    expect(view.chosenCells.size).toBe(1)
    expect(map.fits).toHaveLength(1)
  })

  it('puts a report where a click falls on a cluster', async () => {
    const { store } = await open()
    map.query = () => [{ layerId: CLUSTER_LAYER, source: ISSUES_SOURCE.pins, featureIndex: 0, properties: { cluster: 0 } }]
    store.placing.begin()
    expect(map.click(3, 4)).toBe(true)
    expect(store.placing.at).toEqual(map.unproject({ x: 3, y: 4 }))
    expect([store.filter.ids, map.fits]).toEqual([null, []])
    store.placing.leave()
    map.click(3, 4)
    expect(store.filter.ids).not.toBeNull()
  })

  it('outlines chosen hexagons no longer than they are the choice', async () => {
    const { store, view } = await open()
    const hexagon = new Set([view.cells!.slipCell[OPEN]])
    view.chooseCells(hexagon)
    await flushPromises()
    expect(features(ISSUES_SOURCE.chosen)).toBe(1)
    // A ring drawn with Shift adds to them.
    view.chooseSlips([slips.length - 1], true)
    await flushPromises()
    expect([view.chosenCells.size, store.filter.ids!.size]).toEqual([1, 9])
    // A figure opens its slips.
    store.setFilter({ ids: new Set([101]) })
    await flushPromises()
    expect([view.chosenCells.size, features(ISSUES_SOURCE.chosen)]).toEqual([0, 0])
    view.chooseCells(hexagon)
    view.chooseSlips([0, 1], false)
    expect(view.chosenCells.size).toBe(0)
    // Hexagons without a slip that the filter shows, then a ring that finds none either: the choice was none before and after.
    store.setFilter({ ids: null, categories: ['fire'] })
    view.chooseCells(hexagon)
    await flushPromises()
    expect([view.chosenCells.size, store.filter.ids]).toEqual([1, null])
    view.chooseSlips([], false)
    expect(view.chosenCells.size).toBe(0)
  })

  it('draws no slip of a street that is left', async () => {
    const { store } = await open()
    held.slip = record()
    store.select(101 + OPEN)
    await flushPromises()
    expect([features(ISSUES_SOURCE.pins) > 0, features(ISSUES_SOURCE.selected)]).toEqual([true, 1])
    store.setIssues(null)
    await flushPromises()
    expect([features(ISSUES_SOURCE.pins), features(ISSUES_SOURCE.selected)]).toEqual([0, 0])
  })

  it('colours what is compared when the room is entered, and no longer than it is compared', async () => {
    const { view } = await open()
    const counts = shown(view)
    view.leave()
    view.compare.onMap = true
    view.enter()
    expect(shown(view)).not.toEqual(counts)
    view.leave()
    view.compare.onMap = false
    view.enter()
    expect(shown(view)).toEqual(counts)
  })

  it('says nothing beside the pointer once the room is left', async () => {
    const { store, view } = await open()
    view.point({ x: 1, y: 1 })
    await frames()
    const { hover, hoverLines } = store.workspace!
    expect(hoverLines.get()).not.toEqual([])
    hover.set({ kind: 'issue', issueId: 101 + OPEN })
    view.point({ x: 2, y: 2 })
    view.leave()
    await frames()
    expect(hoverLines.get()).toEqual([])
    // Nor of where the pointer was then, once it is entered again.
    view.enter()
    hover.set(null)
    expect(hoverLines.get()).toEqual([])
  })
})

it('reads the street that was changed to while another was being read and the room was left', async () => {
  const { store } = await open()
  let answer: (found: unknown) => void = () => undefined
  const asked = new Promise<void>((resolve) => (held.load = () => new Promise((found) => ((answer = found), resolve()))))
  const first = store.read()
  await asked
  store.leave()
  store.setScope({ ...store.scope!, landId: 2 })
  expect(store.reading).toBe('none')
  const second = makeIssueScope([{}])
  held.load = async () => second
  store.enter()
  await vi.waitFor(() => expect(store.reading).toBe('ready'))
  answer(makeIssueScope(slips))
  await first
  expect(store.issueScope).toBe(second)
})
