import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { COVERAGE_SETTINGS, type CoverageSettings } from '@/core/coverage/coverage-scope'
import { GAP_REASONS, reasonBit } from '@/core/coverage/gap'
import type { Workspace } from '@/core/workspace'
import { DataError } from '@/data/errors'
import { READ_LIMITS } from '@/formats/read-limits'
import { readSheets } from '@/formats/read-sheet'
import { makeCoverage, TODAY } from '../../unit/rooms/coverage/make-coverage'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({
  reads: 0, fails: false, planned: [] as unknown[], dropped: [] as unknown[], saved: [] as unknown[], files: [] as Blob[], coverage: null as unknown, revision: 1,
}))
vi.mock('@/ui/save-blob', () => ({ saveBlob: (_stem: string, _ending: string, blob: Blob) => void server.files.push(blob) }))
vi.mock('@/data/record-export', () => ({ recordExport: async () => ({ watermark: '李* 高庄街道 2026-11-22' }) }))
vi.mock('@/data/member-names', () => ({ loadMemberNames: async () => [{ id: 7, name: '王*', initials: 'w' }] }))
vi.mock('@/rooms/coverage/repository', async (original) => ({
  ...(await original<object>()),
  loadCoverageScope: async () => {
    server.reads++
    if (server.fails) throw new DataError('server_down', 'no answer')
    return server.coverage
  },
}))
vi.mock('@/rooms/coverage/acts-repository', async (original) => ({
  ...(await original<object>()),
  refreshGapDay: async () => ({ day: '2026-11-22', communities: 0 }),
  planVisits: async (...values: unknown[]) => {
    server.planned.push(values)
    return { tasks: [31], withoutMember: [], planned: [] }
  },
  dropVisitTasks: async (tasks: unknown) => void server.dropped.push(tasks),
  loadCoverageSettings: async () => ({ settings: COVERAGE_SETTINGS, revision: server.revision }),
  saveCoverageSettings: async (_unit: number, settings: CoverageSettings, revision: number) => {
    server.saved.push([settings, revision])
    if (revision !== server.revision) throw new DataError('stale', 'stale', { revision: server.revision })
    return { revision: revision + 1 }
  },
}))
const { default: GapsPane } = await import('@/rooms/coverage/components/GapsPane.vue')
const { default: GapTable } = await import('@/rooms/coverage/components/GapTable.vue')
const { default: ListPane } = await import('@/rooms/coverage/components/ListPane.vue')
const { useCoverageStore } = await import('@/rooms/coverage/store')

const [LATE, FAR, ALONE] = [reasonBit('visit_overdue'), reasonBit('station_too_far'), reasonBit('no_member')]
const All = defineComponent(() => () => [h(GapsPane), h(GapTable), h(ListPane)])
let page: VueWrapper
let workspace: Workspace

beforeEach(async () => {
  Object.assign(server, { reads: 0, fails: false, planned: [], dropped: [], saved: [], files: [], revision: 1 })
  workspace = makeWorkspace()
  const scope = workspace.scope.get()!
  const east = [...scope.buildings.community.keys()].find((building) => scope.buildings.community[building] === 1)!
  server.coverage = makeCoverage(scope, [
    { reasons: LATE | FAR, member: 7, visitDue: TODAY - 6, lastVisit: TODAY - 20 },
    { reasons: ALONE },
    { building: east, reasons: LATE, member: 7, visitDue: TODAY - 1, lastVisit: TODAY - 15 },
    { building: east },
  ])
  ;({ page } = await mountRoom(All, { workspace, map: makeMap() }))
  useCoverageStore().enter()
  await flushPromises()
})
afterEach(() => {
  useCoverageStore().leave()
  page.unmount()
  document.body.innerHTML = ''
})
const byTest = (name: string) => page.get(`[data-test=${name}]`)
const rows = () => page.findAll('[data-test=gap-row]').map((row) => row.find('th').text())
const tableRow = (part: string) => page.get(`[data-test=gap-table] ${part}`).findAll('td').map((cell) => Number(cell.text().replace('%', '')))

it('tells how many are served and why the others are not, in figures that add up in panel, table and list', () => {
  expect(['gaps-households', 'gaps-served', 'gaps-count'].map((name) => byTest(name).text())).toEqual(['4', '1', '3'])
  expect(GAP_REASONS.map((reason) => Number(byTest(`reason-${reason}`).get('.number').text()))).toEqual(tableRow('tfoot tr').slice(0, 8))
  expect(tableRow('tfoot tr').slice(8)).toEqual([3, 4, 75])
  const [west, east] = ['tbody tr:nth-child(1)', 'tbody tr:nth-child(2)'].map(tableRow)
  expect(west.slice(0, 10).map((n, k) => n + east[k])).toEqual(tableRow('tfoot tr').slice(0, 10))
  expect(rows()).toHaveLength(3)
})

it('shows the households of one reason alone, and all when it is pressed again', async () => {
  await byTest('reason-visit_overdue').trigger('click')
  expect(rows()).toHaveLength(2)
  expect(byTest('reason-visit_overdue').attributes('aria-pressed')).toBe('true')
  await byTest('reason-visit_overdue').trigger('click')
  expect(rows()).toHaveLength(3)
})

it('shows all households of a reason that a link names, also those another main reason counts, until one chooses', async () => {
  const store = useCoverageStore()
  store.anyReason = 'station_too_far'
  await flushPromises()
  expect(rows()).toHaveLength(1)
  expect(byTest('any-shown').text()).toContain('1 户，含其他主因')
  expect(byTest('list-sum').text()).toContain('含其他主因')
  store.reason = 'station_too_far'
  await flushPromises()
  expect(page.findAll('[data-test=gap-row]')).toHaveLength(0)
})

it('selects the household of a row, and narrows the list to the community in focus', async () => {
  await page.findAll('[data-test=gap-row]')[1].trigger('click')
  expect(workspace.selection.get()).toEqual({ kind: 'household', householdId: 2, buildingIndex: 0 })
  workspace.focusUnitId.set(workspace.scope.get()!.communities[1].id)
  await flushPromises()
  expect(rows()).toHaveLength(1)
  expect(byTest('gaps-count').text()).toBe('1')
})

it('asks the members of overdue households to visit them, which can be taken back, and reads anew each time', async () => {
  await byTest('gaps-task').trigger('click')
  await byTest('task-due').setValue('2026-11-30')
  await byTest('visit-task').trigger('submit')
  await flushPromises()
  expect(server.planned).toEqual([[1, [1, 3], '2026-11-30']])
  expect(server.reads).toBe(2)
  workspace.notices.get().at(-1)!.act!.run()
  await flushPromises()
  expect(server.dropped).toEqual([[31]])
  expect(server.reads).toBe(3)
})

it('hands out the list shown as a workbook, once it is said why', async () => {
  await byTest('list-export').trigger('click')
  await byTest('gap-export').trigger('submit')
  expect(page.get('[role=alert]').text()).toContain('至少 4 个字')
  await byTest('export-reason').setValue('补位核对')
  await byTest('gap-export').trigger('submit')
  await vi.waitFor(() => expect(server.files).toHaveLength(1))
  const [{ rows: written }] = readSheets(new Uint8Array(await server.files[0].arrayBuffer()), READ_LIMITS, 5)
  expect(written).toHaveLength(1 + 3 + 2)
  expect(written.at(-1)!.slice(0, 2).map(String)).toEqual(['户数', '3'])
})

it('keeps what was read when it cannot be read anew, and says so', async () => {
  server.fails = true
  const store = useCoverageStore()
  expect(await store.read()).toBe(false)
  expect([store.reading, store.coverageScope !== null, store.readFailure !== '']).toEqual(['failed', true, true])
  expect(rows()).toHaveLength(3)
})

it('saves the rules of the street in the order reasons are known by, and says what cannot be', async () => {
  await byTest('open-settings').trigger('click')
  await flushPromises()
  const why = () => byTest('settings-save').attributes('title')
  await byTest('rule-visitSpecialDays').setValue(20)
  expect(why()).toContain('不能比一般户长')
  await byTest('rule-visitSpecialDays').setValue(5)
  await byTest('rule-stationLimitM').setValue(400)
  for (const isJudged of [false, true]) await byTest('judged-no_grid').setValue(isJudged)
  server.revision = 2
  await byTest('coverage-settings').trigger('submit')
  await flushPromises()
  expect(page.get('[role=alert]').text()).toContain('有人先保存了规则')
  await byTest('coverage-settings').trigger('submit')
  await flushPromises()
  expect(server.saved).toEqual([1, 2].map((revision) => [{ ...COVERAGE_SETTINGS, visitSpecialDays: 5, stationLimitM: 400 }, revision]))
  expect(useCoverageStore().page).toBe('gaps')
})
