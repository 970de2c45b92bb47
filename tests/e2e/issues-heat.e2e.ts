import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LngLat } from '@/core/units'
import { decodeIssueScope, type IssueScopeJson } from '@/rooms/issues/decode-issue-scope'
import { makeHeatCells } from '@/rooms/issues/operations/heat-cells'
import { axeFindings } from './axe-findings'
import { callerAs, lookAt, mapDrawn, readScope, screenOf } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest } from './paint-acts'

const DAY_S = 86_400
const SIDE_M = 100

let product: Product
let browser: Browser
let opened: Visit

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
})

afterAll(async () => {
  await opened?.close()
  await product?.stop()
})

/** The hexagon with the most matters of the last 90 days, its slips and places within it. */
async function busiestCell() {
  const officer = await callerAs(product, 'street_officer')
  const scope = await readScope(officer)
  const { data, error } = await officer.rpc('issue_scope', { p_land: scope.landId })
  if (error) throw error
  const { issues, nowMs } = decodeIssueScope(data as unknown as IssueScopeJson, scope)
  const cells = makeHeatCells(scope, issues, SIDE_M)
  const fromS = nowMs / 1000 - 90 * DAY_S
  const slips = Array.from({ length: issues.count }, (_, slip) => slip).filter((slip) => issues.reportedS[slip] >= fromS && issues.duplicateOf[slip] === 0)
  const counts = new Int32Array(cells.count)
  for (const slip of slips) counts[cells.slipCell[slip]]++
  const cell = counts.indexOf(Math.max(...counts))
  const centre = cells.centre(cell)
  // The middle, and two rings about it: what lies at the edge is left out.
  const places = [centre, ...[0.3, 0.6].flatMap((share) => cells.ring(cell).slice(0, 6).map(([lng, lat]): LngLat => [centre[0] + share * (lng - centre[0]), centre[1] + share * (lat - centre[1])]))]
  return { centre, places, count: counts[cell] }
}

/** Colours of the page at places of the map, red, green and blue. */
async function coloursAt(page: Page, places: readonly LngLat[]): Promise<number[][]> {
  await mapDrawn(page)
  const points = await Promise.all(places.map((place) => screenOf(page, place)))
  const picture = (await page.screenshot()).toString('base64')
  return page.evaluate(
    async ([base64, at]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d', { willReadFrequently: true })!
      context.drawImage(image, 0, 0)
      return at.map(({ x, y }) => [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)])
    },
    [picture, points] as const,
  )
}

it('shows heat whose colours stay, plays through time, and hands out what is chosen on the map', async () => {
  const busy = await busiestCell()
  expect(busy.count).toBeGreaterThan(2)
  opened = await visit(browser, product)
  const { page } = opened
  await signIn(page, product, 'street_officer')
  await lookAt(page, 'issues', busy.centre, 16)
  await page.locator('#issues-panel-tab-heat').click()
  // Pins and outlines lie above the hexagons: what is read is the hexagon.
  await byTest(page, 'heat-pins').uncheck()
  await byTest(page, 'heat-outlines').uncheck()
  const legend = await byTest(page, 'legend-classes').innerText()
  const before = await coloursAt(page, busy.places)
  // The darkest class, not the land beneath.
  expect(before.filter(([red, green, blue]) => red + green + blue < 520).length).toBeGreaterThanOrEqual(9)

  const box = (await page.locator('.maplibregl-canvas').boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 90, box.y + box.height / 2 - 40, { steps: 4 })
  await page.mouse.up()
  const away = () => page.mouse.move(box.x + 4, box.y + 4)
  await away()
  const panned = await coloursAt(page, busy.places)
  await page.getByRole('button', { name: '放大' }).click()
  await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('[data-drawn=yes]')?.dataset.at?.split(',')[2]) > 16.9)
  const zoomed = await coloursAt(page, busy.places)
  await page.getByRole('button', { name: '缩小' }).click()
  await page.getByRole('button', { name: '缩小' }).click()
  await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('[data-drawn=yes]')?.dataset.at?.split(',')[2]) < 15.1)
  const far = await coloursAt(page, busy.places)
  for (const [name, colours] of Object.entries({ panned, zoomed, far })) {
    // A name or a border may lie over some places, in another width at another zoom; most show the hexagon and nothing else.
    const off = colours.map((colour, k) => Math.max(...colour.map((part, channel) => Math.abs(part - before[k][channel]))))
    expect(off.filter((most) => most <= 6).length, `${name}: ${off.join(' ')}`).toBeGreaterThanOrEqual(9)
  }
  expect(await byTest(page, 'legend-classes').innerText()).toBe(legend)

  // Time: a bar alone, then one more by the slider; the list follows, the classes do not.
  await page.locator('#issues-drawer-tab-time').click()
  const bars = byTest(page, 'time-bar')
  await bars.first().waitFor()
  const weeks = await bars.count()
  const last = Number(/：(\d+) 件/.exec((await bars.last().getAttribute('aria-label')) ?? '')?.[1])
  await bars.last().click()
  await page.locator('#issues-drawer-tab-ledger').click()
  expect(await byTest(page, 'ledger-sum').innerText()).toMatch(new RegExp(`(^|\\D)${last} 件`))
  expect(await byTest(page, 'legend-classes').innerText()).toBe(legend)
  await page.locator('#issues-drawer-tab-time').click()
  await byTest(page, 'time-from').press('ArrowLeft')
  expect(await byTest(page, 'time-from').getAttribute('aria-valuenow')).toBe(String(weeks - 2))
  await byTest(page, 'time-from').press('Home')
  expect(await axeFindings(page)).toEqual([])

  // A hexagon's slips are the list, and go out as files with a watermark.
  await byTest(page, 'tool-cells').click()
  const middle = await screenOf(page, busy.centre)
  await page.mouse.click(middle.x, middle.y)
  expect(await byTest(page, 'map-chosen').innerText()).toBe(`已选 ${busy.count} 件`)
  await byTest(page, 'chosen-export').click()
  await byTest(page, 'chosen-geojson').click()
  expect(await byTest(page, 'chosen-form').innerText()).toContain('写明用途')
  await byTest(page, 'chosen-reason').fill('网格例会研判')
  const [download] = await Promise.all([page.waitForEvent('download'), byTest(page, 'chosen-geojson').click()])
  const written = JSON.parse(await readFile((await download.path())!, 'utf8')) as GeoJSON.FeatureCollection & { export: { watermark: string; rows: number } }
  expect([written.features.length, written.export.rows]).toEqual([busy.count, busy.count])
  expect(written.export.watermark).toContain('街道')
  expect(Object.keys(written.features[0].properties ?? {})).not.toContain('reporter')
  await byTest(page, 'chosen-clear').click()
  await byTest(page, 'map-chosen').waitFor({ state: 'detached' })
  expect(opened.complaints).toEqual([])
}, 120_000)
