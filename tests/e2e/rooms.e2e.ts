import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Scope } from '@/core/scope'
import { axeFindings } from './axe-findings'
import { collectData, findUntranslated, readChrome } from './chrome-words'
import { callerAs, readScope } from './ground'
import { sharedChromium, startProduct, visit, type Product } from './harness'
import * as tour from './tour'

/**
 * Every room looked at by machines, at a desk and on a phone: what axe finds, words of the console in the wrong
 * language, and on the phone what is cut off or wider than it. Names on the land stay as they are.
 */
const DESK = { width: 1280, height: 800, paints: false }
const PHONE = { width: 390, height: 844, paints: false }

type Look = (page: Page) => Promise<string[]>

let product: Product
let browser: Browser
let scope: Scope
let officer: Awaited<ReturnType<typeof openInEnglish>>

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  scope = await readScope(await callerAs(product, 'street_officer'))
})

afterAll(async () => {
  await product?.stop()
})

/** What does not fit the phone: a page wider than it, and words of the console that are cut off without a sign of it. */
const misfits: Look = (page) =>
  page.evaluate(() => {
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

/** Words that are not English, once what the last answer brought is known as data, a moment after it is on the page. */
function untranslated(data: ReadonlySet<string>): Look {
  const read = async (page: Page) => findUntranslated(await readChrome(page), data).map(({ text, where }) => `${where}: ${text}`)
  return (page) =>
    vi
      .waitFor(async () => expect(await read(page)).toEqual([]), { timeout: 3_000, interval: 200 })
      .then(() => [], () => read(page))
}

/** Goes to each stop in turn and gathers what each look finds there. */
async function tourOf(page: Page, stops: readonly tour.Stop[], ...looks: Look[]): Promise<Record<string, string[]>> {
  const problems: Record<string, string[]> = {}
  for (const stop of stops) {
    await stop.reach(page)
    for (const look of looks) {
      const found = await look(page)
      if (found.length > 0) problems[stop.name] = [...(problems[stop.name] ?? []), ...found]
    }
  }
  return problems
}

/** A page in the hands of a person who chose English on the sign-in page. */
async function openInEnglish(size = DESK) {
  const seat = await visit(browser, product, { locale: 'en-US', ...size })
  const data = collectData(seat.page)
  await tour.signIn.reach(seat.page)
  await seat.page.locator('button[lang=en]').click()
  return { ...seat, english: untranslated(data) }
}

/** Roles that some test here signs in with. */
const entered = new Set<string>()

function enter(role: string): tour.Stop {
  entered.add(role)
  return tour.enter(role)
}

/** Stays on the sign-in page, to look at it as it is. */
const signInInEnglish: tour.Stop = { name: 'sign-in', reach: () => Promise.resolve() }

describe('every room', () => {
  it('of a street officer is English to those who chose it, and has no serious finding of axe', async () => {
    officer = await openInEnglish()
    const things = tour.thingsOf(scope)
    const stops = [
      signInInEnglish, enter('street_officer'), tour.overview, tour.territory, tour.totals,
      ...Object.entries(things).map(([kind, thing]) => tour.selected(kind, thing)),
      tour.household(things.building), tour.reveal, tour.closeDialog,
      tour.data, tour.exported, tour.admin(0), tour.admin(1),
    ]
    expect(await tourOf(officer.page, stops, officer.english, axeFindings)).toEqual({})
  })

  it('of assignment is so too: its tabs, its lists, a building with who carries its households', async () => {
    const { building } = tour.thingsOf(scope)
    const stops = [
      tour.assignment, ...['exceptions', 'histogram', 'compare', 'history'].map(tour.assignmentList),
      tour.assignmentTab(1), tour.assignmentTab(2), tour.assigned(building), tour.assignmentList('matrix'),
    ]
    expect(await tourOf(officer.page, stops, officer.english, axeFindings)).toEqual({})
  })

  it('of issues is so too: its tabs, its lists, a slip, its forms', async () => {
    const stops = [
      tour.issues, tour.slip, ...['time', 'ledger', 'compare'].map(tour.issuesList), tour.issuesTab(1), tour.issuesTab(2), tour.issuesTab(0),
      ...(['report', 'reception', 'settings'] as const).map(tour.issuesForm),
    ]
    expect(await tourOf(officer.page, stops, officer.english, axeFindings)).toEqual({})
  })

  it('of patrols is so too: its plans, a plan with its routes, the form of a new one', async () => {
    const stops = [tour.patrol, tour.patrolPlan, tour.patrolForm]
    expect(await tourOf(officer.page, stops, officer.english, axeFindings)).toEqual({})
  })

  it('is so with a draft open, up to its publication', async () => {
    const { page, english, complaints, close } = officer
    const stops = [
      tour.redesign, tour.draft(scope), tour.changes, tour.publication, tour.history,
      tour.palette, tour.closeDialog, tour.keys, tour.closeDialog,
    ]
    expect(await tourOf(page, stops, english, axeFindings)).toEqual({})
    expect(complaints).toEqual([])
    await close()
  })

  it('of a district administrator is so too, and stays English after a reload', async () => {
    const { page, english, complaints, close } = await openInEnglish()
    await enter('district_admin').reach(page)
    await page.reload()
    await page.locator('#room-panel h1').first().waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    const stops = [
      tour.overview, tour.files, tour.systems, tour.dryRun, tour.admin(0), tour.admin(1),
    ]
    expect(await tourOf(page, stops, english, axeFindings)).toEqual({})
    expect(complaints).toEqual([])
    await close()
  })

  it('of an auditor is so too', async () => {
    const { page, english, complaints, close } = await openInEnglish()
    expect(await tourOf(page, [enter('auditor'), tour.admin(0)], english, axeFindings)).toEqual({})
    expect(complaints).toEqual([])
    await close()
  })

  it('fits a phone, and has no serious finding of axe there', async () => {
    const { page, complaints, close } = await visit(browser, product, PHONE)
    const { building } = tour.thingsOf(await readScope(await callerAs(product, 'community_secretary')))
    const stops = [
      tour.signIn, enter('community_secretary'), tour.overview, tour.territory, tour.household(building), tour.redesign,
      tour.issues, tour.issuesTab(1), tour.issuesTab(2), tour.issuesTab(0), tour.slip, tour.patrol, tour.patrolForm, tour.admin(0),
    ]
    expect(await tourOf(page, stops, misfits, axeFindings)).toEqual({})
    expect(complaints).toEqual([])
    await close()
  })

  it('of a member fits a phone, in English, and has no serious finding of axe there', async () => {
    const { page, english, complaints, close } = await openInEnglish(PHONE)
    expect(await tourOf(page, [enter('member'), tour.territory], misfits, english, axeFindings)).toEqual({})
    expect(complaints).toEqual([])
    await close()
  })

  it('fits a phone in English too', async () => {
    const { page, close } = await openInEnglish(PHONE)
    const { building, grid } = tour.thingsOf(scope)
    const stops = [
      enter('street_officer'), tour.overview, tour.territory, tour.totals, tour.household(building),
      tour.selected('grid', grid), tour.redesign, tour.issues, tour.issuesForm('report'), tour.issuesForm('settings'), tour.patrol, tour.patrolPlan, tour.patrolForm, tour.data, tour.exported, tour.admin(0), tour.admin(1),
    ]
    expect(await tourOf(page, stops, misfits)).toEqual({})
    await close()
  })

  it('opens for every other role of the demo too', async () => {
    for (const { role } of product.server.accounts.filter((account) => !entered.has(account.role))) {
      const { page, english, complaints, close } = await openInEnglish()
      expect(await tourOf(page, [tour.enter(role)], english, axeFindings), role).toEqual({})
      expect(complaints, role).toEqual([])
      await close()
    }
  })
})
