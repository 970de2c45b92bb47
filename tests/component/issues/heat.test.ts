import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { MapEngine } from '@/map/contracts'
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
vi.mock('@/rooms/issues/repository', () => ({ loadIssueScope: async () => held.scope, runIssueRules: async () => ({ supervised: 0, escalated: 0 }) }))
vi.mock('@/rooms/issues/jobs/hotspots/run-hotspots', () => ({ runHotspots: () => new Promise(() => undefined) }))
vi.mock('@/data/record-export', () => ({ recordExport: async (...values: unknown[]) => (exported.calls.push(values), { watermark: '周* 高庄街道 2026-11-21' }) }))
vi.mock('@/ui/save-blob', () => ({ saveBlob: (...values: [string, string, Blob]) => void exported.files.push(values) }))
vi.mock('vue-router', () => ({ useRoute: () => ({ name: 'issues', path: '/issues', query: {} }), useRouter: () => ({ replace: async () => undefined }) }))
const held = { scope: null as unknown }

const { useIssuesStore } = await import('@/rooms/issues/store')
const { useIssuesMap } = await import('@/rooms/issues/map-store')
const { ISSUES_SOURCE } = await import('@/rooms/issues/layers')
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
  held.scope = scope
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
