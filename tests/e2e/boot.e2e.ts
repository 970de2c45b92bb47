import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium, startProduct, visit, type Product, type VisitOptions } from './harness'

/** What a person sees before the console runs, and when it cannot. */
let product: Product
let browser: Browser

beforeAll(async () => {
  product = await startProduct()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const PROGRAM = /\/assets\/.*\.js$/
const words = async (page: Page) => (await page.locator('#boot').innerText()).replace(/\s+/g, ' ').trim()

/** A visit whose page never gets its program: what `answer` makes of the request for it. */
async function visitWithout(answer: 'abort' | 'wait', options: VisitOptions & { chosen?: string } = {}) {
  const seat = await visit(browser, product, options)
  if (options.chosen) await seat.context.addInitScript((locale) => localStorage.setItem('gewu.locale', locale), options.chosen)
  await seat.page.route(PROGRAM, (route) => (answer === 'abort' ? route.abort('connectionreset') : undefined))
  await seat.page.goto('/', { waitUntil: 'commit' })
  await seat.page.locator('#boot').waitFor()
  return seat
}

describe('before the console runs', () => {
  it('says that it opens, in Chinese; in English to those who chose it, and in both to a browser of another language', async () => {
    for (const [options, expected] of [
      [{}, '正在打开格物…'],
      [{ chosen: 'en' }, 'Opening Gewu…'],
      [{ locale: 'en-US' as const }, '正在打开格物… Opening Gewu…'],
      [{ locale: 'en-US' as const, chosen: 'zh' }, '正在打开格物…'],
    ] as const) {
      const { page, close } = await visitWithout('wait', options)
      expect(await words(page)).toBe(expected)
      await close()
    }
  })

  it('says what to do when its program does not arrive, and opens when it does', async () => {
    const { page, close } = await visitWithout('abort')
    await page.getByRole('alert').waitFor()
    expect(await words(page)).toMatch(/^格物没能打开 .*请检查网络后重新打开.* 重新打开 http.*\.js$/)
    await page.unroute(PROGRAM)
    await page.getByRole('button', { name: '重新打开' }).click()
    await page.locator('input[name=email]').waitFor()
    expect(await page.locator('#boot').count()).toBe(0)
    await close()
  })

  it('says what to do in a browser that cannot draw the map', async () => {
    const { page, context, close } = await visit(browser, product)
    await context.addInitScript(() => {
      const getContext = HTMLCanvasElement.prototype.getContext as (kind: string, ...rest: unknown[]) => unknown
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
        return kind.startsWith('webgl') ? null : getContext.call(this, kind, ...rest)
      } as typeof HTMLCanvasElement.prototype.getContext
    })
    await page.goto('/')
    await page.getByRole('alert').waitFor()
    expect(await words(page)).toMatch(/^这个浏览器画不了地图 .*打开“硬件加速/)
    await close()
  })
})
