import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { AreaFigures, Overview, Period } from '@/rooms/overview/operations/figures'
import OverviewPage from '@/rooms/overview/components/OverviewPage.vue'
import { i18n, loadRoomMessages, setLocale } from '@/app/i18n'
import { WORKSPACE_KEY } from '@/core/workspace'
import { DataError } from '@/data/errors'
import { createPinia } from 'pinia'
import { makeWorkspace } from './mount-room'

const rpc = vi.hoisted(() => vi.fn())
vi.mock('@/data/call-rpc', () => ({ callRpc: rpc }))

const FIGURES: AreaFigures = {
  households: 100, tied: 99, due: 90, late: 9, visits: 40, met: 30, rated: 10, satisfactionSum: 45, grids: 2, above: 1, below: 0, vacant: 1, received: 12, collected: 10, settled: 8,
  overdue: 1, openOverdue: 4, collectedSoFar: 8, settledSoFar: 4, gap: 12, unjudged: 0, byMain: [0, 0, 0, 1, 0, 11, 0, 0], byAny: [0, 0, 0, 1, 0, 12, 0, 0], byState: [10, 9, 8, 7], byLevel: [6, 1, 1, 0],
}
const overview = (now = '2026-11-21T06:30:00Z', period: Period = 'month', editions = [1]): Overview => ({
  version: 1, period, visitsSince: '2026-06-01', editions, unitId: 2, areaLevel: 'community', trail: [{ id: 2, level: 'street', name: '高庄街道' }], now, today: '2026-11-21',
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
    // Half of the slips were settled when as much of the month before had gone, now four fifths.
    expect(page.get('[data-test=tile-settled]').text()).toContain('较上月 +30.0')
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
    ['visited', '/coverage', { any: 'visit_overdue' }],
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

  it('leads from overdue slips to all of them, whenever reported', async () => {
    const { page, router } = await open()
    const overdue = page.get('[data-test=overview-todo]').findAll('li').find((item) => item.text().includes('诉求逾期 8 件'))!
    await overdue.get('button').trigger('click')
    await flushPromises()
    const [, from] = /^at:(\d+)-/.exec(router.currentRoute.value.query.slips as string)!
    expect(Number(from)).toBeLessThan(86_400)
    expect(router.currentRoute.value.query.slips).toContain('due:overdue')
  })

  it.each(['tied', 'visited', 'gap', 'settled', 'band'])('stands at the community whose grids are told when it opens the rows of %s', async (measure) => {
    rpc.mockImplementation((name: string) => Promise.resolve(name === 'overview_figures' ? { ...overview(), areaLevel: 'grid' } : []))
    const { page, router } = await open()
    await page.get(`[data-test=rows-${measure}]`).trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query.sel).toBe('community-2')
  })

  it('of several streets compares them by the figure, for no room shows the rows of all', async () => {
    rpc.mockImplementation((name: string) => Promise.resolve(name === 'overview_figures' ? { ...overview(), areaLevel: 'street' } : []))
    const { page, router } = await open()
    await page.get('[data-test=rows-gap]').trigger('click')
    await flushPromises()
    expect([router.currentRoute.value.path, router.currentRoute.value.query.by]).toEqual(['/overview', 'gap'])
    expect(document.activeElement?.closest('[data-test=overview-rank]')).not.toBeNull()
  })

  it('keeps figures under the name of their own period while another is not told', async () => {
    const { page } = await open()
    rpc.mockImplementation((name: string) => (name === 'overview_figures' ? Promise.reject(Object.assign(new Error('down'), { code: '57014' })) : Promise.resolve([])))
    await page.get('[data-test=period-week]').trigger('click')
    await flushPromises()
    expect(page.get('[data-test=tile-visited]').text()).toContain('较上月')
    expect(page.get('.overview-page__slips').text()).toContain('本月')
    expect(page.get<HTMLButtonElement>('[data-test=overview-print]').element.disabled).toBe(true)
    rpc.mockImplementation((name: string) => Promise.resolve(name === 'overview_figures' ? overview(undefined, 'week') : []))
    await page.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(page.get('[data-test=tile-visited]').text()).toContain('较上周')
    // The report is of months: weeks are not taken for them.
    rpc.mockClear()
    await page.get('[data-test=overview-print]').trigger('click')
    await vi.dynamicImportSettled()
    await flushPromises()
    expect(rpc).toHaveBeenCalledWith('overview_figures', { p_org_unit: 2, p_period: 'month' }, undefined)
  })

  it('draws the outlines anew after a publication', async () => {
    const { page } = await open()
    const drawn = (): number => rpc.mock.calls.filter(([name]) => name === 'overview_outlines').length
    const { useOverviewStore } = await import('@/rooms/overview/store')
    const store = useOverviewStore()
    await store.load()
    expect(drawn()).toBe(1)
    rpc.mockImplementation((name: string) => Promise.resolve(name === 'overview_figures' ? overview(undefined, 'month', [2]) : []))
    await store.load()
    expect(drawn()).toBe(2)
    page.unmount()
  })

  it('tells the own unit where another is asked for that one does not lead', async () => {
    rpc.mockImplementation((name: string, { p_org_unit: unit }: { p_org_unit: number }) =>
      unit !== 2 ? Promise.reject(new DataError('not_allowed', 'no')) : Promise.resolve(name === 'overview_figures' ? overview() : []))
    const { page, router, workspace } = await open('/overview?of=1')
    await flushPromises()
    expect(page.get('[data-test=overview-unit]').text()).toBe('高庄街道')
    expect(router.currentRoute.value.query.of).toBeUndefined()
    // The district stands in the top bar, and is not theirs.
    rpc.mockClear()
    workspace.focusUnitId.set(1)
    await flushPromises()
    expect(rpc).not.toHaveBeenCalled()
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

describe('a wall nobody is signed in at', () => {
  it('is left, and asks for nothing more', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { router, workspace } = await open('/overview?wall=1')
    await vi.dynamicImportSettled()
    await flushPromises()
    workspace.covered.set(true)
    await vi.waitFor(() => expect(router.currentRoute.value.query.wall).toBeUndefined())
    await flushPromises()
    expect(document.querySelector('[data-test=wall]')).toBeNull()
    rpc.mockClear()
    vi.advanceTimersByTime(120_000)
    expect(rpc).not.toHaveBeenCalled()
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

  it('keeps what lies in no area while anything of it is counted, so that rows add up to the foot', async () => {
    const more = overview()
    rpc.mockImplementation((name: string) => Promise.resolve(name === 'overview_figures' ? {
      ...more, rows: [...more.rows, { ...more.rows.at(-1)!, area: null, households: 0, received: 0, late: 0, gap: 0, visits: 3, openOverdue: 2 }],
    } : []))
    const { page } = await open()
    await page.get('[data-test=overview-print]').trigger('click')
    await vi.dynamicImportSettled()
    await flushPromises()
    const cells = (part: string): string[][] => [...document.querySelectorAll(`[data-test=monthly-report] .report-page__areas ${part} tr`)].map((row) => [...row.children].map(({ textContent }) => textContent!))
    const rows = cells('tbody')
    expect(rows.at(-1)![0]).toBe('不分网格')
    const [foot] = cells('tfoot')
    for (const column of [7, 8, 9, 10]) expect(rows.reduce((sum, row) => sum + Number(row[column]), 0)).toBe(Number(foot[column]))
  })
})
