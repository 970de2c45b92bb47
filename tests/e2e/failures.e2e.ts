import type { SupabaseClient } from '@supabase/supabase-js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import { callerAs, findPaintSite, readScope, type PaintSite } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest, chooseTarget, gridsInDraft, openDraft, paintCell } from './paint-acts'

/** What goes wrong while one works: each is said with a remedy, and what was painted is kept and saved afterwards. */
let product: Product
let browser: Browser
let caller: SupabaseClient
let scope: Scope
let site: PaintSite
let desk: Visit

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  caller = await callerAs(product, 'street_officer')
  scope = await readScope(caller)
  site = findPaintSite(scope)
  desk = await visit(browser, product, { paints: false })
})

afterAll(async () => {
  await desk?.close()
  await product?.stop()
})

const SERVER = /\/(rest|auth)\/v1\//
const cutOff = (page: Page) => page.route(SERVER, (route) => route.abort('connectionrefused'))
const reconnect = (page: Page) => page.unroute(SERVER)
const banner = (page: Page) => page.locator('.server-banner')
const sessionDialog = (page: Page) => page.getByRole('dialog', { name: '登录已过期' })

/** Ends the page's session as a sign-out on another machine does, at a time when its token is due for renewal. */
async function endSession(page: Page): Promise<void> {
  const stored = await page.evaluate(() => JSON.parse(localStorage.getItem('gewu.session')!) as { access_token: string })
  const config = (await (await fetch(new URL('/app-config.json', product.server.url))).json()) as { anonKey: string }
  const answer = await fetch(new URL('/auth/v1/logout?scope=global', product.server.url), {
    method: 'POST',
    headers: { apikey: config.anonKey, authorization: `Bearer ${stored.access_token}` },
  })
  expect(answer.ok).toBe(true)
  await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('gewu.session')!) as Record<string, unknown>
    localStorage.setItem('gewu.session', JSON.stringify({ ...session, expires_at: 1 }))
  })
}

describe('when something fails', () => {
  it('an address that leads nowhere, or to a room of others, leads to the first room that is mine', async () => {
    const { page } = desk
    await signIn(page, product, 'street_officer')
    for (const address of ['/#/nowhere', '/#/redesign/nowhere?sel=grid-x']) {
      await page.goto(address)
      await page.waitForURL(/#\/overview/)
      await page.locator('nav a[aria-current=page][href^="#/overview"]').waitFor()
    }
    const member = await visit(browser, product, { paints: false })
    await signIn(member.page, product, 'member')
    await member.page.goto('/#/admin')
    await member.page.waitForURL(/#\/assignment/)
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
    await expect.poll(() => gridsInDraft(caller, scope, site.cells.slice(0, 2))).toEqual([site.to, site.to])
  })

  it('a reload while the server is down loses nothing: the edits are offered again', async () => {
    const { page } = desk
    await cutOff(page)
    await paintCell(page, scope, site.cells[2])
    await byTest(page, 'save').click()
    await page.getByText('1 笔未保存，已留在本机').waitFor()
    // A page that goes saves once more, and what it sends while it goes the browser's tools do not always hold back.
    await page.evaluate(() => (window.fetch = () => Promise.reject(new TypeError('cut off'))))
    await page.reload()
    await banner(page).waitFor()
    await reconnect(page)
    await banner(page).getByRole('button').click()

    await byTest(page, 'waiting').waitFor()
    expect(await byTest(page, 'waiting').innerText()).toContain('1 笔未保存的编辑')
    expect(await gridsInDraft(caller, scope, [site.cells[2]])).toEqual([site.from])
    await byTest(page, 'waiting').getByRole('button', { name: '接着用' }).click()
    await expect.poll(() => byTest(page, 'undo').isEnabled()).toBe(true)
    await byTest(page, 'save').click()
    await expect.poll(() => gridsInDraft(caller, scope, [site.cells[2]])).toEqual([site.to])
  })

  it('the session ends while painting: signing in again in place saves what was painted', async () => {
    const { page } = desk
    await chooseTarget(page, site.to)
    await endSession(page)
    await paintCell(page, scope, site.cells[3])
    await byTest(page, 'save').click()
    await sessionDialog(page).waitFor()
    expect(await sessionDialog(page).innerText()).toContain('您的修改还在这里。请重新登录后继续，不会丢失。')

    const password = sessionDialog(page).locator('input[type=password]')
    await password.fill('not the password')
    await sessionDialog(page).locator('button[type=submit]').click()
    await sessionDialog(page).getByRole('alert').waitFor()
    expect(await sessionDialog(page).getByRole('alert').innerText()).toBe('账号或密码不对。请核对后再试。')

    await password.fill(product.accountOf('street_officer').password)
    await sessionDialog(page).locator('button[type=submit]').click()
    await sessionDialog(page).waitFor({ state: 'hidden' })
    // The sign-out was of all sessions, and the caller's was one of them.
    const again = await callerAs(product, 'street_officer')
    await expect.poll(() => gridsInDraft(again, scope, [site.cells[3]])).toEqual([site.to])
    expect(desk.complaints).toEqual([])
  })
})
