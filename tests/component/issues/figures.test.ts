import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { DAY_S, makeIssueScope, NOON_S, type MadeSlip } from '../../unit/rooms/issues/make-issue-scope'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const saved = vi.hoisted(() => ({ files: [] as string[] }))
vi.mock('@/ui/save-blob', () => ({ saveBlob: (stem: string, ending: string) => saved.files.push(`${stem}.${ending}`) }))

const { useIssuesStore } = await import('@/rooms/issues/store')
const { default: FiguresPane } = await import('@/rooms/issues/components/FiguresPane.vue')

const SLIPS: MadeSlip[] = [
  { state: 'published', outcome: 'solved', onTime: 1 },
  { state: 'supervised', outcome: 'solved', onTime: 2, community: 1 },
  { state: 'claimed', dueS: NOON_S - DAY_S },
  { state: 'reported', reportedS: NOON_S - 60 * DAY_S },
]
let page: VueWrapper
let store: ReturnType<typeof useIssuesStore>

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON_S * 1000 })
  ;({ page } = await mountRoom(FiguresPane as never, { workspace: makeWorkspace(), map: makeMap() as never }))
  store = useIssuesStore()
  store.setIssues(makeIssueScope(SLIPS))
  await nextTick()
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

const figure = (name: string) => page.get(`[data-test="figure-${name}"]`).text()

it('shows the figures of the period, and each opens the slips it counts', async () => {
  expect(['collected', 'settledShare', 'onTimeShare'].map(figure)).toEqual(['4', '50.0%', '33.3%'])
  await page.get('[data-test="open-late"]').trigger('click')
  expect([[...store.filter.ids!], store.panelTab, [...store.shown]]).toEqual([[102], 'work', [1]])
  // The figures stay whole while the list shows a part.
  expect(figure('collected')).toBe('4')
  await page.get('[data-test="figures-period"]').setValue('30')
  expect(figure('collected')).toBe('3')
})

it('stands by month too, and leaves as a workbook', async () => {
  await page.get('[data-test="figures-by"]').setValue('month')
  expect(page.findAll('tbody th').map((head) => head.text())).toEqual(['2026-11', '2026-09'])
  await page.get('[data-test="figures-export"]').trigger('click')
  await vi.waitFor(() => expect(saved.files).toEqual(['诉求统计.xlsx']))
})
