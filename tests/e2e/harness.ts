import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { DemoAccount } from '../../supabase/local/database/load-seed'
import { openPglite } from '../../supabase/local/database/open-pglite'
import { dataLayout } from '../../supabase/local/data-directory/layout'
import { serve, type RunningServer } from '../../supabase/local/serve'
import { readSettings } from '../../supabase/local/settings'
import { buildPages } from '../../supabase/local/set-up/build-pages'
import { findChromium } from '../setup/find-programs.mjs'

/**
 * Software rendering, no calls home, as a container allows it. The map draws through the software GL; the page around it is
 * put together without, which takes a third of the work.
 */
const CHROMIUM_FLAGS = [
  '--no-sandbox', '--disable-gpu-compositing', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
]

export interface Product {
  server: RunningServer
  /** The demo account of a role (`street_officer` …). */
  accountOf: (role: string) => DemoAccount
  /** Stops the server and starts it again on the same data, its clock of deadlines so many seconds ahead. */
  restart: (clockShiftS?: number) => Promise<void>
  stop: () => Promise<void>
}

export interface ProductOptions {
  /** `false`: an office that begins: no street, and its first administrator only. */
  demo?: boolean
}

const FIRST_ADMINISTRATOR: DemoAccount = {
  role: 'district_admin', name: '赵*', orgName: '新设区', email: 'first@office.example', password: 'the first password',
}

/** Puts the first administrator in as the README tells to: an account, a person, a post at the district. */
async function appointFirst(dataDir: string): Promise<void> {
  const { name, orgName, email, password } = FIRST_ADMINISTRATOR
  const database = await openPglite(dataLayout(dataDir).databaseDir)
  await database
    .exec(`
      insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
      values (gen_random_uuid(), 'authenticated', 'authenticated', '${email}',
        extensions.crypt('${password}', extensions.gen_salt('bf', 10)), now(), '{}', '{}');
      insert into public.org_units (level, code, name, initials) values ('district', '370100000000', '${orgName}', 'xsq');
      insert into public.people (id, user_id, name_masked, initials) select id, id, '${name}', 'z' from auth.users;
      insert into public.posts (person_id, org_unit_id, role, valid_from)
      select p.id, u.id, 'district_admin', '2026-01-01' from public.people p, public.org_units u;`)
    .finally(() => database.close())
}

/**
 * Starts the console as `npm start` does, on data of its own that are removed afterwards; pages and the prepared
 * database come from their caches where the sources are the same.
 */
export async function startProduct({ demo = true }: ProductOptions = {}): Promise<Product> {
  const quiet = () => {}
  await buildPages(quiet)
  const dataDir = mkdtempSync(join(tmpdir(), 'gewu-e2e-'))
  const failures: string[] = []
  const open = (clockShiftS = 0) =>
    serve({
      ...readSettings({ GEWU_DATA: dataDir, GEWU_DEMO: demo ? '1' : '0', GEWU_BACKUP_HOURS: '0', GEWU_CLOCK_SHIFT_S: String(clockShiftS), PORT: '0' }, []),
      say: quiet,
      onFatal: (reason) => failures.push(reason),
    })
  if (!demo) {
    await (await open()).stop()
    await appointFirst(dataDir)
  }
  const product: Product = {
    server: await open(),
    accountOf(role) {
      const account = (demo ? product.server.accounts : [FIRST_ADMINISTRATOR]).find((one) => one.role === role)
      if (!account) throw new Error(`expected a demo account with role ${role}`)
      return account
    },
    async restart(clockShiftS) {
      await product.server.stop()
      product.server = await open(clockShiftS)
    },
    async stop() {
      await product.server.stop()
      rmSync(dataDir, { recursive: true, force: true })
      if (failures.length > 0) throw new Error(`the database stopped during the test: ${failures.join('; ')}`)
    },
  }
  return product
}

/** Starts the installed Chromium, headless. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('expected Chromium or Chrome; install it, or set CHROMIUM_PATH')
  return chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS })
}

let shared: Promise<Browser> | null = null

/**
 * The Chromium that the files of a run share, each with visits of its own: to start one and to warm it costs as much as a
 * visit. It stays open for the next file and ends with the process; where it did not start or crashed, the next file starts
 * another.
 */
export function sharedChromium(): Promise<Browser> {
  if (shared) return shared
  const launched = launchChromium()
  const forget = (): void => {
    if (shared === launched) shared = null
  }
  launched.then((browser) => browser.on('disconnected', forget), forget)
  return (shared = launched)
}

export interface Visit {
  context: BrowserContext
  page: Page
  /** What the page complained of: errors thrown and not caught, errors on the console, refusals of its own policy. */
  complaints: string[]
  close: () => Promise<void>
}

export interface VisitOptions {
  locale?: 'zh-CN' | 'en-US'
  /** A small desk, when not said: the map is drawn in software, and a large one takes a third longer. */
  width?: number
  height?: number
  /** Flights of the map and fades as they are; without, everything is where it goes at once. */
  motion?: boolean
  /**
   * `false` where a test reads the page and at most clicks on the map: the map does all it does, finds what was clicked too, up
   * to the orders to draw, which in software are most of the work of the graphics process. What would be drawn is not handed over
   * either, and a picture that nobody clears is not carried to the page again.
   */
  paints?: boolean
}

const visits = new Set<Visit>()

/** What the open pages say and what they complained of, to be read beside a failure. */
export async function describeVisits(): Promise<string> {
  const lines = [...visits].map(async ({ page, complaints }) => {
    const words = await page.locator('body').innerText({ timeout: 2_000 }).catch(() => 'no answer')
    return `at ${page.url()}\n${words.replace(/\s+/g, ' ').slice(0, 1_500)}\n${complaints.join('\n')}`
  })
  return (await Promise.all(lines)).join('\n\n')
}

/** Closes what a file that failed left open. */
export async function closeVisits(): Promise<void> {
  visits.clear()
  // A launch that failed was told to the file that asked for it.
  const browser = await shared?.catch(() => null)
  for (const context of browser?.contexts() ?? []) await context.close()
}

/** Opens a page of the product in a browser context of its own (no cookies, no storage from before). */
export async function visit(browser: Browser, product: Product, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: product.server.url,
    locale: options.locale ?? 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: options.width ?? 1280, height: options.height ?? 720 },
    reducedMotion: options.motion ? 'no-preference' : 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(60_000)
  if (options.paints === false) {
    await context.addInitScript(() => {
      const orders = ['drawElements', 'drawArrays', 'clear', 'bufferData', 'texImage2D', 'texSubImage2D'] as const
      for (const order of orders) WebGL2RenderingContext.prototype[order] = () => undefined
    })
  }
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  page.on('console', (message) => {
    // A refused request is the page's to explain; the browser reports it by itself, with this fixed text.
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
  const opened: Visit = {
    context,
    page,
    complaints,
    close() {
      visits.delete(opened)
      return context.close()
    },
  }
  visits.add(opened)
  return opened
}

/** Signs in through the page's own form and waits until the form is gone. */
export async function signIn(page: Page, product: Product, role: string): Promise<void> {
  const { email, password } = product.accountOf(role)
  await page.goto('/')
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form button[type=submit]').click()
  await page.locator('input[name=password]').waitFor({ state: 'detached' })
}
