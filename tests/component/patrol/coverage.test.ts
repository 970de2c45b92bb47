import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { READ_LIMITS } from '@/formats/read-limits'
import { readSheets } from '@/formats/read-sheet'
import { makePatrols, makeStreet, NOW_MS } from '../../unit/rooms/patrol/make-patrols'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const saved = vi.hoisted(() => ({ files: [] as [stem: string, ending: string, blob: Blob][] }))
vi.mock('@/ui/save-blob', () => ({ saveBlob: (...values: [string, string, Blob]) => void saved.files.push(values) }))
const server = vi.hoisted(() => ({ asked: [] as unknown[], answer: (() => new Promise(() => {})) as () => Promise<unknown> }))
vi.mock('@/rooms/patrol/repository', async (original) => ({
  ...(await original<object>()),
  loadYards: async () => [],
  loadPatrolScope: (_: unknown, period: unknown) => {
    server.asked.push(period)
    return server.answer()
  },
}))
const { default: CoveragePane } = await import('@/rooms/patrol/components/CoveragePane.vue')
const { default: MissedPane } = await import('@/rooms/patrol/components/MissedPane.vue')
const { usePatrolStore } = await import('@/rooms/patrol/store')
const { usePatrolCoverageStore } = await import('@/rooms/patrol/coverage-store')

const street = makeStreet()
/** Way 11, all of it, an hour ago. */
const walked = {
  count: 1, track: Int32Array.of(-1), streetId: Int32Array.of(11), fromCm: Int32Array.of(0), toCm: Int32Array.of(40_000),
  fromS: Uint32Array.of(NOW_MS / 1000 - 3700), toS: Uint32Array.of(NOW_MS / 1000 - 3600), confidence: Uint8Array.of(90),
}
let page: VueWrapper

async function open(component: typeof CoveragePane | typeof MissedPane): Promise<void> {
  const workspace = makeWorkspace()
  workspace.scope.set(street)
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role: 'street_officer', orgUnitId: 2, orgName: '', level: 'street', landId: 1 }] })
  ;({ page } = await mountRoom(component, { workspace, map: makeMap() }))
  usePatrolStore().setPatrols(makePatrols({ walked }))
  await vi.waitFor(() => expect(usePatrolCoverageStore().coverage).not.toBeNull())
  await flushPromises()
}
const byTest = (name: string) => page.find(`[data-test=${name}]`)
async function sheetsOf(button: string) {
  await byTest(button).trigger('click')
  await vi.waitFor(() => expect(saved.files, page.text().slice(0, 300)).toHaveLength(1), { timeout: 5_000 })
  const [stem, ending, blob] = saved.files[0]
  expect(ending).toBe('xlsx')
  return { stem, sheets: readSheets(new Uint8Array(await blob.arrayBuffer()), READ_LIMITS, 5) }
}

beforeEach(() => {
  saved.files = []
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

it('hands out the figures shown as a workbook that opens, its areas adding up to its total', async () => {
  await open(CoveragePane)
  const { stem, sheets } = await sheetsOf('coverage-export')
  expect(stem).toBe('巡查覆盖 2026-11-16 2026-11-22')
  expect(sheets.map(({ name }) => name)).toEqual(['覆盖 按社区', '覆盖 按网格', '未经过的楼栋'])
  const column = sheets[0].rows[0].indexOf('已走 m')
  for (const { rows } of sheets.slice(0, 2)) {
    const metres = rows.slice(1).map((row) => Number(row[column]))
    expect(metres.at(-1)).toBe(400)
    expect(metres.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBe(400)
  }
  expect(sheets[2].rows.length - 1).toBe(usePatrolCoverageStore().passes!.left.length)
})

it('hands out what was missed as a workbook that opens', async () => {
  await open(MissedPane)
  const { stem, sheets: [{ rows }] } = await sheetsOf('missed-export')
  expect(stem).toBe('漏巡清单 2026-11-22')
  const { missed } = usePatrolCoverageStore()
  expect(missed.length).toBeGreaterThan(3)
  expect(rows).toHaveLength(missed.length + 2)
  expect(Number(rows.at(-1)![5])).toBe(missed.reduce((sum, { leftCm }) => sum + leftCm, 0) / 100)
})

it('reckons a period once: another and back again gives the same figures, and what was missed stays', async () => {
  await open(CoveragePane)
  const coverage = usePatrolCoverageStore()
  const [week, missed] = [coverage.coverage, coverage.missed]
  await byTest('period-1').trigger('click')
  expect(coverage.coverage).not.toBe(week)
  await byTest('period-7').trigger('click')
  expect(coverage.coverage).toBe(week)
  expect(coverage.missed).toBe(missed)
})

it('shows on a narrow screen what the drawer shows elsewhere', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => {}, removeEventListener: () => {} }))
  await open(CoveragePane)
  expect(byTest('coverage-share').exists()).toBe(true)
  await byTest('coverage').find('#patrol-coverage-tab-missed').trigger('click')
  await vi.waitFor(() => expect(byTest('missed').exists()).toBe(true))
  expect(byTest('coverage-share').exists()).toBe(false)
  await page.find('#patrol-coverage-tab-time').trigger('click')
  await vi.waitFor(() => expect(byTest('patrol-days').exists()).toBe(true))
})

it('tells nothing of days whose walks were not read, reads them up to today, and goes back to those that were where that fails', async () => {
  await open(CoveragePane)
  const [room, coverage] = [usePatrolStore(), usePatrolCoverageStore()]
  let fail = (): void => {}
  server.asked = []
  server.answer = () => new Promise((_, reject) => (fail = () => reject(new Error('down'))))
  const reading = coverage.choose({ fromDay: '2026-08-03', toDay: '2026-08-05' })
  expect(coverage.coverage).toBeNull()
  expect(coverage.missed).toEqual([])
  expect(server.asked).toEqual([{ fromDay: '2026-07-09', toDay: '2026-11-22' }])
  fail()
  await reading
  expect(coverage.choice).toBe(7)
  expect(coverage.coverage).not.toBeNull()
  // What is read next is asked for as before.
  server.answer = async () => makePatrols({ walked })
  await room.read()
  expect(server.asked.at(-1)).toBeUndefined()
})

it('shows days once they were read', async () => {
  await open(CoveragePane)
  const coverage = usePatrolCoverageStore()
  server.answer = async () => ({ ...makePatrols({ walked }), fromDay: '2026-07-09' })
  await coverage.choose({ fromDay: '2026-08-03', toDay: '2026-08-05' })
  expect(coverage.period).toEqual({ fromDay: '2026-08-03', toDay: '2026-08-05' })
  expect(coverage.coverage!.total.walkedCm).toBe(0)
})
