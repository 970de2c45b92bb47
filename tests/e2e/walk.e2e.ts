import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import { callerAs, cellAt, drawnView, findPaintSite, mapDrawn, readScope, screenOf, lookAt, viewOf, type PaintSite } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'

/** The main job of the console from sign-in to the new edition, as a street officer does it with mouse and keys. */
let product: Product
let browser: Browser
let scope: Scope
let site: PaintSite
let desk: Visit

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  scope = await readScope(await callerAs(product, 'street_officer'))
  site = findPaintSite(scope)
  desk = await visit(browser, product, { width: 1440, height: 900, motion: true })
})

afterAll(async () => {
  await desk?.close()
  await product?.stop()
})

const byTest = (page: Page, name: string) => page.locator(`[data-test=${name}]`)
const undo = (page: Page) => byTest(page, 'undo')

/** Households of a grid as the table in the drawer says. */
async function householdsOf(page: Page, grid: string): Promise<number> {
  const row = byTest(page, 'grid-table').locator('tr', { hasText: grid }).first()
  return Number((await row.locator('td').first().innerText()).replaceAll(',', ''))
}

async function chooseTarget(page: Page, grid: string): Promise<void> {
  await byTest(page, 'target').fill(grid)
  await page.locator('#redesign-target-list li', { hasText: grid }).first().click()
}

/** A drag with the button held, in steps as a hand makes them. */
async function drag(page: Page, points: { x: number; y: number }[]): Promise<void> {
  await page.mouse.move(points[0].x, points[0].y)
  await page.mouse.down()
  for (const point of points.slice(1)) await page.mouse.move(point.x, point.y, { steps: 6 })
  await page.mouse.up()
}

const around = ({ x, y }: { x: number; y: number }, r: number) => [
  { x: x - r, y: y - r }, { x: x + r, y: y - r }, { x: x + r, y: y + r }, { x: x - r, y: y + r }, { x: x - r, y: y - r },
]

/** A paint by a gesture on one cell of the site, and what it did. */
async function paintsWith(tool: string, cell: number, gesture: (page: Page, at: { x: number; y: number }) => Promise<void>) {
  const { page } = desk
  const button = page.locator(`[data-test=tool-${tool}]`)
  // Choosing the tool in hand again would put it down.
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
  const at = await screenOf(page, cellAt(scope, cell))
  await gesture(page, at)
  await expect.poll(() => undo(page).isEnabled()).toBe(true)
  await byTest(page, 'live-numbers').waitFor()
}

/** One finger drawn over the screen, in steps as a hand makes them. */
async function drawWithFinger(page: Page, points: { x: number; y: number }[]): Promise<void> {
  const STEPS = 6
  const client = await page.context().newCDPSession(page)
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [points[0]] })
  for (const [leg, to] of points.slice(1).entries()) {
    const from = points[leg]
    for (let step = 1; step <= STEPS; step++) {
      const at = { x: from.x + ((to.x - from.x) * step) / STEPS, y: from.y + ((to.y - from.y) * step) / STEPS }
      await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at] })
    }
  }
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await client.detach()
}

describe('the walk of a street officer', () => {
  it('signs in from the list of demo accounts and finds the street with its figures', async () => {
    const { page } = desk
    await page.goto('/')
    await page.locator('[data-role=street_officer]').click()
    await page.getByText('22,542').first().waitFor()
    await page.locator('[data-test=overview-map]').click()
    await page.getByText('74,286').first().waitFor()
    await mapDrawn(page)
  })

  it('finds a community by its initials, a household by its address, a command by its name', async () => {
    const { page } = desk
    const community = scope.communities[0]
    for (const [query, expected] of [[community.initials, community.name], [scope.buildings.addresses[0], scope.buildings.addresses[0]]]) {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').fill(query)
      await page.getByRole('option', { name: expected }).first().waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('combobox').waitFor({ state: 'hidden' })
    }
  })

  it('opens the plan in force as a draft', async () => {
    const { page } = desk
    await lookAt(page, 'redesign', cellAt(scope, site.cells[0]), 16.5)
    await byTest(page, 'open-draft').click()
    await byTest(page, 'draft-title').fill('端到端草案')
    await byTest(page, 'create-draft').click()
    await page.getByText('草案 1').first().waitFor()
    await chooseTarget(page, site.to)
    await mapDrawn(page)
  })

  it('paints with click, brush, rectangle and lasso while the numbers of both grids follow; undoes and redoes all', async () => {
    const { page } = desk
    const before = { from: await householdsOf(page, site.from), to: await householdsOf(page, site.to) }
    const [first] = site.cells
    const gestures: [string, (page: Page, at: { x: number; y: number }) => Promise<void>][] = [
      ['click', (p, at) => p.mouse.click(at.x, at.y)],
      ['brush', (p, at) => drag(p, [at, { x: at.x + 3, y: at.y + 3 }])],
      ['rectangle', (p, at) => drag(p, [{ x: at.x - 8, y: at.y - 8 }, { x: at.x + 8, y: at.y + 8 }])],
      ['lasso', (p, at) => drag(p, around(at, 9))],
    ]
    for (const [tool, gesture] of gestures) {
      await paintsWith(tool, first, gesture)
      const after = { from: await householdsOf(page, site.from), to: await householdsOf(page, site.to) }
      const moved = after.to - before.to
      expect(moved, tool).toBeGreaterThanOrEqual(scope.cellStats.households[first])
      expect(after.from, tool).toBe(before.from - moved)
      await page.keyboard.press('Control+z')
      await expect.poll(() => householdsOf(page, site.to), { message: tool }).toBe(before.to)
    }
    await byTest(page, 'redo').click()
    await expect.poll(() => householdsOf(page, site.to)).toBeGreaterThan(before.to)
    await page.keyboard.press('Control+z')
    await expect.poll(() => undo(page).isEnabled()).toBe(false)
  })

  it('counts land without a grid and finds it', async () => {
    const { page } = desk
    await byTest(page, 'erase').click()
    await paintsWith('click', site.cells[0], (p, at) => p.mouse.click(at.x, at.y))
    await expect.poll(() => byTest(page, 'unassigned').innerText()).toContain('1 个地块')
    await byTest(page, 'next-unassigned').click()
    await undo(page).click()
    await expect.poll(() => undo(page).isEnabled()).toBe(false)
    await lookAt(page, 'redesign', cellAt(scope, site.cells[0]), 16.5)
    await chooseTarget(page, site.to)
  })

  it('saves; a session that saved meanwhile leads to a named choice, and nothing is lost', async () => {
    const { page } = desk
    await paintsWith('click', site.cells[0], (p, at) => p.mouse.click(at.x, at.y))
    await byTest(page, 'save').click()
    await page.getByText('修订 1').first().waitFor()

    // A colleague moves another cell of the same draft by the interface, so that this page's revision is old.
    const colleague = await callerAs(product, 'street_officer')
    const { data: plan } = await colleague.from('plans').select('id').eq('status', 'draft').single()
    const other = site.cells.at(-1)!
    const [from, to] = [site.from, site.to].map((name) => scope.current.grids.find((grid) => grid.name === name)!.id)
    const delta = { cells: [{ cell: scope.land.cellIds[other], from, to }], grids: [] }
    const saved = await colleague.rpc('save_plan_draft', {
      p_plan: plan!.id, p_base_revision: 1, p_edits: [{ delta, note: { key: 'redesign.note.assign' } }],
    })
    expect(saved.error).toBeNull()

    const between = site.cells.find((cell) => cell !== site.cells[0] && cell !== other)!
    await paintsWith('click', between, (p, at) => p.mouse.click(at.x, at.y))
    await byTest(page, 'save').click()
    await byTest(page, 'conflict').waitFor()
    await byTest(page, 'rebase').click()
    await page.getByText('修订 3').first().waitFor()

    const { data: document } = await colleague.rpc('plan_document', { p_plan: plan!.id })
    const gridOf = (cell: number) => document.grids[document.cellGrid[document.cellIds.indexOf(scope.land.cellIds[cell])]]?.name
    for (const cell of [site.cells[0], other, between]) expect(gridOf(cell)).toBe(site.to)
  })

  it('publishes once reasons are given, and the new edition is in force', async () => {
    const { page } = desk
    await byTest(page, 'publish').click()
    await byTest(page, 'must-waive').waitFor()
    expect(await byTest(page, 'must-fix').count()).toBe(0)
    for (const group of await byTest(page, 'must-waive').locator('.group').all()) {
      await group.locator('[data-test=reason]').first().fill('分步调整，本次先改这两格')
      const same = group.locator('[data-test=same-reason]')
      if ((await same.count()) > 0) await same.click()
    }
    await byTest(page, 'publish-go').click()
    await page.getByText('第 2 版').first().waitFor()
    const renewed = await readScope(await callerAs(product, 'street_officer'))
    expect(renewed.current.number).toBe(2)
    const toIndex = renewed.current.grids.findIndex((grid) => grid.name === site.to)
    expect(renewed.current.cellGrid[renewed.land.cellIds.indexOf(scope.land.cellIds[site.cells[0]])]).toBe(toIndex)
    expect(desk.complaints).toEqual([])
  })

  it('shows the history, and a former edition on the map', async () => {
    const { page } = desk
    await page.goto('/#/redesign')
    await page.getByRole('tab', { name: /历史/ }).click()
    await byTest(page, 'history').locator('tr', { hasText: '第 1 版' }).locator('[data-test=view-edition]').last().click()
    await page.getByText(/第 1 版，只读/).first().waitFor()
  })

  it('paints with a finger on a phone: the lasso takes its cells, map and page stay where they are', async () => {
    const context = await browser.newContext({
      baseURL: product.server.url, locale: 'zh-CN', viewport: { width: 390, height: 844 }, hasTouch: true,
    })
    context.setDefaultTimeout(60_000)
    const page = await context.newPage()
    await signIn(page, product, 'street_officer')
    await page.goto(viewOf('redesign', cellAt(scope, site.cells[1]), 17))
    await byTest(page, 'open-draft').tap()
    await byTest(page, 'draft-title').fill('触屏草案')
    await byTest(page, 'create-draft').tap()
    await chooseTarget(page, site.from)
    await byTest(page, 'tool-lasso').tap()
    await page.locator('.bottom-nav button').tap()
    const before = await drawnView(page)
    await drawWithFinger(page, around(await screenOf(page, cellAt(scope, site.cells[1])), 40))
    await expect.poll(() => undo(page).isEnabled()).toBe(true)
    expect(await drawnView(page)).toEqual(before)
    expect(await page.evaluate(() => document.scrollingElement!.scrollTop)).toBe(0)
    await byTest(page, 'map-undo').tap()
    await expect.poll(() => undo(page).isEnabled()).toBe(false)
    await context.close()
  })

  it('shows the community secretary the new grids, and only the own community', async () => {
    const { page, close, complaints } = await visit(browser, product, { paints: false })
    await signIn(page, product, 'community_secretary')
    await mapDrawn(page)
    const seen = await readScope(await callerAs(product, 'community_secretary'))
    expect(seen.communities).toHaveLength(1)
    expect(seen.current.number).toBe(2)
    expect(await page.locator('body').innerText()).toContain(seen.communities[0].name)
    expect(await page.locator('body').innerText()).not.toContain('22,542')
    expect(complaints).toEqual([])
    await close()
  })
})
