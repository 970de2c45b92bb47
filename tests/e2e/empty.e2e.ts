import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedChromium, signIn, startProduct, visit, type Product } from './harness'

/** The first day of an office: an administrator, and no street yet. */
let product: Product
let browser: Browser

beforeAll(async () => {
  product = await startProduct({ demo: false })
  browser = await sharedChromium()
})

afterAll(async () => {
  await product?.stop()
})

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

describe('a console without land', () => {
  it.each(['desk', 'phone'] as const)('at a %s says what is missing and leads to the import from every room that waits for it', async (place) => {
    const { page, complaints, close } = await visit(browser, product, { ...SIZES[place], paints: false })
    await signIn(page, product, 'district_admin')
    for (const room of ['overview', 'territory', 'redesign']) {
      await page.goto(`/#/${room}`)
      await page.locator(`nav a[aria-current=page][href^="#/${room}"]`).waitFor()
      await page.getByRole('button', { name: '导入街道' }).click()
      await page.locator('.exchange input[type=file]').waitFor({ state: 'attached' })
      expect(await page.getByRole('button', { name: '导入街道' }).count(), 'in the room it leads to').toBe(0)
      // The preview of the first street is to be seen, with what was found below it; before that the map has the place.
      expect(await page.locator('.scope-state').count()).toBe(0)
      if (place === 'phone') continue
      if (room === 'overview') {
        expect(await page.locator('.frame__drawer').isVisible()).toBe(false)
        await page.locator('.exchange input[type=file]').setInputFiles({ name: 'bad.geojson', mimeType: 'application/json', buffer: Buffer.from('{') })
      }
      await page.locator('.frame__drawer').waitFor()
    }
    await page.goto('/#/admin')
    await page.getByText(product.accountOf('district_admin').email).waitFor()
    expect(await page.getByText('新设区').count()).toBeGreaterThan(0)
    expect(complaints).toEqual([])
    await close()
  })
})
