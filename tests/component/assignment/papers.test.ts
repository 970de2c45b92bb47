import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Role } from '@/core/workspace'
import { DataError } from '@/data/errors'
import type { MyVisits } from '@/data/visits'
import type { MapEngine } from '@/map/contracts'
import type { MyHouseholds } from '@/rooms/assignment/phone/my-households'
import type { PaperRows } from '@/rooms/assignment/papers/paper-rows'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const asked = vi.hoisted(() => ({ papers: vi.fn(), own: vi.fn(), visits: vi.fn(), log: vi.fn() }))
vi.mock('@/rooms/assignment/papers/paper-rows', async (original) => ({ ...(await original<object>()), loadPaperRows: asked.papers }))
vi.mock('@/data/visits', () => ({ loadMyVisits: asked.visits, logVisits: asked.log, undoVisit: vi.fn() }))
vi.mock('@/rooms/assignment/phone/my-households', () => ({ loadMyHouseholds: asked.own }))

const { default: PapersPane } = await import('@/rooms/assignment/components/PapersPane.vue')
const { default: MyHouseholdsPane } = await import('@/rooms/assignment/components/MyHouseholdsPane.vue')

/** Two households of one member and one of nobody, in the first building of the made-up street. */
const ROWS: PaperRows = {
  watermark: '李* 高庄街道 2026-11-22 09:00 ABCD1234', at: '2026-11-22T01:00:00Z', care: [],
  communities: [{ id: 3, code: '370116001001', name: '文昌社区', edition: 2, validFrom: '2026-11-01T00:00:00Z' }],
  members: [{ id: 7, communityId: 3, name: '赵*', phone: '13800000007', group: '第一党小组', committee: true, leader: false, frail: false, exempt: null, minHouseholds: null, maxHouseholds: null, reachM: null }],
  households: [[1, 7], [2, 7], [3, null]].map(([id, memberId]) => ({
    id: id!, communityId: 3, buildingId: 1001, memberId, address: `文昌路1号院1号楼1单元10${id}`, stairwell: '1单元', room: `10${id}`, head: '张*', category: 0, residents: 2,
  })),
}
const OWN: MyHouseholds = {
  memberId: 7, name: '赵*', community: '文昌社区', group: '第一党小组', home: { lng: 117.65, lat: 36.2 }, minHouseholds: 6, maxHouseholds: 15,
  households: [0, 2, 6].map((category, k) => ({
    id: k + 1, buildingId: k, address: `文昌路${k + 1}号楼1单元${k + 1}01`, stairwell: '1单元', room: `${k + 1}01`, head: '张*', category, residents: 2, phone: '138****0001', headResidentId: k + 10, lng: 117.65 + k * 1e-3, lat: 36.2,
    since: '2026-11-01T00:00:00Z',
  })),
  frail: [], leaders: [{ role: 'group_leader', name: '王*', phone: '139****0002' }],
}

const line = (householdId: number, dueOn: string | null) => ({ householdId, lastVisitOn: dueOn && '2026-11-08', dueOn, isOverdue: false, taskId: null, taskDueOn: null })
const WORKBOOK: MyVisits = { today: '2026-11-22', households: [line(1, '2026-11-20'), line(2, '2026-11-25'), line(3, null)], visits: [] }

function seated(role: Role) {
  const workspace = makeWorkspace()
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId: 2, orgName: '高庄街道', level: 'street', landId: 1 }] })
  return workspace
}
/** A map that is told to draw. */
const drawable = (): MapEngine => ({ ...makeMap(), putSource: vi.fn(), setData: vi.fn(), addLayers: () => () => undefined }) as unknown as MapEngine

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }))
  asked.papers.mockReset().mockResolvedValue(ROWS)
  asked.own.mockReset().mockResolvedValue(OWN)
  asked.visits.mockReset().mockResolvedValue(WORKBOOK)
  asked.log.mockReset().mockResolvedValue({ ids: [], tasks: [] })
})
afterEach(() => {
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('papers', () => {
  it('are shown once it is said what for, bear whose they are on every page, and are for the office only', async () => {
    const { page } = await mountRoom(PapersPane, { workspace: seated('street_officer') })
    await page.get('form').trigger('submit')
    expect(page.get('[role=alert]').text()).toBe('请写明用途，至少 4 个字。')
    expect(asked.papers).not.toHaveBeenCalled()
    await page.get('[data-test=paper-reason]').setValue('张贴公示')
    await page.get('form').trigger('submit')
    await vi.waitFor(() => expect(document.querySelectorAll('.notice-page')).toHaveLength(2))
    expect(asked.papers).toHaveBeenCalledWith(3, 'notice', '张贴公示')
    const [map, list] = [...document.querySelectorAll('.notice-page')].map((one) => one.textContent ?? '')
    expect(map).toContain('党员 1 名，联系 2 户')
    expect(list).toContain('101 张*')
    expect(list).toContain('正在落实联系党员')
    for (const text of [map, list]) expect(text).toContain(ROWS.watermark)
    ;(document.querySelector('[data-test=paper-close]') as HTMLElement).click()
    await flushPromises()
    expect(document.querySelector('.notice-page')).toBeNull()
    page.unmount()
    const auditor = await mountRoom(PapersPane, { workspace: seated('auditor') })
    expect(auditor.page.text()).toBe('公示图、门牌、联系卡和工作簿由街道和社区打印。')
  })

  it('that cannot be had say why', async () => {
    const { page } = await mountRoom(PapersPane, { workspace: seated('street_officer') })
    const failing = async (given: () => void) => {
      given()
      await page.get('[data-test=paper-reason]').setValue('张贴公示')
      await page.get('form').trigger('submit')
      await flushPromises()
      return page.get('[role=alert]').text()
    }
    expect(await failing(() => asked.papers.mockRejectedValue(new DataError('server_down', 'fetch failed')))).toContain('服务器没有回应')
    expect(await failing(() => asked.papers.mockResolvedValue({ ...ROWS, households: [] }))).toContain('文昌社区还没有已发布的包联')
  })
})

describe('a member’s own households', () => {
  const open = () => mountRoom(MyHouseholdsPane, { workspace: seated('member'), map: drawable() })
  const rows = (page: Awaited<ReturnType<typeof open>>['page']) => page.findAll('[data-test=own-row]').map((row) => row.get('.address').text())

  it('are listed, found and told apart; the list is kept for times without a server, said with its date', async () => {
    const first = await open()
    await flushPromises()
    expect(rows(first.page)).toHaveLength(3)
    expect(first.page.text()).toContain('与我家同楼')
    expect(first.page.text()).toContain('党小组长')
    await first.page.get('[data-test=own-special]').trigger('click')
    expect(rows(first.page)).toEqual(['文昌路2号楼1单元201'])
    await first.page.get('[data-test=own-search]').setValue('没有的路')
    expect(first.page.text()).toContain('没有符合的户。')
    first.page.unmount()

    asked.own.mockRejectedValue(new DataError('server_down', 'fetch failed'))
    const second = await open()
    await flushPromises()
    expect(second.page.text()).toMatch(/没有网络。这是 \d{4}年.* 保存在本机的名单/)
    expect(rows(second.page)).toHaveLength(3)
    second.page.unmount()
    // Another person sees nothing of it.
    const other = seated('member')
    other.session.set({ ...other.session.get()!, personId: 'p2' })
    const third = await mountRoom(MyHouseholdsPane, { workspace: other, map: drawable() })
    await flushPromises()
    expect(third.page.text()).toContain('没能读取您的联系户')
    expect(rows(third.page)).toEqual([])
  })

  it('say when each is to be visited, and take a visit down in words of a list', async () => {
    const { page } = await open()
    await flushPromises()
    expect(page.findAll('[data-test=own-due]').map((due) => due.text())).toEqual(['走访逾期 2 天', '最迟 2026年11月25日 走访', '没有走访要求'])
    await page.get('[data-test=own-only-late]').trigger('click')
    expect(rows(page)).toEqual(['文昌路1号楼1单元101'])
    await page.get('[data-test=own-visit-open]').trigger('click')
    expect(page.find('[data-test=own-visit-form] textarea, [data-test=own-visit-form] input:not([type=date])').exists()).toBe(false)
    await page.get('[data-test=visit-kind]').setValue('event')
    expect((page.get('[data-test=visit-purpose]').element as HTMLSelectElement).value).toBe('family_event')
    await page.get('[data-test=visit-purpose]').setValue('dispute')
    await page.get('[data-test=visit-satisfaction]').setValue('4')
    await page.get('[data-test=visit-outcome]').setValue('not_home')
    expect(page.find('[data-test=visit-satisfaction]').exists()).toBe(false)
    await page.get('[data-test=visit-day]').setValue('2026-11-23')
    expect(page.get('[data-test=own-visit-save]').attributes('disabled')).toBeDefined()
    await page.get('[data-test=visit-day]').setValue('2026-11-21')
    await page.get('[data-test=own-visit-form]').trigger('submit')
    await flushPromises()
    expect(asked.log).toHaveBeenCalledWith([{
      id: expect.any(String), householdId: 1, kind: 'event', purpose: 'dispute', outcome: 'not_home', satisfaction: null, visitedOn: '2026-11-21', memberId: null,
    }])
    page.unmount()
  })

  it('that are none, or nobody’s, say what belongs here', async () => {
    asked.own.mockResolvedValue({ ...OWN, households: [] })
    const empty = await open()
    await flushPromises()
    expect(empty.page.text()).toContain('还没有联系户')
    empty.page.unmount()
    asked.own.mockResolvedValue(null)
    const nobody = await open()
    await flushPromises()
    expect(nobody.page.text()).toContain('这个账号没有对应的党员')
    expect(localStorage.getItem('gewu.own-households')).toBeNull()
  })
})
