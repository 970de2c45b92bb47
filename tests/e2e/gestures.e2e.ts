import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toLngLat } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { callerAs, cellAt, findPaintSite, lookAt, mapDrawn, readScope, screenOf, type PaintSite } from './ground'
import { findReshapeSites, type ReshapeSites } from './reshape-sites'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest, gridsInDraft, openDraft } from './paint-acts'

/** The gestures that paint cannot do, with a real pointer: dragging the border of two grids, reshaping the land itself. */
let product: Product
let browser: Browser
let scope: Scope
let site: PaintSite
let sites: ReshapeSites
let desk: Visit

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  scope = await readScope(await callerAs(product, 'street_officer'))
  site = findPaintSite(scope)
  sites = findReshapeSites(scope, site.cells)
  desk = await visit(browser, product, { paints: false })
  await signIn(desk.page, product, 'street_officer')
  await openDraft(desk.page, scope, site, '拖边界')
})

afterAll(async () => {
  await desk?.close()
  await product?.stop()
})

/** The gesture made one step, which undo takes back and redo brings again. */
async function takenAndUndone(page: Page, tool: string): Promise<void> {
  const before = steps++
  await expect.poll(() => stepsOf(page), { message: tool }).toBe(before + 1)
  await page.keyboard.press('Control+z')
  await expect.poll(() => stepsOf(page), { message: tool }).toBe(before)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => stepsOf(page), { message: tool }).toBe(before + 1)
}
/** Edits of the draft that are not saved, as the page says. */
const stepsOf = async (page: Page): Promise<number> => Number((await page.locator('body').innerText()).match(/(\d+) 笔未保存/)?.[1] ?? 0)
let steps = 0

/** The map on the middle between two places. */
const look = (page: Page, a: LngLat, b: LngLat): Promise<void> => lookAt(page, 'redesign', [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], 16.5)

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
    await takenAndUndone(page, 'border')
  })
})

describe('reshaping land', () => {
  it('moves a point with the cells beside it', async () => {
    const { page } = desk
    await byTest(page, 'group-reshape').click()
    const { from, to } = sites.point
    await look(page, from, to)
    const [at, goal] = [await screenOf(page, from), await screenOf(page, to)]
    await page.keyboard.down('Control')
    await page.mouse.move(at.x, at.y)
    await page.mouse.down()
    await page.mouse.move(goal.x, goal.y, { steps: 4 })
    await page.mouse.up()
    await page.keyboard.up('Control')
    await takenAndUndone(page, 'points')
  })

  it('cuts a cell by a drawn line', async () => {
    const { page } = desk
    await look(page, ...sites.cut)
    await byTest(page, 'tool-cut').click()
    const [start, end] = [await screenOf(page, sites.cut[0]), await screenOf(page, sites.cut[1])]
    await page.mouse.click(start.x, start.y)
    await page.mouse.move(end.x, end.y, { steps: 3 })
    await page.mouse.dblclick(end.x, end.y)
    await takenAndUndone(page, 'cut')
  })

  it('merges two cells', async () => {
    const { page } = desk
    await look(page, cellAt(scope, sites.merge[0]), cellAt(scope, sites.merge[1]))
    await byTest(page, 'tool-merge').click()
    for (const cell of sites.merge) {
      const at = await screenOf(page, cellAt(scope, cell))
      await page.mouse.click(at.x, at.y)
    }
    await byTest(page, 'gesture-done').click()
    await takenAndUndone(page, 'merge')
  })

  it('traces a border along another way', async () => {
    const { page } = desk
    await look(page, sites.trace.from, sites.trace.to)
    await byTest(page, 'tool-trace').click()
    const places = [sites.trace.from, sites.trace.over, sites.trace.to]
    for (const [k, place] of places.entries()) {
      const at = await screenOf(page, place)
      // Not the second click of two on one place, and straight: no street leads over it.
      await page.mouse.move(at.x + 30, at.y)
      if (k === 1) await page.keyboard.down('Shift')
      await page.mouse.move(at.x, at.y)
      await page.mouse.down()
      await page.mouse.up()
    }
    await page.keyboard.up('Shift')
    await takenAndUndone(page, 'trace')
  })

  it('parts a grid by a line', async () => {
    const { page } = desk
    await look(page, ...sites.split)
    await byTest(page, 'tool-split').click()
    const [start, end] = [await screenOf(page, sites.split[0]), await screenOf(page, sites.split[1])]
    await page.mouse.click(start.x, start.y)
    await page.mouse.move(end.x, end.y, { steps: 3 })
    await page.mouse.dblclick(end.x, end.y)
    await takenAndUndone(page, 'split')
  })
})

describe('all of it', () => {
  it('is saved, and shown the same when the page is loaded anew', async () => {
    const { page } = desk
    await page.keyboard.press('Control+s')
    await page.getByText('修订 1').first().waitFor()
    const client = await callerAs(product, 'street_officer')
    expect(await gridsInDraft(client, scope, [site.cells[0]])).toEqual([site.to])
    const { data: plan } = await client.from('plans').select('id').eq('status', 'draft').single()
    const { data: saved } = await client.rpc('plan_document', { p_plan: plan!.id })
    expect(saved.land.after.cells.length).toBeGreaterThan(0)
    const shown = await page.locator('.redesign').innerText()
    await page.reload()
    await page.getByText('修订 1').first().waitFor()
    await mapDrawn(page)
    const heading = (text: string) => text.match(/\d+ 个网格/)?.[0]
    expect(heading(await page.locator('.redesign').innerText())).toBe(heading(shown))
    expect(heading(shown)).toBe(`${scope.current.grids.length + 1} 个网格`)
    expect(desk.complaints).toEqual([])
  })
})
