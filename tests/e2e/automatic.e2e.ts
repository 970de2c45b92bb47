import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import { callerAs, cellAt, findPaintSite, lookAt, mapDrawn, readScope, type PaintSite } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest } from './paint-acts'

/** Automatic redesign with real workers: a candidate is adopted and taken back, a repair accepted step by step. */
let product: Product
let browser: Browser
let scope: Scope
let site: PaintSite
let here: Visit

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  scope = await readScope(await callerAs(product, 'street_officer'))
  site = findPaintSite(scope)
  here = await visit(browser, product, { paints: false })
})

afterAll(async () => {
  await here?.close()
  await product?.stop()
})

const figure = async (name: string) => Number((await byTest(here.page, name).innerText()).replace(/\D*([\d,]+)[\s\S]*/, '$1').replaceAll(',', ''))

describe('automatic redesign', () => {
  it('a candidate is looked at, adopted as one step, and taken back', async () => {
    const { page } = here
    await signIn(page, product, 'street_officer')
    await lookAt(page, 'redesign', cellAt(scope, site.cells[0]), 14.5)
    await byTest(page, 'open-draft').click()
    await byTest(page, 'draft-title').fill('自动划分')
    await byTest(page, 'create-draft').click()
    await page.getByRole('tab', { name: '自动' }).click()
    await page.getByRole('tab', { name: '重新划分' }).click()
    await byTest(page, 'automatic-scope').selectOption({ index: 1 })
    await byTest(page, 'automatic-start').click()
    await byTest(page, 'candidate-balanced').click()
    await byTest(page, 'candidate-adopt').waitFor()
    await mapDrawn(page)
    await byTest(page, 'candidate-adopt').click()
    await byTest(page, 'candidate-balanced').waitFor({ state: 'detached' })
    await page.getByText('1 笔未保存').first().waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('1 笔未保存').first().waitFor({ state: 'detached' })
  })

  it('a repair is accepted step by step, its total beside the bound', async () => {
    const { page } = here
    await page.getByRole('tab', { name: '最少变动' }).click()
    await byTest(page, 'automatic-scope').selectOption('')
    await byTest(page, 'automatic-start').click()
    await byTest(page, 'repair-bound').waitFor()
    expect(await figure('repair-total')).toBeGreaterThanOrEqual(await figure('repair-bound'))
    const steps = page.locator('[data-status]')
    const count = await steps.count()
    expect(count).toBeGreaterThan(1)
    for (let done = 1; done <= 2; done++) {
      await byTest(page, 'repair-accept').first().click()
      await page.locator('[data-status=done]').nth(done - 1).waitFor()
    }
    await byTest(page, 'repair-accept-all').click()
    await page.locator('[data-status=ready]').first().waitFor({ state: 'detached' })
    expect(await page.locator('[data-status=done]').count()).toBe(count)
    await page.keyboard.press('Control+z')
    await page.locator('[data-status=ready]').first().waitFor()
    expect(await page.locator('[data-status=done]').count()).toBe(2)
    expect(here.complaints).toEqual([])
  })
})
