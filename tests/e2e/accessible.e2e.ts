import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import { callerAs, readScope } from './ground'
import { launchChromium, startProduct, visit, type Product } from './harness'
import * as tour from './tour'

/** What axe finds on the main screens, at a desk and on a phone; on the phone nothing is cut off or wider than it. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

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

/** Serious and critical findings, a line for each element. */
async function axeFindings(page: Page): Promise<string[]> {
  // Evaluated by the browser's own tools, which the page's policy against foreign scripts does not bind.
  await page.evaluate(AXE)
  const results = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }))
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`))
}

/** What does not fit the phone: a page wider than it, and words of the console that are cut off without a sign of it. */
async function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) found.push(`page: ${scrollWidth} px wide`)
    // Names from the land may end in an ellipsis; headings, buttons, tabs and labels are to be read whole.
    for (const element of document.querySelectorAll<HTMLElement>('h1, h2, button, [role=tab], label, nav a span, legend, summary')) {
      const box = element.getBoundingClientRect()
      if (box.width < 2 || !element.checkVisibility({ visibilityProperty: true })) continue
      const name = `${element.tagName.toLowerCase()}.${element.className} “${element.innerText.slice(0, 30)}”`
      const hides = getComputedStyle(element).overflowX !== 'visible'
      if (hides && element.scrollWidth > element.clientWidth + 1) found.push(`${name}: cut off`)
      // What lies in a part that scrolls sideways by itself can be reached there.
      const scroller = element.parentElement?.closest<HTMLElement>('*')
      let scrolls = false
      for (let up = scroller; up; up = up.parentElement) scrolls ||= ['auto', 'scroll'].includes(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth
      if (!scrolls && box.left < innerWidth && box.right > innerWidth + 1) found.push(`${name}: beyond the edge`)
    }
    return found
  })
}

async function tourOf(page: Page, stops: readonly tour.Stop[], look: (page: Page) => Promise<string[]>): Promise<unknown> {
  const problems: Record<string, string[]> = {}
  for (const stop of stops) {
    await stop.reach(page)
    const found = await look(page)
    if (found.length > 0) problems[stop.name] = found
  }
  return problems
}

async function openAt(size: { width: number; height: number }) {
  const seat = await visit(browser, product, size)
  // A colour that is still fading has no contrast of its own.
  await seat.page.emulateMedia({ reducedMotion: 'reduce' })
  return seat
}

describe('the console for everyone', () => {
  it('has no serious finding of axe at a desk', async () => {
    const { page, close } = await openAt(DESK)
    const { building, grid } = tour.thingsOf(scope)
    const stops = [
      tour.signIn, tour.enter('street_officer'), tour.overview, tour.totals, tour.selected('grid', grid),
      tour.household(building), tour.reveal, tour.closeDialog,
      tour.redesign, tour.draft(scope), tour.changes, tour.publication, tour.history,
      tour.palette, tour.closeDialog, tour.keys, tour.closeDialog,
      tour.data, tour.exported, tour.admin(0), tour.admin(1),
    ]
    expect(await tourOf(page, stops, axeFindings)).toEqual({})
    await close()

    const admin = await openAt(DESK)
    const steps = [tour.enter('district_admin'), tour.files, tour.systems, tour.dryRun]
    await tour.signIn.reach(admin.page)
    expect(await tourOf(admin.page, steps, axeFindings)).toEqual({})
    await admin.close()
  })

  it('fits a phone, and has no serious finding of axe there', async () => {
    const { page, close } = await openAt(PHONE)
    const { building } = tour.thingsOf(await readScope(await callerAs(product, 'community_secretary')))
    const stops = [
      tour.signIn, tour.enter('community_secretary'), tour.overview, tour.territory, tour.household(building), tour.redesign,
      tour.admin(0),
    ]
    const look = async (at: Page) => [...(await misfits(at)), ...(await axeFindings(at))]
    expect(await tourOf(page, stops, look)).toEqual({})
    await close()
  })

  it('fits a phone in English too, with every room of a street officer', async () => {
    const { page, close } = await openAt(PHONE)
    await tour.signIn.reach(page)
    await page.locator('button[lang=en]').click()
    const { building, grid } = tour.thingsOf(scope)
    const stops = [
      tour.enter('street_officer'), tour.overview, tour.territory, tour.totals, tour.household(building),
      tour.selected('grid', grid), tour.redesign, tour.data, tour.exported, tour.admin(0), tour.admin(1),
    ]
    expect(await tourOf(page, stops, misfits)).toEqual({})
    await close()
  })
})
