import type { SupabaseClient } from '@supabase/supabase-js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import { callerAs, findPaintSite, readScope, type PaintSite } from './ground'
import { launchChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest, gridsInDraft, openDraft, paintCell } from './paint-acts'

/** What goes wrong while one works: each is said with a remedy, and what was painted is kept and saved afterwards. */
let product: Product
let browser: Browser
let caller: SupabaseClient
let scope: Scope
let site: PaintSite
let desk: Visit

beforeAll(async () => {
  product = await startProduct()
  browser = await launchChromium()
  caller = await callerAs(product, 'street_officer')
  scope = await readScope(caller)
  site = findPaintSite(scope)
  desk = await visit(browser, product)
})

afterAll(async () => {
  await desk?.close()
  await browser?.close()
  await product?.stop()
})

const SERVER = /\/(rest|auth)\/v1\//
const cutOff = (page: Page) => page.route(SERVER, (route) => route.abort('connectionrefused'))
const reconnect = (page: Page) => page.unroute(SERVER)
const banner = (page: Page) => page.locator('.server-banner')

describe('when something fails', () => {
  it('an address that leads nowhere, or to a room of others, leads to the first room that is mine', async () => {
    const { page } = desk
    await signIn(page, product, 'street_officer')
    for (const address of ['/#/nowhere', '/#/redesign/nowhere?sel=grid-x']) {
      await page.goto(address)
      await page.waitForURL(/#\/overview/)
      await page.locator('nav a[aria-current=page][href^="#/overview"]').waitFor()
    }
    const member = await visit(browser, product)
    await signIn(member.page, product, 'member')
    await member.page.goto('/#/admin')
    await member.page.waitForURL(/#\/territory/)
    expect(member.complaints).toEqual([])
    await member.close()
  })

  it('the server is down while painting: the work goes on, and is saved when the server is back', async () => {
    const { page } = desk
    await openDraft(page, scope, site, '断网草案')
    await cutOff(page)
    await paintCell(page, scope, site.cells[0])
    await byTest(page, 'save').click()
    await banner(page).waitFor()
    expect(await banner(page).innerText()).toMatch(/服务器没有回应。[^]*检查网络后重试/)
    await page.getByText('1 笔未保存，已留在本机').waitFor()
    await paintCell(page, scope, site.cells[1])

    await reconnect(page)
    await banner(page).getByRole('button').click()
    await banner(page).waitFor({ state: 'detached' })
    await byTest(page, 'save').click()
    await page.getByText('修订 1').first().waitFor()
    expect(await gridsInDraft(caller, scope, site.cells.slice(0, 2))).toEqual([site.to, site.to])
  })
})
