import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { i18n, loadRoomMessages, setLocale } from '@/app/i18n'
import { VISITOR_PAGES } from '@/app/rooms'
import { DataError } from '@/data/errors'
import type { FollowedSlip, VisitorMap, VisitorPlace, VisitorSlip } from '@/rooms/issues/visitor/repository'

const server = vi.hoisted(() => ({
  listPlaces: vi.fn(), loadVisitorMap: vi.fn(), reportAsVisitor: vi.fn(), followSlip: vi.fn(), rateSlip: vi.fn(), withdrawSlip: vi.fn(), reopenSlip: vi.fn(), loadBoard: vi.fn(), loadBoardFigures: vi.fn(),
}))
vi.mock('@/rooms/issues/visitor/repository', () => server)

const { default: ReportPage } = await import('@/rooms/issues/visitor/components/ReportPage.vue')
const { default: FollowPage } = await import('@/rooms/issues/visitor/components/FollowPage.vue')
const { default: BoardPage } = await import('@/rooms/issues/visitor/components/BoardPage.vue')

const CODE = '7F3K902M111XABCD'
const PLACE: VisitorPlace = { landId: 1, code: '370112007000', street: '高庄街道', district: '历城区' }
const ring = (x: number): number[] => [x, 36.6, x + 0.001, 36.6, x + 0.001, 36.601, x, 36.601, x, 36.6]
const MAP: VisitorMap = {
  place: PLACE, bounds: [117, 36.6, 117.01, 36.61],
  communities: [{ id: 3, name: '文昌社区', centre: [117.001, 36.601] }],
  compounds: [{ id: 5, name: '杏园小区', community: 0, centre: [117.0005, 36.6005], ring: ring(117) }],
  buildings: [{ id: 9, name: '3号楼', compound: 0, ring: ring(117) }], streets: [], borders: [],
}
const SLIP: FollowedSlip = {
  number: 'GZ-2026-0007', street: '高庄街道', place: '杏园小区', category: 'sanitation', title: '化粪池外溢', detail: '', state: 'supervised', level: 'community', outcome: 'solved',
  reportedAt: '2026-11-20T01:00:00Z', claimedAt: '2026-11-20T02:00:00Z', finishedAt: '2026-11-21T02:00:00Z', closedAt: '2026-11-21T03:00:00Z', publishedAt: null, dueAt: null, satisfaction: null,
  photos: 0, events: [{ at: '2026-11-20T01:00:00Z', act: 'report', note: null }, { at: '2026-11-21T02:00:00Z', act: 'finish', note: '已疏通。' }],
  mayRate: true, mayReopen: true, reopenUntil: '2026-12-06T03:00:00Z', mayWithdraw: false,
}

let page: VueWrapper
let router: Router
async function open(component: Component, address: string): Promise<void> {
  await loadRoomMessages()
  setLocale('zh')
  router = createRouter({ history: createMemoryHistory(), routes: VISITOR_PAGES.map(({ path }) => ({ path, component: { render: () => null } })) })
  await router.push(address)
  page = mount(component, { attachTo: document.body, global: { plugins: [i18n, router] } })
  await flushPromises()
}
const test = (name: string) => page.get(`[data-test=${name}]`)
const sent = (call: number) => server.reportAsVisitor.mock.calls[call] as [VisitorSlip, string]

async function fillIn(): Promise<void> {
  await test('pick-community').setValue(0)
  await test('pick-compound').setValue(0)
  await page.get('input[value=sanitation]').setValue(true)
  await page.get('input[name=title]').setValue('3号楼旁化粪池外溢')
  await page.get('input[name=consent]').setValue(true)
}
async function send(): Promise<void> {
  await page.get('form').trigger('submit')
  await flushPromises()
}

beforeEach(() => {
  localStorage.clear()
  for (const call of Object.values(server)) call.mockReset()
  server.listPlaces.mockResolvedValue([PLACE])
  server.loadVisitorMap.mockResolvedValue(MAP)
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

it('a report says what is missing, in the order of the page, and asks the server nothing before', async () => {
  await open(ReportPage, '/public/report')
  await send()
  expect(page.get('[role=alert]').text()).toContain('选定位置')
  await fillIn()
  await page.get('input[name=consent]').setValue(false)
  await page.get('input[name=name]').setValue('李四')
  await send()
  expect(page.get('[role=alert]').text()).toContain('请都填，或都不填')
  await page.get('input[name=tel]').setValue('13800000000')
  await send()
  expect(page.get('[role=alert]').text()).toContain('勾选同意')
  expect(server.reportAsVisitor).not.toHaveBeenCalled()
})

it('without a network a report stays in the browser and goes by itself, as the same one, when there is one', async () => {
  await open(ReportPage, '/public/report')
  await fillIn()
  server.reportAsVisitor.mockRejectedValueOnce(new DataError('server_down', ''))
  await send()
  expect(test('report-failure').text()).toContain('自动提交')

  // The page is closed and opened again: all is there, and waits for the network.
  page.unmount()
  server.reportAsVisitor.mockRejectedValueOnce(new DataError('server_down', ''))
  await open(ReportPage, '/public/report')
  expect((page.get('input[name=title]').element as HTMLInputElement).value).toBe('3号楼旁化粪池外溢')

  server.reportAsVisitor.mockResolvedValueOnce({ number: 'GZ-2026-0007', followCode: CODE })
  dispatchEvent(new Event('online'))
  await flushPromises()
  expect(test('done-number').text()).toBe('GZ-2026-0007')
  expect(test('done-code').text()).toContain('7F3K-902M-111X-ABCD')
  expect(server.reportAsVisitor).toHaveBeenCalledTimes(3)
  expect(new Set([0, 1, 2].map((call) => sent(call)[1])).size).toBe(1)
  expect(sent(2)[0]).toMatchObject({ landId: 1, lngLat: MAP.compounds[0].centre, category: 'sanitation', title: '3号楼旁化粪池外溢', consent: true, photos: [] })
  expect(sent(2)[0].reporter).toBeUndefined()
  expect(localStorage.length === 0 || !Object.keys(localStorage).some((key) => key.includes('draft'))).toBe(true)
})

it('other words are another report', async () => {
  await open(ReportPage, '/public/report')
  await fillIn()
  server.reportAsVisitor.mockRejectedValueOnce(new DataError('server_down', '')).mockRejectedValueOnce(new DataError('too_many_reports', ''))
  await send()
  await page.get('textarea[name=detail]').setValue('从昨天开始')
  await send()
  expect(sent(1)[1]).not.toBe(sent(0)[1])
  expect(test('report-failure').text()).toContain('12345')
  dispatchEvent(new Event('online'))
  await flushPromises()
  expect(server.reportAsVisitor).toHaveBeenCalledTimes(2)
})

it('a code in the address opens the slip and does not stay there; it is rated by the code', async () => {
  server.followSlip.mockResolvedValue(SLIP)
  server.rateSlip.mockResolvedValue({ ...SLIP, satisfaction: 4 })
  await open(FollowPage, `/public/follow?code=${CODE}&place=370112007000`)
  expect(router.currentRoute.value.query).toEqual({ place: '370112007000' })
  expect(server.followSlip).toHaveBeenCalledWith(CODE)
  expect(test('followed').text()).toContain('已疏通。')
  expect(test('followed').findAll('ol .is-done')).toHaveLength(3)
  await test('follow-rate').trigger('click')
  await test('follow-go').trigger('click')
  expect(page.get('[role=alert]').text()).toContain('满意程度')
  await page.get('input[name=mark][value="4"]').setValue(true)
  await test('follow-go').trigger('click')
  await flushPromises()
  expect(server.rateSlip).toHaveBeenCalledWith(CODE, 4, '')
  expect(test('followed').text()).toContain('谢谢您的评价')
})

it('a wrong code is told, and what cannot be one does not reach the server', async () => {
  server.followSlip.mockRejectedValue(new DataError('code_unknown', ''))
  await open(FollowPage, '/public/follow')
  await page.get('input[name=code]').setValue('7f3k')
  await test('follow-open').trigger('click')
  expect(page.get('[role=alert]').text()).toContain('16 位')
  expect(server.followSlip).not.toHaveBeenCalled()
  await page.get('input[name=code]').setValue('7f3k-9o2m-il1x-abcd')
  await test('follow-open').trigger('click')
  await flushPromises()
  expect(server.followSlip).toHaveBeenCalledWith(CODE)
  expect(page.get('[role=alert]').text()).toContain('没有这个查询码')
})

it('the board asks by its filters, goes on from where it was, and says of a small number only that it is small', async () => {
  const slip = (number: string) => ({
    number, category: 'noise', title: '夜间<b>施工</b>', reportedOn: '2026-10-01', publishedOn: '2026-10-08', community: '文昌社区', compound: null, centre: [117.001, 36.601], state: 'published',
    outcome: 'solved', satisfaction: 5, answer: '已约谈。',
  })
  server.loadBoard.mockResolvedValueOnce({ slips: [slip('GZ-2026-0001')], next: '12.1' }).mockResolvedValueOnce({ slips: [slip('GZ-2026-0002')], next: null }).mockResolvedValue({ slips: [], next: null })
  const none = { solved: null, onTime: null, satisfaction: null }
  server.loadBoardFigures.mockResolvedValue({
    from: '2025-11-01', to: '2026-11-01', total: { collected: 12, solved: 0.9, onTime: 0.8, satisfaction: 4.5 }, byCategory: [{ category: 'noise', collected: null, ...none }], byCommunity: [],
  })
  await open(BoardPage, '/public/board')
  expect(test('board-figures').text()).toContain('90%')
  expect(page.get('tbody').text()).toContain('很少')
  expect(page.text()).toContain('2026年10月31日')
  await test('board-more').trigger('click')
  await flushPromises()
  expect(page.findAll('[data-test=board-slip]').map((one) => one.attributes('data-number'))).toEqual(['GZ-2026-0001', 'GZ-2026-0002'])
  expect(test('board-list').text()).toContain('<b>')
  await test('board-category').setValue('parking')
  await flushPromises()
  expect(server.loadBoard.mock.calls).toEqual([[1, null, {}], [1, '12.1', {}], [1, null, { category: 'parking' }]])
  expect(page.text()).toContain('没有符合条件的')
})
