import type { Browser, Page } from 'playwright-core'
import type { DemoAccount } from '../../supabase/local/database/load-seed'

/** When a page was of use, milliseconds. */
export interface PageTimes {
  /** From the address to a form one can fill in; null on a reload. */
  readonly formMs: number | null
  /** From the press of the button, or from the reload, to a map with the land drawn. */
  readonly usableMs: number
  /** On the way there: the snapshot has arrived, and its land is in the map's hands. */
  readonly arrivedMs: number
  readonly decodedMs: number
}

/** Nothing more drawn for so long: then the last picture was the map a person waits for. */
const STILL_MS = 2000

type Watched = Window & { gewuTimes?: { form: number | null; pressed: number; land: number; drawn: number | null } }

/** A first visit with nothing cached, signed in through the form, then a reload of the same page. */
export async function visitTwice(browser: Browser, url: string, { email, password }: DemoAccount): Promise<{ first: PageTimes; again: PageTimes }> {
  const context = await browser.newContext({ baseURL: url, locale: 'zh-CN', viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(120_000)
  try {
    const page = await context.newPage()
    await page.addInitScript(watchPage)
    await page.goto('/')
    await page.locator('input[name=email]').fill(email)
    await page.locator('input[name=password]').fill(password)
    await page.locator('form button[type=submit]').click()
    const first = await usable(page)
    await page.reload()
    return { first, again: { ...(await usable(page)), formMs: null } }
  } finally {
    await context.close()
  }
}

/**
 * Runs in the page: notes when the form stood, when it was sent, and when the map last finished a picture. Without functions
 * of its own, to which the compiler would add calls the page does not have.
 */
function watchPage(): void {
  const times: NonNullable<Watched['gewuTimes']> = { form: null, pressed: 0, land: 0, drawn: null }
  ;(window as Watched).gewuTimes = times
  addEventListener('submit', () => (times.pressed = performance.now()), true)
  new MutationObserver(() => {
    if (times.form === null && document.querySelector('input[name=password]')) times.form = performance.now()
    // A picture is the land's only once the land has come: before that the paper alone is drawn.
    const isLandThere = document.querySelector('.map-view__legend') !== null
    if (isLandThere && times.land === 0) times.land = performance.now()
    const state = document.querySelector<HTMLElement>('[data-drawn]')?.dataset.drawn
    if (!isLandThere || state !== 'yes') times.drawn = null
    else times.drawn ??= performance.now()
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-drawn'] })
}

async function usable(page: Page): Promise<PageTimes> {
  const times = await page.waitForFunction((stillMs) => {
    const { gewuTimes } = window as Watched
    const drawn = gewuTimes?.drawn ?? null
    if (!gewuTimes || drawn === null || performance.now() - drawn < stillMs) return null
    const snapshot = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/scope_snapshot')) as PerformanceResourceTiming | undefined
    return { ...gewuTimes, drawn, arrived: snapshot?.responseEnd ?? Number.NaN }
  }, STILL_MS)
  const { form, pressed, land, drawn, arrived } = (await times.jsonValue())!
  return { formMs: form, usableMs: drawn - pressed, arrivedMs: arrived - pressed, decodedMs: land - pressed }
}
