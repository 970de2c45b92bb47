import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { AreaFigures, Overview } from '@/rooms/overview/operations/figures'
import OverviewPage from '@/rooms/overview/components/OverviewPage.vue'
import { i18n, loadRoomMessages, setLocale } from '@/app/i18n'
import { WORKSPACE_KEY } from '@/core/workspace'
import { createPinia } from 'pinia'
import { makeWorkspace } from './mount-room'

const rpc = vi.hoisted(() => vi.fn())
vi.mock('@/data/call-rpc', () => ({ callRpc: rpc }))

const FIGURES: AreaFigures = {
  households: 100, tied: 99, due: 90, late: 9, visits: 40, met: 30, rated: 10, satisfactionSum: 45, grids: 2, above: 1, below: 0, vacant: 1, received: 12, collected: 10, settled: 8,
  overdue: 1, onTime: 7, gap: 12, unjudged: 0, byMain: [0, 0, 0, 1, 0, 11, 0, 0], byAny: [0, 0, 0, 1, 0, 12, 0, 0], byState: [10, 9, 8, 7], byLevel: [6, 1, 1, 0],
}
const overview = (now = '2026-11-21T06:30:00Z'): Overview => ({
  version: 1, unitId: 2, areaLevel: 'community', trail: [{ id: 2, level: 'street', name: '高庄街道' }], now, today: '2026-11-21',
  periods: [{ from: '2026-10-01', to: '2026-10-31' }, { from: '2026-11-01', to: '2026-11-21' }],
  areas: [{ id: '4', unitId: 4, landId: 1, code: '1', name: '文昌社区', kind: 'urban' }, { id: '5', unitId: 5, landId: 1, code: '2', name: '花园社区', kind: 'urban' }],
  rows: [0, 1].flatMap((period) => [
    { ...FIGURES, period, area: '4' },
    { ...FIGURES, period, area: '5', late: period === 0 ? 0 : 27, gap: period === 0 ? null : 30 },
  ]),
})

async function open(address = '/overview') {
  await loadRoomMessages()
  setLocale('zh')
  const router = createRouter({ history: createMemoryHistory(), routes: ['overview', 'coverage', 'issues', 'assignment'].map((name) => ({ path: `/${name}`, name, component: { render: () => null } })) })
  await router.push(address)
  const workspace = makeWorkspace()
  const page = mount(OverviewPage, { attachTo: document.body, global: { plugins: [i18n, createPinia(), router], provide: { [WORKSPACE_KEY as symbol]: workspace } } })
  await flushPromises()
  return { page, router, workspace }
}

beforeEach(() => {
  rpc.mockImplementation((name: string) => Promise.resolve(name === 'overview_figures' ? overview() : []))
})
afterEach(() => {
  vi.useRealTimers()
  rpc.mockReset()
  document.body.innerHTML = ''
})

describe('the page of figures', () => {
  it('asks for the unit one leads and says the sums of its rows, and what changed', async () => {
    const { page } = await open()
    expect(rpc).toHaveBeenCalledWith('overview_figures', { p_org_unit: 2, p_period: 'month' }, expect.anything())
    const visited = page.get('[data-test=tile-visited]').text()
    expect(visited).toContain('80.0')
    expect(visited).toContain('逾期 36 户')
    expect(visited).toContain('较上月 −15.0')
    // A part of the month before is not known, so nothing is said of the change.
    expect(page.get('[data-test=tile-gap]').text()).toContain('42')
    expect(page.get('[data-test=tile-gap]').text()).not.toContain('较上月')
    expect(page.get('[data-test=overview-rank] tbody').findAll('tr').map((row) => row.text().includes('文昌社区'))).toEqual([true, false])
    expect(page.get('[data-test=overview-rank] tfoot').text()).toContain('200')
  })

  it('compares by what is chosen, and keeps it in the address with unit and period', async () => {
    const { page, router } = await open()
    await page.get('[data-test=tile-gap]').trigger('click')
    await page.get('[data-test=period-week]').trigger('click')
    await flushPromises()
    await page.findAll('[data-test=overview-rank] tbody th button')[1].trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toMatchObject({ by: 'gap', period: 'week', of: '5' })
    expect(rpc).toHaveBeenCalledWith('overview_outlines', { p_org_unit: 5 })
    router.back()
    await vi.waitFor(() => expect(router.currentRoute.value.query.of).toBeUndefined())
    await flushPromises()
    expect(rpc.mock.calls.filter(([name]) => name === 'overview_figures').at(-1)?.[1]).toEqual({ p_org_unit: 2, p_period: 'week' })
  })

  it.each([
    ['visited', '/coverage', { reason: 'visit_overdue' }],
    ['gap', '/coverage', { tab: 'gaps' }],
    ['settled', '/issues', { slips: `at:${Date.parse('2026-11-01T00:00:00+08:00') / 1000}-${Date.parse('2026-11-21T06:30:00Z') / 1000}` }],
    ['tied', '/assignment', {}],
    ['band', '/overview', { view: 'map' }],
  ])('opens the rows of %s where they are', async (measure, path, query) => {
    const { page, router } = await open()
    await page.get(`[data-test=rows-${measure}]`).trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.path).toBe(path)
    expect(router.currentRoute.value.query).toMatchObject(query)
  })

  it('leads from what needs doing to the area where there is most of it', async () => {
    const { page, router } = await open()
    const late = page.get('[data-test=overview-todo]').findAll('li').find((item) => item.text().includes('走访逾期 36 户'))!
    expect(late.text()).toContain('花园社区最多，27')
    await late.get('button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toContain('sel=community-5')
  })

  it('says why there is nothing, and asks again', async () => {
    rpc.mockRejectedValue(Object.assign(new Error('down'), { code: '57014' }))
    const { page } = await open()
    expect(page.get('[role=alert]').text()).toContain('没有取到数字')
    rpc.mockImplementation((name: string) => Promise.resolve(name === 'overview_figures' ? overview() : []))
    await page.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(page.find('[data-test=overview-rank]').exists()).toBe(true)
  })
})

describe('the wall screen', () => {
  it('renews itself without a word, says since when it could not, and Esc leaves', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { router } = await open('/overview?wall=1')
    await vi.dynamicImportSettled()
    await flushPromises()
    const wall = (): HTMLElement => document.querySelector<HTMLElement>('[data-test=wall]')!
    expect(wall().querySelector('[role=status]')!.textContent).toContain('14:30 更新')
    rpc.mockImplementation((name: string) => Promise.resolve(name === 'overview_figures' ? overview('2026-11-21T06:31:00Z') : []))
    vi.advanceTimersByTime(60_000)
    await flushPromises()
    expect(wall().querySelector('[role=status]')!.textContent).toContain('14:31 更新')
    rpc.mockRejectedValue(Object.assign(new Error('down'), { code: '57014' }))
    vi.advanceTimersByTime(60_000)
    await flushPromises()
    expect(wall().querySelector('[role=status]')!.textContent).toContain('所示为 14:31 的')
    expect(wall().textContent).toContain('80.0')
    wall().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await vi.waitFor(() => expect(router.currentRoute.value.query.wall).toBeUndefined())
    await flushPromises()
    expect(wall()).toBeNull()
  })
})

describe('the monthly report', () => {
  it('has a month of all areas with their sum, and former months as they were kept', async () => {
    const { page } = await open()
    await page.get('[data-test=overview-print]').trigger('click')
    await vi.dynamicImportSettled()
    await flushPromises()
    const paper = (): string => document.querySelector('[data-test=monthly-report]')!.textContent!
    expect(paper()).toContain('高庄街道2026年11月网格治理月报')
    expect(paper()).toContain('未满月')
    const select = document.querySelector<HTMLSelectElement>('[data-test=report-month]')!
    select.value = '0'
    select.dispatchEvent(new Event('change'))
    await flushPromises()
    expect(paper()).toContain('2026年10月')
    expect(paper()).not.toContain('未满月')
    const foot = [...document.querySelectorAll('[data-test=monthly-report] .report-page__areas tfoot td')].map((cell) => cell.textContent)
    expect([foot[0], foot[6]]).toEqual(['200', '—'])
  })
})
