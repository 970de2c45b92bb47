import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Scope } from '@/core/scope'
import { collectData, findUntranslated, readChrome } from './chrome-words'
import { callerAs, readScope } from './ground'
import { launchChromium, startProduct, visit, type Product } from './harness'
import * as tour from './tour'

/** Every room in English: no word of the console in Chinese, no key without words. Names on the land stay as they are. */
let product: Product
let browser: Browser
let scope: Scope

beforeAll(async () => {
  product = await startProduct()
  browser = await launchChromium()
  scope = await readScope(await callerAs(product, 'street_officer'))
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** Signs in as a person who chose English on the sign-in page. */
async function openInEnglish(role: string) {
  const seat = await visit(browser, product, { locale: 'en-US' })
  const data = collectData(seat.page)
  await seat.page.goto('/')
  await seat.page.locator('button[lang=en]').click()
  expect(findUntranslated(await readChrome(seat.page), data), 'sign-in').toEqual([])
  await seat.page.locator(`[data-role=${role}]`).click()
  await seat.page.locator('#room-panel h1').first().waitFor()
  return { ...seat, data }
}

/** Goes to each stop in turn and gathers what is not English there. */
async function tourInEnglish(page: Page, stops: readonly tour.Stop[], data: ReadonlySet<string>): Promise<unknown[]> {
  const problems: unknown[] = []
  for (const stop of stops) {
    await stop.reach(page)
    // What the last answer brought is known as data a moment after it is on the page.
    await vi
      .waitFor(async () => expect(findUntranslated(await readChrome(page), data)).toEqual([]), { timeout: 3_000, interval: 200 })
      .catch(async () => problems.push({ stop: stop.name, found: findUntranslated(await readChrome(page), data) }))
  }
  return problems
}

describe('the console in English', () => {
  it('leaves no Chinese word of its own in the rooms of a street officer', async () => {
    const { page, data, complaints, close } = await openInEnglish('street_officer')
    const things = tour.thingsOf(scope)
    const stops = [
      tour.overview, tour.territory, tour.totals,
      ...Object.entries(things).map(([kind, thing]) => tour.selected(kind, thing)),
      tour.household(things.building), tour.reveal, tour.closeDialog,
      tour.redesign, tour.draft(scope), tour.changes, tour.publication, tour.history,
      tour.palette, tour.closeDialog, tour.keys, tour.closeDialog,
      tour.data, tour.exported, tour.admin(0), tour.admin(1),
    ]
    expect(await tourInEnglish(page, stops, data)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('leaves none in the rooms of a district administrator, and stays English after a reload', async () => {
    const { page, data, complaints, close } = await openInEnglish('district_admin')
    await page.reload()
    await page.locator('#room-panel h1').first().waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    const stops = [
      tour.overview, tour.territory, tour.totals, tour.redesign, tour.data, tour.files, tour.systems, tour.dryRun,
      tour.exported, tour.admin(0), tour.admin(1),
    ]
    expect(await tourInEnglish(page, stops, data)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('leaves none in the log of the auditor', async () => {
    const { page, data, complaints, close } = await openInEnglish('auditor')
    expect(await tourInEnglish(page, [tour.admin(0)], data)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})
