import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { DemoAccount } from '../../supabase/local/database/load-seed'
import { serve, type RunningServer } from '../../supabase/local/serve'
import { readSettings } from '../../supabase/local/settings'
import { buildPages } from '../../supabase/local/set-up/build-pages'
import { findChromium } from '../setup/find-programs.mjs'

/** Software rendering, no calls home, as a container allows it. */
const CHROMIUM_FLAGS = [
  '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
]

export interface Product {
  server: RunningServer
  /** The demo account of a role (`street_officer` …). */
  accountOf: (role: string) => DemoAccount
  /** Stops the server and starts it again on the same data. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

export interface ProductOptions {
  /** `false`: an installation without the demo street. */
  demo?: boolean
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
  const open = () =>
    serve({
      ...readSettings({ GEWU_DATA: dataDir, GEWU_DEMO: demo ? '1' : '0', GEWU_BACKUP_HOURS: '0', PORT: '0' }, []),
      say: quiet,
      onFatal: (reason) => failures.push(reason),
    })
  const product: Product = {
    server: await open(),
    accountOf(role) {
      const account = product.server.accounts.find((one) => one.role === role)
      if (!account) throw new Error(`expected a demo account with role ${role}`)
      return account
    },
    async restart() {
      await product.server.stop()
      product.server = await open()
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

export interface Visit {
  context: BrowserContext
  page: Page
  /** What the page complained of: errors thrown and not caught, errors on the console, refusals of its own policy. */
  complaints: string[]
  close: () => Promise<void>
}

export interface VisitOptions {
  locale?: 'zh-CN' | 'en-US'
  width?: number
  height?: number
}

/** Opens a page of the product in a browser context of its own (no cookies, no storage from before). */
export async function visit(browser: Browser, product: Product, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: product.server.url,
    locale: options.locale ?? 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    acceptDownloads: true,
  })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  page.on('console', (message) => {
    // A refused request is the page's to explain; the browser reports it by itself, with this fixed text.
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
  return { context, page, complaints, close: () => context.close() }
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
