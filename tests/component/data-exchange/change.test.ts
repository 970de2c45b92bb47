// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createI18n } from 'vue-i18n'
import { createCell } from '@/core/observable'
import type { Session } from '@/core/workspace'
import { WORKSPACE_KEY } from '@/core/workspace'
import { DataError } from '@/data/errors'
import { MAP_ENGINE_KEY } from '@/map/contracts'
import ExchangeDrawer from '@/rooms/data-exchange/components/ExchangeDrawer.vue'
import ExchangePanel from '@/rooms/data-exchange/components/ExchangePanel.vue'
import PreviewLegend from '@/rooms/data-exchange/components/PreviewLegend.vue'
import { en } from '@/rooms/data-exchange/messages/en'
import { zh } from '@/rooms/data-exchange/messages/zh'
import { useExchangeStore } from '@/rooms/data-exchange/store'
import { collection, feature, polygon, square, town } from '../../fixtures/import/make-files'
import { standingTown } from '../../helpers/town-import'

const rpc = vi.hoisted(() => ({ call: vi.fn() }))
const loaded = vi.hoisted(() => ({ scope: null as unknown }))
vi.mock('@/data/call-rpc', () => ({ callRpc: rpc.call }))
vi.mock('@/data/lands', () => ({ listLands: async () => [{ id: 1, orgUnitId: 5, name: 'Old street' }] }))
vi.mock('@/data/scope-snapshot', () => ({ loadScope: async () => loaded.scope }))
vi.mock('vue-router', () => ({ useRouter: () => ({ push: vi.fn() }) }))

const [LNG, LAT] = [117.6, 36.2]
const TOWN = town(LNG, LAT, 3)
const { land, standing, bounds } = await standingTown(TOWN)
const HOUSES = (JSON.parse(TOWN.buildings) as { features: unknown[] }).features
const [STEP_LNG, STEP_LAT] = [120 / (111_320 * Math.cos((LAT * Math.PI) / 180)), 120 / 110_950]
const newHouse = feature(polygon(square(LNG + 0.44 * STEP_LNG, LAT + 0.44 * STEP_LAT, 40)), { building: 'apartments', 'building:levels': '6', id: 'across', name: 'New house' })

const session: Session = { personId: 'p', name: 'W*', posts: [{ role: 'district_admin', orgUnitId: 3, orgName: 'District', level: 'district', landId: null }] }
const OUTCOME = {
  landEdition: 5, gridEdition: 3, changedCells: 4, movedHouseholds: 17, counts: {},
  review: [{ code: 'cell_of_several_grids', grid: 'A', otherGrid: 'B', sharePercent: 70, otherSharePercent: 30, lng: LNG, lat: LAT }],
  drafts: [{ planId: 'd', number: 2, title: 'Spring', cells: 4, outdated: false, landSetAside: true }],
}
const openLand = vi.fn(async () => undefined)

function mountRoom(locale: 'zh' | 'en' = 'en') {
  const pinia = createPinia()
  setActivePinia(pinia)
  const workspace = {
    session: createCell(session), scope: createCell(null), shownGrids: createCell(null), shown: createCell({ kind: 'current' }),
    focusUnitId: createCell<number | null>(null), openLand,
  }
  const map = { ready: Promise.resolve(), putSource: vi.fn(), setData: vi.fn(), addLayers: vi.fn(() => vi.fn()), fit: vi.fn() }
  const i18n = createI18n({ legacy: false, locale, messages: { zh: { 'data-exchange': zh }, en: { 'data-exchange': en } } as never })
  const global = { plugins: [pinia, i18n], provide: { [WORKSPACE_KEY as symbol]: workspace, [MAP_ENGINE_KEY as symbol]: map } }
  return {
    panel: mount(ExchangePanel, { global, attachTo: document.body }), drawer: mount(ExchangeDrawer, { global }), legend: mount(PreviewLegend, { global }),
    map, store: useExchangeStore(),
  }
}

function fileOf(name: string, text: string): File {
  const file = new File([text], name)
  // jsdom's files cannot be read as buffers.
  Object.defineProperty(file, 'arrayBuffer', { value: async () => new TextEncoder().encode(text).buffer })
  return file
}
const until = (test: () => boolean): Promise<void> => vi.waitFor(() => { if (!test()) throw new Error('not yet') }, { timeout: 25_000, interval: 20 })

let room: ReturnType<typeof mountRoom>
const forward = () => room.panel.get('[data-test=forward]')
const names = () => rpc.call.mock.calls.map(([name]) => name as string)

beforeEach(() => {
  loaded.scope = { land, bounds }
  openLand.mockClear()
  rpc.call.mockReset()
  rpc.call.mockImplementation(async (name: string) => {
    if (name === 'org_totals') return [{ id: 5, name: 'Old street', code: '370116001000', level: 'street', households: 1 }]
    if (name === 'land_source') return standing
    if (name === 'import_begin') return { importId: 'i' }
    if (name === 'import_check') return { ...OUTCOME, errorCount: 0, errors: [] }
    if (name === 'import_commit') return { ...OUTCOME, landId: 1, orgUnitId: 5 }
    return {}
  })
})
afterEach(() => {
  room.panel.unmount()
  room.drawer.unmount()
  room.legend.unmount()
})

async function toQuestion(features: readonly unknown[] = [...HOUSES.slice(1), newHouse]) {
  await room.store.loadTargets()
  await room.store.addFiles([fileOf('new.geojson', collection(features))])
  await flushPromises()
  await forward().trigger('click')
  await room.panel.get('[data-test=system]').setValue('wgs84')
  await room.panel.get('[data-test=target]').setValue(5)
}
async function toResult(features?: readonly unknown[]) {
  await toQuestion(features)
  await room.panel.get('[data-test=mode-replace]').setValue(true)
  await forward().trigger('click')
  await until(() => room.store.run !== null)
  await flushPromises()
}

describe('a change of a street that has land', () => {
  it('asks plainly whether files replace or add, and goes on only when told', async () => {
    room = mountRoom()
    await toQuestion()
    expect(room.panel.get('[data-test=mode]').text()).toContain('Old street has land already')
    expect(room.panel.get('[data-test=mode]').text()).toContain('Buildings')
    expect(room.panel.find('[data-test=boundary]').exists()).toBe(false)
    expect(room.panel.text()).toContain('Choose whether to replace or to add')
    expect(forward().attributes('aria-disabled')).toBe('true')
    await room.panel.get('[data-test=mode-add]').setValue(true)
    expect(forward().attributes('aria-disabled')).toBe('false')
  })

  it('shows what will change before anything is written: figures, rows, map, drafts, what to look at', async () => {
    room = mountRoom()
    await toResult()
    expect(names()).toContain('import_check')
    expect(names()).toContain('import_cancel')
    expect(names()).not.toContain('import_commit')
    const begin = rpc.call.mock.calls.find(([name]) => name === 'import_begin')![1]
    expect(begin).toMatchObject({ p_kind: 'land_change', p_org_unit: 5, p_meta: { baseEdition: 4 } })
    expect(room.panel.get('[data-test=change-figures]').text()).toMatch(/Buildings\+10−1/)
    expect(room.panel.get('[data-test=change-figures]').text()).toContain('Households whose grid changes17')
    expect(room.panel.get('[data-test=drafts]').text()).toContain('Draft 2 “Spring”: 4 cells')
    expect(room.panel.get('[data-test=drafts]').text()).toContain('set aside')
    expect(room.panel.get('[data-test=review]').text()).toContain('30 % was of B')
    const rows = room.drawer.findAll('[data-test=changes-table] tbody tr').map((row) => row.text())
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain('Removed')
    expect(rows[1]).toContain('New house')
    expect(room.legend.text()).toContain('Removed building')
    const drawn = new Map(room.map.setData.mock.calls.map(([id, data]) => [id as string, (data as GeoJSON.FeatureCollection).features.length]))
    expect(drawn.get('data-exchange:changed-buildings')).toBe(2)
    expect(drawn.get('data-exchange:changed-cells')).toBeGreaterThan(0)
    // Beside the export the map shows the land as it stands.
    const layers = room.map.addLayers.mock.results.map(({ value }) => value)
    room.map.setData.mockClear()
    room.store.tab = 'export'
    await flushPromises()
    for (const takeAway of layers) expect(takeAway).toHaveBeenCalledOnce()
    expect(room.legend.find('*').exists()).toBe(false)
    room.store.tab = 'import'
    await flushPromises()
    expect(room.map.addLayers).toHaveBeenCalledTimes(2 * layers.length)
    expect(room.map.setData.mock.calls.findLast(([id]) => id === 'data-exchange:changed-buildings')![1].features).toHaveLength(2)
    expect(room.legend.text()).toContain('Removed building')
  })

  it('stores only once everyone in a house that goes has a place, and sends what was decided', async () => {
    room = mountRoom()
    await toResult()
    expect(room.panel.get('[data-test=verdict]').text()).toContain('1 houses to be removed have people')
    expect(forward().attributes('aria-disabled')).toBe('true')
    const select = room.panel.get('[data-test=people] select')
    await select.setValue(String(room.store.changing.inhabited[0].candidates[0].building))
    expect(room.panel.get('[data-test=verdict]').text()).toBe('Nothing stands in the way')
    await select.setValue('keep')
    await forward().trigger('click')
    await forward().trigger('click')
    await until(() => room.store.done !== null && room.store.storing === null)
    await flushPromises()
    expect(names().filter((name) => name === 'import_commit')).toHaveLength(1)
    const gone = rpc.call.mock.calls.flatMap(([name, values]) => (name === 'import_chunk' && values.p_kind === 'gone' ? values.p_rows as { thing: string }[] : []))
    expect(gone.some(({ thing }) => thing === 'building')).toBe(false)
    expect(openLand).toHaveBeenCalledWith(1)
    expect(room.panel.get('[data-test=stored]').text()).toContain('Old street is up to date')
    expect(room.panel.text()).toContain('Cells are in edition 5, grids in edition 3')
  })

  it('lists what the server refuses, and does not go on', async () => {
    room = mountRoom('zh')
    const answer = rpc.call.getMockImplementation()!
    rpc.call.mockImplementation(async (name: string, values: unknown) =>
      name === 'import_check' ? { errorCount: 1, errors: [{ kind: 'cells', row: 4, code: 'label_outside' }] } : answer(name, values))
    await toResult()
    expect(room.panel.get('[data-test=refused]').text()).toContain('cells 5: 标注点不在地块内')
    expect(forward().attributes('aria-disabled')).toBe('true')
  })

  it('says that somebody was faster and wants a new run', async () => {
    room = mountRoom()
    await toResult(HOUSES.slice(2).concat(newHouse))
    const keeps = room.panel.get('[data-test=keep-all]')
    expect(keeps.text()).toBe('Keep the records of all 2')
    room.store.changing.decide(room.store.changing.inhabited[0].standing, { kind: 'keep' })
    await flushPromises()
    expect(keeps.text()).toBe('Keep the records of the other 1')
    await keeps.trigger('click')
    expect(keeps.text()).toBe('Every house is decided')
    await flushPromises()
    await forward().trigger('click')
    const answer = rpc.call.getMockImplementation()!
    rpc.call.mockImplementation(async (name: string, values: unknown) => {
      if (name === 'import_begin') throw new DataError('land_outdated', 'land_outdated', { edition: 5 })
      return answer(name, values)
    })
    await forward().trigger('click')
    await until(() => room.store.storeFault !== null)
    await flushPromises()
    expect(room.panel.get('[data-test=store-fault]').text()).toContain('somebody updated this street')
    expect(room.store.stale).toBe(true)
    expect(openLand).not.toHaveBeenCalled()
  })

  it('is cancelled in the middle: nothing was sent to be kept', async () => {
    room = mountRoom()
    await toQuestion()
    await room.panel.get('[data-test=mode-replace]').setValue(true)
    const answer = rpc.call.getMockImplementation()!
    rpc.call.mockImplementation(async (name: string, values: unknown) => {
      if (name === 'import_chunk') room.store.cancel()
      return answer(name, values)
    })
    await forward().trigger('click')
    await until(() => room.store.cancelled === 'run')
    expect(names()).toContain('import_cancel')
    expect(names()).not.toContain('import_commit')
    expect(room.store.run).toBeNull()
  })
})
