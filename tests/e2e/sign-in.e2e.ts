import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium, signIn, startProduct, visit, type Product } from './harness'

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

describe('signing in', () => {
  it('lists the demo accounts by role before, and nothing else of the data', async () => {
    const { page, close } = await visit(browser, product)
    await page.goto('/')
    await page.locator('input[name=email]').waitFor()
    const words = await page.locator('body').innerText()
    for (const account of product.server.accounts) expect(words).toContain(account.orgName)
    await close()
  })

  it('opens the console for every role, and the session outlives a reload', async () => {
    for (const { role } of product.server.accounts) {
      const { page, complaints, close } = await visit(browser, product)
      await signIn(page, product, role)
      await page.reload()
      await page.locator('nav').first().waitFor()
      expect(await page.locator('input[name=password]').count(), role).toBe(0)
      expect(complaints, role).toEqual([])
      await close()
    }
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
