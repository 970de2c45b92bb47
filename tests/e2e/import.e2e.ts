import type { SupabaseClient } from '@supabase/supabase-js'
import { existsSync, readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collection, feature, polygon, square, town } from '../fixtures/import/make-files'
import { callerAs, findPaintSite, readScope } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { choose, store, tryDry, upload, type Upload } from './import-acts'
import { byTest, gridsInDraft, openDraft, paintCell } from './paint-acts'

/** A district administrator brings land in from files: real land where it is at hand, else a town made up. */
let product: Product
let browser: Browser
let caller: SupabaseClient
let desk: Visit

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  caller = await callerAs(product, 'district_admin')
  desk = await visit(browser, product, { paints: false })
  await signIn(desk.page, product, 'district_admin')
})

afterAll(async () => {
  await desk?.close()
  await product?.stop()
})

/** Buildings and streets of a university quarter from OpenStreetMap, or a town of 16 blocks. */
function landFiles(): Upload[] {
  const real = ['tsinghua_buildings.geojson', 'tsinghua_roads.geojson'].map((name) => `../shared/data/osm/${name}`)
  if (real.every((path) => existsSync(path))) return real.map((path) => upload(path.split('/').at(-1)!, readFileSync(path)))
  console.log('no real land at hand: importing a town made up')
  const { buildings, streets } = town(117.12, 36.16, 4)
  return [upload('buildings.geojson', buildings), upload('streets.geojson', streets)]
}

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['lands', 'org_units', 'cells', 'buildings', 'grid_editions']) {
    const { count, error } = await caller.from(table).select('*', { count: 'exact', head: true })
    if (error) throw error
    counts[table] = count!
  }
  return counts
}

describe('importing land', () => {
  it('tells the row and the remedy of a polygon that crosses itself and of a file cut short, and stores nothing', async () => {
    const { page } = desk
    const before = await countRows()
    const [west, south] = [117.12, 36.16]
    const { buildings, streets } = town(west, south, 2)
    const bowTie: [number, number][] = [[west, south], [west + 0.001, south + 0.001], [west + 0.001, south], [west, south + 0.001], [west, south]]
    const crossing = collection([
      feature(polygon(square(west + 0.0002, south - 0.0005, 30)), { building: 'yes' }),
      feature(polygon(bowTie), { building: 'yes' }),
    ])
    const texts = { 'buildings.geojson': buildings, 'streets.geojson': streets, 'crossing.geojson': crossing, 'cut-short.geojson': buildings.slice(0, buildings.length / 2) }
    await choose(page, Object.entries(texts).map(([name, text]) => upload(name, text)))

    const rows = byTest(page, 'findings-table').locator('tbody tr')
    const ofShort = rows.filter({ hasText: 'cut-short.geojson' }).filter({ hasText: '没有写完就断了' })
    expect(await ofShort.first().innerText()).toContain('重新下载或导出')
    await page.locator('.exchange .file.failed', { hasText: 'cut-short.geojson' }).waitFor()

    await tryDry(page, '未入库街道')
    const ofCrossing = rows.filter({ hasText: 'crossing.geojson' }).filter({ hasText: '自相交' })
    // The second feature, on the third line of its file.
    expect(await ofCrossing.first().locator('td').nth(2).innerText()).toBe('3')
    expect(await ofCrossing.first().innerText()).toContain('到现场或影像上核对楼栋轮廓')
    expect(await countRows()).toEqual(before)
  })

  it('says the system, tries it dry with its findings, stores, and a draft on the new land is painted and saved', async () => {
    const { page } = desk
    const before = await countRows()
    await page.reload()
    await choose(page, landFiles())
    const figures = await tryDry(page, '导入街道')
    expect(await byTest(page, 'verdict').innerText()).toBe('没有必须先处理的问题')
    expect(await byTest(page, 'findings-table').locator('tbody tr').count()).toBeGreaterThan(0)
    expect(await countRows(), 'a dry run stores nothing').toEqual(before)

    await store(page)
    const after = await countRows()
    expect(after.lands - before.lands).toBe(1)
    expect(after.grid_editions - before.grid_editions).toBe(1)
    expect(after.cells - before.cells).toBe(figures['地块'])
    expect(after.buildings - before.buildings).toBe(figures['楼栋'])
    // The street, and its communities below it.
    expect(after.org_units - before.org_units).toBe(1 + figures['社区'])

    const { data: lands } = await caller.from('lands').select('id').order('id', { ascending: false }).limit(1)
    const scope = await readScope(caller, lands![0].id as number)
    const site = findPaintSite(scope)
    await byTest(page, 'redraw').click()
    await openDraft(page, scope, site, '新辖区草案')
    await paintCell(page, scope, site.cells[0])
    await byTest(page, 'save').click()
    await page.getByText('修订 1').first().waitFor()
    expect(await gridsInDraft(caller, scope, [site.cells[0]])).toEqual([site.to])
    expect(desk.complaints).toEqual([])
  })
})
