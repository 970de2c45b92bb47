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
import ExchangePanel from '@/rooms/data-exchange/components/ExchangePanel.vue'
import ExchangeDrawer from '@/rooms/data-exchange/components/ExchangeDrawer.vue'
import { en } from '@/rooms/data-exchange/messages/en'
import { zh } from '@/rooms/data-exchange/messages/zh'
import { useExchangeStore } from '@/rooms/data-exchange/store'
import { collection, feature, polygon, square, town } from '../../fixtures/import/make-files'

const rpc = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/data/call-rpc', () => ({ callRpc: rpc.call }))
vi.mock('@/data/lands', () => ({ listLands: async () => [{ id: 1, orgUnitId: 5, name: 'Taken' }] }))
vi.mock('vue-router', () => ({ useRouter: () => ({ push: vi.fn() }) }))

const session: Session = {
  personId: 'p',
  name: 'W*',
  posts: [{ role: 'district_admin', orgUnitId: 3, orgName: 'District', level: 'district', landId: null }],
}

function fakeMap() {
  return {
    ready: Promise.resolve(),
    putSource: vi.fn(),
    setData: vi.fn(),
    addLayers: vi.fn(() => vi.fn()),
    fit: vi.fn(),
  }
}

const openLand = vi.fn(async () => undefined)

function mountRoom(locale: 'zh' | 'en' = 'en') {
  const pinia = createPinia()
  setActivePinia(pinia)
  const workspace = {
    session: createCell(session),
    scope: createCell(null),
    shownGrids: createCell(null),
    shown: createCell({ kind: 'current' }),
    focusUnitId: createCell<number | null>(null),
    openLand,
  }
  const i18n = createI18n({ legacy: false, locale, messages: { zh: { 'data-exchange': zh }, en: { 'data-exchange': en } } as never })
  const map = fakeMap()
  const global = { plugins: [pinia, i18n], provide: { [WORKSPACE_KEY as symbol]: workspace, [MAP_ENGINE_KEY as symbol]: map } }
  return { panel: mount(ExchangePanel, { global, attachTo: document.body }), drawer: mount(ExchangeDrawer, { global }), map, workspace, store: useExchangeStore() }
}

const fileOf = (name: string, text: string): File => {
  const file = new File([text], name)
  // jsdom's files cannot be read as buffers.
  Object.defineProperty(file, 'arrayBuffer', { value: async () => new TextEncoder().encode(text).buffer })
  return file
}

const until = (test: () => boolean): Promise<void> => vi.waitFor(() => { if (!test()) throw new Error('not yet') }, { timeout: 25_000, interval: 20 })

let room: ReturnType<typeof mountRoom>

beforeEach(() => {
  rpc.call.mockReset()
  openLand.mockClear()
  rpc.call.mockImplementation(async (name: string) => {
    if (name === 'org_totals') return [{ id: 5, name: 'Taken', code: '370116001000', level: 'street', households: 1 }]
    if (name === 'import_begin') return { importId: 'i' }
    if (name === 'import_commit') return { landId: 9, orgUnitId: 77, counts: {} }
    return {}
  })
})
afterEach(() => {
  room.panel.unmount()
  room.drawer.unmount()
})

const { buildings, streets } = town(117.6, 36.2, 4)
const forward = () => room.panel.get('[data-test=forward]')

async function toSystems(files = [fileOf('buildings.geojson', buildings), fileOf('streets.geojson', streets)]) {
  await room.store.addFiles(files)
  await flushPromises()
  await forward().trigger('click')
}

async function toResult() {
  await toSystems()
  await room.panel.get('[data-test=adopt-all]').trigger('click')
  await room.panel.get('[data-test=street-name]').setValue('Test street')
  await forward().trigger('click')
  await until(() => room.store.dryRun !== null)
  await flushPromises()
}

describe('the steps of an import', () => {
  it('says why it cannot go on, and sums up each file', async () => {
    room = mountRoom()
    expect(forward().attributes('aria-disabled')).toBe('true')
    expect(room.panel.text()).toContain('No file chosen')
    await room.store.addFiles([fileOf('streets.geojson', streets)])
    await flushPromises()
    // Streets alone can change a street that has land; a new one wants houses.
    await forward().trigger('click')
    await room.panel.get('[data-test=system]').setValue('wgs84')
    await room.panel.get('[data-test=street-name]').setValue('Test street')
    expect(room.panel.text()).toContain('No file with buildings yet')
    room.store.step = 'files'
    await room.store.addFiles([fileOf('buildings.geojson', buildings)])
    await flushPromises()
    expect(room.panel.text()).toContain('Buildings 144')
    expect(forward().attributes('aria-disabled')).toBe('false')
  })

  it('asks for the system of every file and shows where the sample lands', async () => {
    room = mountRoom()
    await toSystems()
    expect(forward().attributes('aria-disabled')).toBe('true')
    expect(room.panel.text()).toContain('2 files have no coordinate system yet')
    const select = room.panel.get<HTMLSelectElement>('[data-test=system]')
    await select.setValue('gcj02')
    expect(room.panel.text()).toMatch(/moved by \d{3} m/)
    await select.setValue('epsg:4548')
    expect(room.panel.text()).toContain('is no place on Earth')
    await select.setValue('wgs84')
    expect(room.panel.text()).toContain('moved by 0 m')
    // A code that no street of the district has.
    expect(room.store.street.code).toBe('370116901000')
    await room.panel.findAll('[data-test=system]')[1].setValue('wgs84')
    expect(room.panel.text()).toContain('Give the street a name')
  })

  it('runs dry, shows figures and findings, stores, and opens the new land', async () => {
    room = mountRoom()
    await toResult()
    expect(room.panel.get('[data-test=verdict]').text()).toBe('Nothing stands in the way')
    expect(room.panel.get('[data-test=figures]').text()).toContain('144')
    expect(room.panel.text()).toContain('This is an estimate')
    expect(rpc.call.mock.calls.some(([name]) => name === 'import_begin')).toBe(false)
    await forward().trigger('click')
    await forward().trigger('click')
    await until(() => room.store.done !== null && room.store.storing === null)
    const names = rpc.call.mock.calls.map(([name]) => name as string).filter((name) => name.startsWith('import_'))
    expect(names[0]).toBe('import_begin')
    expect(names[names.length - 1]).toBe('import_commit')
    const begin = rpc.call.mock.calls.find(([name]) => name === 'import_begin')![1]
    expect(begin.p_meta.street).toEqual({ code: '370116901000', name: 'Test street', initials: 'ts', parentId: 3 })
    expect(begin.p_meta.source.files[0]).toMatchObject({ name: 'buildings.geojson', system: 'wgs84' })
    expect(openLand).toHaveBeenCalledWith(9)
    expect(room.workspace.focusUnitId.get()).toBe(77)
    expect(room.panel.get('[data-test=stored]').text()).toContain('Test street is stored')
  }, 40_000)

  it('wants a new run when a setting changes after it', async () => {
    room = mountRoom()
    await toResult()
    room.store.rule.areaPerHouseholdM2 = 90
    await flushPromises()
    expect(room.panel.get('[data-test=verdict]').text()).toContain('run again')
    expect(forward().text()).toBe('Run again')
  }, 40_000)

  it('tells a refusal of the server with its places, gives the import up, and offers to try again', async () => {
    room = mountRoom()
    await toResult()
    rpc.call.mockImplementation(async (name: string) => {
      if (name === 'import_begin') return { importId: 'i' }
      if (name === 'import_commit') throw new DataError('import_invalid', 'import_invalid', { errorCount: 1, errors: [{ kind: 'cells', row: 4, code: 'label_outside' }] })
      return {}
    })
    await forward().trigger('click')
    await forward().trigger('click')
    await until(() => room.store.storeFault !== null)
    await flushPromises()
    expect(room.panel.get('[data-test=store-fault]').text()).toContain('cells 5: label_outside')
    expect(rpc.call.mock.calls.some(([name]) => name === 'import_cancel')).toBe(true)
    expect(forward().text()).toBe('Try again')
    expect(openLand).not.toHaveBeenCalled()
  }, 40_000)

  it('cancels while sending: the import is given up on the server', async () => {
    room = mountRoom()
    await toResult()
    rpc.call.mockImplementation(async (name: string) => {
      if (name === 'import_begin') return { importId: 'i' }
      if (name === 'import_chunk') room.store.cancel()
      return {}
    })
    await forward().trigger('click')
    await forward().trigger('click')
    await until(() => room.store.cancelled === 'store')
    await flushPromises()
    const names = rpc.call.mock.calls.map(([name]) => name as string)
    expect(names).toContain('import_cancel')
    expect(names).not.toContain('import_commit')
    expect(room.panel.get('[data-test=store-cancelled]').text()).toContain('as before')
  }, 40_000)
})

describe('findings', () => {
  it('are listed by row in both languages, filtered by level, and told in the panel with their remedy', async () => {
    room = mountRoom('zh')
    const bad = collection([feature({ type: 'Polygon', coordinates: [[['x', 1]]] }), feature(null), feature(polygon(square(117.6, 36.2, 20)), { building: 'yes' })])
    await room.store.addFiles([fileOf('bad.geojson', bad)])
    await flushPromises()
    const rows = room.drawer.findAll('tbody tr').map((row) => row.text())
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain('未采用')
    expect(rows[0]).toContain('bad.geojson')
    expect(room.panel.text()).toContain('修正该行坐标后重新导入')
    const warnings = room.drawer.findAll('.levels button').find((button) => button.text().startsWith('请核对'))!
    expect(warnings.attributes('disabled')).toBeDefined()
  })

  it('take no place below the map while there are none, nor beside the export; a phone has them as a page of the panel', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: vi.fn(), removeEventListener: vi.fn() }))
    room = mountRoom()
    vi.unstubAllGlobals()
    expect(room.drawer.find('*').exists()).toBe(false)
    expect(room.panel.find('[data-test=rows-open]').exists()).toBe(false)
    await room.store.addFiles([fileOf('bad.geojson', collection([feature(null)]))])
    await flushPromises()
    expect(room.drawer.findAll('tbody tr')).toHaveLength(1)
    await room.panel.get('[data-test=rows-open]').trigger('click')
    expect(room.panel.findAll('tbody tr')).toHaveLength(1)
    expect(document.activeElement?.textContent).toBe(' Back')
    await room.panel.get('[data-test=rows-back]').trigger('click')
    expect(document.activeElement?.textContent?.trim()).toBe('Row by row (1)')
    room.store.tab = 'export'
    await flushPromises()
    expect(room.drawer.find('*').exists()).toBe(false)
  })
})
