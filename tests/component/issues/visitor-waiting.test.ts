import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { i18n, loadRoomMessages, setLocale } from '@/app/i18n'
import { VISITOR_PAGES } from '@/app/rooms'
import { DataError } from '@/data/errors'
import type { SlipPhoto } from '@/rooms/issues/photos/shrink-photo'
import type { VisitorMap, VisitorPlace, VisitorSlip } from '@/rooms/issues/visitor/repository'

const server = vi.hoisted(() => ({ listPlaces: vi.fn(), loadVisitorMap: vi.fn(), reportAsVisitor: vi.fn() }))
const shrinkPhoto = vi.hoisted(() => vi.fn())
vi.mock('@/rooms/issues/visitor/repository', () => server)
vi.mock('@/rooms/issues/photos/shrink-photo', () => ({ shrinkPhoto, MOST_PHOTOS: 4, PhotoRefusal: class extends Error {} }))

const { default: ReportPage } = await import('@/rooms/issues/visitor/components/ReportPage.vue')
const { default: PlacePicker } = await import('@/rooms/issues/visitor/components/PlacePicker.vue')

const DRAFT = 'gewu.visitor-draft'
const ANSWER = { number: 'GZ-2026-0007', followCode: '7F3K902M111XABCD' }
const PLACE: VisitorPlace = { landId: 1, code: '370112007000', street: '高庄街道', district: '历城区' }
const OTHER: VisitorPlace = { landId: 2, code: '370112008000', street: '港沟街道', district: '历城区' }
const mapOf = (place: VisitorPlace): VisitorMap => ({
  place, bounds: [117, 36.6, 117.01, 36.61], communities: [{ id: 3, name: '文昌社区', centre: [117.001, 36.601] }],
  compounds: [{ id: 5, name: '杏园小区', community: 0, centre: [117.0005, 36.6005], ring: [117, 36.6, 117.001, 36.6, 117.001, 36.601, 117, 36.6] }],
  buildings: [], streets: [], borders: [],
})

let page: VueWrapper
async function open(address = '/public/report'): Promise<void> {
  await loadRoomMessages()
  setLocale('zh')
  const router = createRouter({ history: createMemoryHistory(), routes: VISITOR_PAGES.map(({ path }) => ({ path, component: { render: () => null } })) })
  await router.push(address)
  page = mount(ReportPage, { attachTo: document.body, global: { plugins: [i18n, router] } })
  await flushPromises()
}
const test = (name: string) => page.get(`[data-test=${name}]`)
const sent = (call: number) => server.reportAsVisitor.mock.calls[call] as [VisitorSlip, string]
const kept = () => JSON.parse(localStorage.getItem(DRAFT) ?? 'null') as { isWaiting: boolean; requestKey: string; title: string } | null

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
/** A call whose answer comes when the test says so. */
function held<T>(call: ReturnType<typeof vi.fn>): { answer: (value: T) => Promise<void>; refuse: (error: Error) => Promise<void> } {
  let settle: { resolve: (value: T) => void; reject: (error: Error) => void }
  call.mockReturnValueOnce(new Promise<T>((resolve, reject) => (settle = { resolve, reject })))
  return {
    async answer(value) {
      settle.resolve(value)
      await flushPromises()
    },
    async refuse(error) {
      settle.reject(error)
      await flushPromises()
    },
  }
}
const lost = () => server.reportAsVisitor.mockRejectedValueOnce(new DataError('server_down', ''))

beforeEach(() => {
  localStorage.clear()
  shrinkPhoto.mockReset()
  for (const call of Object.values(server)) call.mockReset()
  server.listPlaces.mockResolvedValue([PLACE])
  server.loadVisitorMap.mockImplementation((landId: number) => Promise.resolve(mapOf(landId === 1 ? PLACE : OTHER)))
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  Reflect.deleteProperty(navigator, 'locks')
  document.body.innerHTML = ''
})

it.each([['answered', ANSWER], ['refused', new DataError('issue_invalid', '')]])('who leaves before a slip is %s is told on the next visit', async (_, outcome) => {
  await open()
  await fillIn()
  const call = held<typeof ANSWER>(server.reportAsVisitor)
  await send()
  page.unmount()
  await (outcome instanceof Error ? call.refuse(outcome) : call.answer(outcome))
  expect(kept()).toMatchObject({ isWaiting: true, requestKey: sent(0)[1] })

  server.reportAsVisitor.mockResolvedValueOnce(ANSWER)
  await open()
  expect(test('done-number').text()).toBe(ANSWER.number)
  expect(sent(1)).toEqual(sent(0))
  expect(kept()).toBeNull()
})

it('nothing can be changed while a slip is on its way, on the map neither', async () => {
  await open()
  await fillIn()
  const call = held(server.reportAsVisitor)
  await send()
  const controls = page.findAll('form input, form select, form textarea, form button')
  expect(controls.filter(({ element }) => !element.closest('fieldset[disabled]') && !element.hasAttribute('disabled'))).toEqual([])
  page.getComponent(PlacePicker).vm.$emit('update:modelValue', [117.002, 36.602])
  await nextTick()
  await call.refuse(new DataError('server_down', ''))
  expect(kept()).toMatchObject({ isWaiting: true, requestKey: sent(0)[1] })
  expect(page.get('input[name=title]').element.closest('fieldset[disabled]')).toBeNull()
})

it('words that reached the form while a slip was on its way are neither wiped nor sent by themselves', async () => {
  await open()
  await fillIn()
  const first = held(server.reportAsVisitor)
  await send()
  await page.get('input[name=title]').setValue('别的事')
  await first.refuse(new DataError('server_down', ''))
  expect(kept()).toMatchObject({ isWaiting: false, title: '别的事' })
  dispatchEvent(new Event('online'))
  await flushPromises()
  expect(server.reportAsVisitor).toHaveBeenCalledTimes(1)

  const second = held<typeof ANSWER>(server.reportAsVisitor)
  await send()
  await page.get('input[name=title]').setValue('又一件事')
  await second.answer(ANSWER)
  expect(kept()).toMatchObject({ isWaiting: false, title: '又一件事' })
})

it('a slip waits for its photos to be made small', async () => {
  await open()
  await fillIn()
  const call = held<SlipPhoto>(shrinkPhoto)
  const picker = test('photo-file')
  Object.defineProperty(picker.element, 'files', { value: [new File(['x'], 'well.png')] })
  Object.defineProperty(picker.element, 'value', { value: '', writable: true })
  await picker.trigger('change')
  expect(test('visitor-send').attributes('disabled')).toBeDefined()
  await send()
  expect(server.reportAsVisitor).not.toHaveBeenCalled()
  await call.answer({ type: 'image/jpeg', base64: 'QQ==' })
  server.reportAsVisitor.mockResolvedValueOnce(ANSWER)
  await send()
  expect(sent(0)[0].photos).toEqual(['QQ=='])
})

it('a server that does not answer is asked again every half minute and when the page is seen again, and no longer once it is left', async () => {
  await open()
  await fillIn()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  lost()
  await send()
  expect(test('report-failure').text()).toContain('服务器没有回应')
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValueOnce(false)
  lost()
  vi.advanceTimersByTime(30_000)
  await flushPromises()
  expect(server.reportAsVisitor).toHaveBeenCalledTimes(2)
  expect(test('report-failure').text()).toContain('没有网络')
  lost()
  document.dispatchEvent(new Event('visibilitychange'))
  await flushPromises()
  expect(server.reportAsVisitor).toHaveBeenCalledTimes(3)
  expect(new Set([0, 1, 2].map((call) => sent(call)[1])).size).toBe(1)
  page.unmount()
  vi.advanceTimersByTime(120_000)
  document.dispatchEvent(new Event('visibilitychange'))
  await flushPromises()
  expect(server.reportAsVisitor).toHaveBeenCalledTimes(3)
})

it('a slip that waits goes as it is though another street’s page is opened; what is picked there belongs to that street', async () => {
  server.listPlaces.mockResolvedValue([PLACE, OTHER])
  await open(`/public/report?place=${PLACE.code}`)
  await fillIn()
  lost()
  await send()
  page.unmount()
  lost()
  await open(`/public/report?place=${OTHER.code}`)
  expect(kept()).toMatchObject({ isWaiting: true, requestKey: sent(0)[1] })
  server.reportAsVisitor.mockRejectedValueOnce(new DataError('too_many_reports', ''))
  dispatchEvent(new Event('online'))
  await flushPromises()
  expect(sent(2)).toEqual(sent(0))

  // It was refused and waits no more: now it is about the street whose page stands open.
  expect(page.find('[data-test=picked-place]').exists()).toBe(false)
  await test('pick-community').setValue(0)
  await test('pick-compound').setValue(0)
  server.reportAsVisitor.mockResolvedValueOnce(ANSWER)
  await send()
  expect(sent(3)[0].landId).toBe(OTHER.landId)
})

it('a place picked while a slip of another street waits stays picked', async () => {
  server.listPlaces.mockResolvedValue([PLACE, OTHER])
  await open(`/public/report?place=${PLACE.code}`)
  await fillIn()
  lost()
  await send()
  page.unmount()
  lost()
  await open(`/public/report?place=${OTHER.code}`)
  page.getComponent(PlacePicker).vm.$emit('update:modelValue', [117.002, 36.602])
  await flushPromises()
  expect(kept()).toMatchObject({ landId: OTHER.landId, lngLat: [117.002, 36.602], isWaiting: false })
})

it.each([['handed it in', null], ['changed it', 'another-key']])('a slip that waits is not sent from here once another window has %s', async (_, key) => {
  let enter: () => Promise<void> = () => Promise.resolve()
  const request = vi.fn((_name: string, act: () => Promise<void>) => new Promise<void>((resolve) => (enter = () => act().then(resolve))))
  await open()
  await fillIn()
  lost()
  await send()
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true })
  dispatchEvent(new Event('online'))
  await flushPromises()
  expect(request).toHaveBeenCalledWith(DRAFT, expect.any(Function))
  // The other window has the lock until now.
  if (key === null) localStorage.removeItem(DRAFT)
  else localStorage.setItem(DRAFT, JSON.stringify({ ...kept(), requestKey: key }))
  await enter()
  await flushPromises()
  expect(server.reportAsVisitor).toHaveBeenCalledTimes(1)
  expect(kept()?.requestKey ?? null).toBe(key)
  expect(test('report-failure').text()).toContain('另一个窗口')
  expect((page.get('input[name=title]').element as HTMLInputElement).value).toBe(key === null ? '' : '3号楼旁化粪池外溢')
})
