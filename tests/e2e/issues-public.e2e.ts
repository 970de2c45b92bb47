import type { SupabaseClient } from '@supabase/supabase-js'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeFindings } from './axe-findings'
import { callerAs } from './ground'
import { sharedChromium, startProduct, visit, type Product, type Visit } from './harness'
import { byTest } from './paint-acts'

/** A resident with a telephone, who has no account, and the secretary of the community who settles what is told. */
let product: Product
let secretary: SupabaseClient
let phone: Visit

const PHONE_NUMBER = '13812345678'
const NAME = '钱多多'
/** A picture of one pixel. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

beforeAll(async () => {
  product = await startProduct()
  phone = await visit(await sharedChromium(), product, { width: 390, height: 844 })
  secretary = await callerAs(product, 'community_secretary')
})

afterAll(async () => {
  await phone?.close()
  await product?.stop()
})

const words = async (page: Page, name: string): Promise<string> => (await byTest(page, name).innerText()).replace(/\s+/g, ' ')

/** Acts on the slip as the secretary, on the revision that stands. */
async function act(number: string, which: string, input: Record<string, unknown> = {}): Promise<void> {
  const { data } = await secretary.from('issues').select('id, revision').eq('number', number).single()
  const { error } = await secretary.rpc('act_on_issue', { p_issue: data!.id, p_act: which, p_input: input, p_revision: data!.revision, p_request_key: crypto.randomUUID() })
  expect(error).toBeNull()
}

/** Asks anew how far the slip is, and waits until the page says so. */
async function follow(page: Page, state: string, step: string): Promise<void> {
  await byTest(page, 'follow-refresh').click()
  await expect.poll(() => words(page, 'followed-state')).toContain(state)
  expect(await page.locator('[aria-current=step]').innerText()).toContain(step)
}

it('takes a resident’s slip through all four states to the board, without an account, on a telephone', async () => {
  const { page } = phone
  await page.goto('/')
  await page.getByRole('link', { name: '反映问题' }).click()
  await byTest(page, 'pick-community').selectOption({ label: '光明社区' })
  await byTest(page, 'pick-compound').selectOption({ index: 1 })
  const compound = await words(page, 'picked-place')
  await byTest(page, 'pick-building').selectOption({ index: 1 })
  expect((await words(page, 'picked-place')).startsWith(`${compound} · `)).toBe(true)
  // A press on the map is a place too, the middle of what was just brought close.
  await byTest(page, 'place-map').click()
  expect(await words(page, 'picked-place')).toContain(compound)
  await page.getByText('环境卫生', { exact: true }).click()
  await page.locator('input[name=title]').fill(`楼旁化粪池外溢，请回电${PHONE_NUMBER}`)
  await page.locator('input[name=name]').fill(NAME)
  await page.locator('input[name=tel]').fill(PHONE_NUMBER)
  await byTest(page, 'photo-file').setInputFiles({ name: 'well.png', mimeType: 'image/png', buffer: PICTURE })
  await page.locator('form img').waitFor()
  await page.locator('input[name=consent]').check()
  expect(await axeFindings(page)).toEqual([])
  await byTest(page, 'visitor-send').click()

  const number = (await byTest(page, 'done-number').innerText()).trim()
  expect(number).toMatch(/^GZ-\d{4}-\d{4,}$/)
  const code = (await words(page, 'done-code')).match(/([0-9A-Z]{4}-){3}[0-9A-Z]{4}/)![0]
  expect(await axeFindings(page)).toEqual([])
  // The code is told once; who writes it down wrong is told so.
  await page.goto('/#/public/follow')
  await page.locator('input[name=code]').fill(code.replace(/^./, (letter) => (letter === '7' ? '8' : '7')))
  await byTest(page, 'follow-open').click()
  await page.getByText('没有这个查询码').waitFor()
  await page.locator('input[name=code]').fill(code.toLowerCase())
  await byTest(page, 'follow-open').click()
  await byTest(page, 'followed').waitFor()
  expect(await words(page, 'followed')).toContain('照片 1 张')
  await follow(page, '已上报', '群众下单')

  await act(number, 'claim')
  await follow(page, '已认领', '干部领单')
  await act(number, 'finish', { note: `已疏通，${NAME}家门前也已冲洗。` })
  await follow(page, '督办中', '社区督单')
  await act(number, 'close')
  await follow(page, '已解决', '社区督单')
  expect(await axeFindings(page)).toEqual([])
  await byTest(page, 'follow-rate').click()
  await page.getByText('很满意', { exact: true }).click()
  await byTest(page, 'follow-go').click()
  await page.getByText('谢谢您的评价').waitFor()

  const listed = page.locator(`[data-test=board-slip][data-number="${number}"]`)
  const board = page.getByRole('link', { name: '公示栏' })
  await board.click()
  await byTest(page, 'board-slip').first().waitFor()
  expect(await listed.count()).toBe(0)
  await act(number, 'publish')
  await page.goto(`/#/public/follow?code=${code}`)
  await byTest(page, 'followed').waitFor()
  expect(page.url()).not.toContain(code)
  await follow(page, '已解决', '公开晒单')

  await board.click()
  await listed.waitFor()
  expect((await listed.innerText()).replace(/\s+/g, ' ')).toMatch(new RegExp(`化粪池外溢.*${compound}.*已疏通.*很满意`))
  const everything = await page.locator('body').innerText()
  expect([PHONE_NUMBER, NAME, code].filter((secret) => everything.includes(secret))).toEqual([])
  await byTest(page, 'board-map').click()
  expect(await axeFindings(page)).toEqual([])
  expect(phone.complaints).toEqual([])
}, 120_000)
