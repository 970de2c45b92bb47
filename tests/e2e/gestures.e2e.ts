import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toLngLat } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { callerAs, cellAt, findPaintSite, mapDrawn, readScope, screenOf, type PaintSite } from './ground'
import { launchChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest, gridsInDraft, openDraft } from './paint-acts'

/** The gestures that paint cannot do, with a real pointer: dragging the border of two grids, reshaping the land itself. */
let product: Product
let browser: Browser
let scope: Scope
let site: PaintSite
let desk: Visit

beforeAll(async () => {
  product = await startProduct()
  browser = await launchChromium()
  scope = await readScope(await callerAs(product, 'street_officer'))
  site = findPaintSite(scope)
  desk = await visit(browser, product)
  await signIn(desk.page, product, 'street_officer')
  await openDraft(desk.page, scope, site, '拖边界')
})

afterAll(async () => {
  await desk?.close()
  await browser?.close()
  await product?.stop()
})

const isPossible = (page: Page, act: 'undo' | 'redo') => byTest(page, act).isEnabled()

/** The middle of the border between a cell of the site and the grid beside it. */
function borderBeside(cell: number): LngLat {
  const { land } = scope
  const { cellGrid, grids } = scope.current
  const slotTo = grids.findIndex((grid) => grid.name === site.to)
  const arc = land.arcLeft.findIndex((left, k) => {
    const right = land.arcRight[k]
    return (left === cell && cellGrid[right] === slotTo) || (right === cell && cellGrid[left] === slotTo)
  })
  const middle = (land.arcStart[arc] + land.arcStart[arc + 1]) >> 1
  const [x, y] = [0, 1].map((k) => (land.arcXY[2 * middle + k] + land.arcXY[2 * middle - 2 + k]) / 2)
  return toLngLat(land.frame, x, y)
}

describe('dragging a border', () => {
  it('lights up under the pointer, flips cells there and back, and is one step with the second click', async () => {
    const { page } = desk
    const [cell] = site.cells
    await byTest(page, 'group-border').click()
    const [border, inside] = [await screenOf(page, borderBeside(cell)), await screenOf(page, cellAt(scope, cell))]
    await page.mouse.move(border.x, border.y)
    await byTest(page, 'met-border').waitFor()
    expect(await byTest(page, 'met-border').innerText()).toContain(site.to)
    await page.mouse.click(border.x, border.y)
    await page.mouse.move(inside.x, inside.y, { steps: 4 })
    await byTest(page, 'live-numbers').first().waitFor()
    expect(await isPossible(page, 'undo')).toBe(false)
    await page.mouse.move(border.x, border.y, { steps: 4 })
    await byTest(page, 'live-numbers').first().waitFor({ state: 'detached' })
    await page.mouse.move(inside.x, inside.y, { steps: 4 })
    await page.keyboard.press('Escape')
    await page.mouse.click(border.x, border.y)
    await page.mouse.move(inside.x, inside.y, { steps: 4 })
    await page.mouse.click(inside.x, inside.y)
    await expect.poll(() => isPossible(page, 'undo')).toBe(true)
    await page.keyboard.press('Control+z')
    await expect.poll(() => isPossible(page, 'undo')).toBe(false)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => isPossible(page, 'undo')).toBe(true)
  })

  it('is saved, and shown the same when the page is loaded anew', async () => {
    const { page } = desk
    await page.keyboard.press('Control+s')
    await page.getByText('修订 1').first().waitFor()
    const client = await callerAs(product, 'street_officer')
    expect(await gridsInDraft(client, scope, [site.cells[0]])).toEqual([site.to])
    await page.reload()
    await page.getByText('修订 1').first().waitFor()
    await mapDrawn(page)
    expect(desk.complaints).toEqual([])
  })
})
