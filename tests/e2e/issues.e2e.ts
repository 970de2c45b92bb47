import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeFindings } from './axe-findings'
import { callerAs } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest } from './paint-acts'

const DAY_S = 86_400

let product: Product
let opened: Visit
/** Addresses of two buildings of the secretary's community, each the only one of its name. */
let addresses: string[]

beforeAll(async () => {
  product = await startProduct()
  const secretary = await callerAs(product, 'community_secretary')
  const { data } = await secretary.rpc('whoami')
  const [{ orgUnitId }] = (data as { posts: { orgUnitId: number }[] }).posts
  const { data: buildings } = await secretary.from('buildings').select('address').eq('community_id', orgUnitId).order('id').limit(400)
  const all = (buildings ?? []).map(({ address }) => address as string)
  addresses = all.filter((one) => one && all.indexOf(one) === all.lastIndexOf(one)).slice(0, 2)
})

afterAll(async () => {
  await opened?.close()
  await product?.stop()
})

const words = (page: Page, name: string) => byTest(page, name).first().innerText()
const count = async (page: Page, state: string) => Number((await words(page, `state-${state}`)).replace(/\D/g, ''))

async function report(page: Page, address: string, title: string): Promise<string> {
  await byTest(page, 'open-report').click()
  await byTest(page, 'report-address').fill(address)
  await byTest(page, 'report-address').press('Tab')
  await byTest(page, 'report-place').getByText(address).waitFor()
  await byTest(page, 'report-category').selectOption('noise')
  await byTest(page, 'report-title').fill(title)
  return title
}
async function send(page: Page): Promise<string> {
  await byTest(page, 'report-send').click()
  await byTest(page, 'act-claim').waitFor()
  return (await page.locator('.slip header p').innerText()).match(/GZ-\d{4}-\d+/)![0]
}
/** Does an act by its button, with words where it asks for some, and waits until the next may be done. */
async function act(page: Page, which: string, next: string, note?: string): Promise<void> {
  await byTest(page, `act-${which}`).click()
  if (note !== undefined) await byTest(page, 'act-note').fill(note)
  if (note !== undefined || (await byTest(page, 'act-send').count()) > 0) await byTest(page, 'act-send').click()
  await byTest(page, `act-${next}`).waitFor()
}

it('takes a slip from report to board at the desk: claimed, handed in, returned, closed, published; another is its duplicate', async () => {
  opened = await visit(await sharedChromium(), product, { paints: false })
  const { page } = opened
  await signIn(page, product, 'community_secretary')
  await page.goto('/#/issues')
  await byTest(page, 'open-report').waitFor()
  const publishedBefore = await count(page, 'published')

  await report(page, addresses[0], '夜间打桩，无法休息')
  const number = await send(page)
  await act(page, 'claim', 'finish')
  await act(page, 'finish', 'close', '已约定 22 时停工')
  await act(page, 'return', 'finish', '居民说昨夜仍在施工')
  await act(page, 'finish', 'close', '已现场值守三夜')
  expect(await axeFindings(page)).toEqual([])

  await byTest(page, 'act-close').click()
  await byTest(page, 'mark-5').check()
  await byTest(page, 'act-send').click()
  await byTest(page, 'act-publish').click()
  await byTest(page, 'act-send').click()
  await byTest(page, 'act-unpublish').waitFor()
  expect(await count(page, 'published')).toBe(publishedBefore + 1)
  expect(await page.locator('[data-test=step][aria-current=step]').innerText()).toContain('公开晒单')
  const told = await page.locator('[data-test=event] strong').allInnerTexts()
  expect(told.slice(0, 7)).toEqual(['公示', '销号 · 满意度 5/5', '办结上报', '退回重办', '办结上报', '认领', '登记'])

  // The same again at the same door: a hint beforehand, then merged; each is found from the other.
  await report(page, addresses[0], '打桩噪声')
  await byTest(page, 'report-near').getByText(number).waitFor()
  const second = await send(page)
  await page.locator('[data-test=near]', { hasText: number }).locator('[data-test=merge]').click()
  await byTest(page, 'act-send').click()
  await page.locator('[data-test=link]', { hasText: number }).getByText('夜间打桩，无法休息').click()
  await page.locator('[data-test=link]', { hasText: second }).waitFor()

  // A link restores slip and filter; back takes the filter away again.
  await byTest(page, 'filter-text').fill(number)
  await page.waitForFunction(() => location.hash.includes('slips='))
  await page.reload()
  await byTest(page, 'act-unpublish').waitFor()
  // The slip in hand may be there before the list.
  await byTest(page, 'slip').first().waitFor()
  expect(await byTest(page, 'slip').count()).toBe(1)
  expect(opened.complaints).toEqual([])
})

it('sends a slip to the level above once its deadline has passed by the days set', async () => {
  const { page } = opened
  await byTest(page, 'filter-clear').click()
  await report(page, addresses[1], '楼道堆物无人清理')
  const number = await send(page)
  await act(page, 'claim', 'finish')
  expect(await page.locator('.slip header p').innerText()).toContain('网格级')
  const id = new URL(page.url()).hash.match(/sel=(issue-\d+)/)![1]
  await opened.close()

  // Deadline at the grid one working day, two more until it goes up; ten days hold both, whatever holidays there are nearby.
  await product.restart(10 * DAY_S)
  opened = await visit(await sharedChromium(), product, { paints: false })
  await signIn(opened.page, product, 'community_secretary')
  await opened.page.goto(`/#/issues?sel=${id}`)
  await byTest(opened.page, 'act-claim').waitFor()
  expect(await opened.page.locator('.slip header p').innerText()).toMatch(new RegExp(`${number}.*社区级`))
  expect(await opened.page.locator('[data-test=event]').first().innerText()).toMatch(/升级: 网格 → 社区[\s\S]*系统规则/)
  expect(opened.complaints).toEqual([])
})
