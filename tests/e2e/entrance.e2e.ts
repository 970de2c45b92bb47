import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedChromium, signIn, startProduct, visit, type Product, type VisitOptions } from './harness'

/** The way in: what a person sees before the console runs, when it cannot, and at the door. */
let product: Product
let browser: Browser

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
})

afterAll(async () => {
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

describe('signing in', () => {
  it('lists the demo accounts by role before, and nothing else of the data', async () => {
    const { page, close } = await visit(browser, product)
    await page.goto('/')
    await page.locator('input[name=email]').waitFor()
    const words = await page.locator('body').innerText()
    for (const account of product.server.accounts) expect(words).toContain(account.orgName)
    await close()
  })

  // Every role is let in by `rooms.e2e.ts`, which looks around as each.
  it('opens the console, and the session outlives a reload', async () => {
    const { page, complaints, close } = await visit(browser, product, { paints: false })
    await signIn(page, product, 'grid_leader')
    await page.reload()
    await page.locator('nav').first().waitFor()
    await page.locator('#room-panel h1').first().waitFor()
    expect(await page.locator('input[name=password]').count()).toBe(0)
    expect(complaints).toEqual([])
    await close()
  })

  it('refuses a wrong password in words', async () => {
    const { page, close } = await visit(browser, product)
    await page.goto('/')
    await page.locator('input[name=email]').fill('nobody@demo.gewu.example')
    await page.locator('input[name=password]').fill('not the password')
    await page.locator('form button[type=submit]').click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toMatch(/密码/)
    await close()
  })
})
