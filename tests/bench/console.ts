import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { callerAs, findPaintSite, readScope } from '../e2e/ground'
import { launchChromium, signIn, startProduct, visit } from '../e2e/harness'
import { choose, store, tryDry, upload, type Upload } from '../e2e/import-acts'
import { byTest, gridsInDraft, openDraft, paintCell } from '../e2e/paint-acts'
import { benchRow, type BenchContext, type Row } from './row'

/**
 * Suite `console`: a whole principality brought in through the console in Chromium, from choosing its files to the first
 * draft painted and saved, against the product as `npm start` serves it. `size` is the buildings in the file, `ms` the
 * time of each step as the person at the page waits for it.
 */
export default async function benchConsole({ instancesDir, say }: BenchContext): Promise<Row[]> {
  const files = monacoFiles(`${instancesDir ?? '../shared/data'}/osm`)
  if (!files) {
    say('monaco: no instance at hand')
    return []
  }
  const product = await startProduct()
  const browser = await launchChromium()
  try {
    const { page } = await visit(browser, product)
    await signIn(page, product, 'district_admin')
    const rows: Row[] = []
    const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
      const begun = performance.now()
      const answer = await act()
      const ms = performance.now() - begun
      say(`${name}: ${(ms / 1000).toFixed(1)} s`)
      rows.push(benchRow({ suite: 'console', instance: `monaco: ${name}`, size: files.buildings, ms }))
      return answer
    }
    await step('files read', () => choose(page, files.uploads))
    await step('tried dry', () => tryDry(page, '摩纳哥'))
    await step('stored', () => store(page))
    const caller = await callerAs(product, 'district_admin')
    const { data: lands } = await caller.from('lands').select('id').order('id', { ascending: false }).limit(1)
    const scope = await readScope(caller, lands![0].id as number)
    const site = findPaintSite(scope)
    await step('draft opened on its map', async () => {
      await byTest(page, 'redraw').click()
      await openDraft(page, scope, site, '第一份草案')
    })
    await step('painted and saved', async () => {
      await paintCell(page, scope, site.cells[0])
      await byTest(page, 'save').click()
      await page.getByText('修订 1').first().waitFor()
    })
    const [grid] = await gridsInDraft(caller, scope, [site.cells[0]])
    if (grid !== site.to) throw new Error(`expected the painted cell in ${site.to}, got ${grid}`)
    const ms = rows.reduce((sum, row) => sum + row.ms!, 0)
    rows.push(benchRow({ suite: 'console', instance: 'monaco: files to first draft, cells', size: files.buildings, value: scope.land.cellIds.length, ms }))
    return rows
  } finally {
    await browser.close()
    await product.stop()
  }
}

/** Buildings and streets of Monaco as two collections of GeoJSON. */
function monacoFiles(folder: string): { uploads: Upload[]; buildings: number } | null {
  const lines = ['monaco_buildings', 'monaco_roads'].map((name) => {
    const path = `${folder}/${name}.geojsonl.gz`
    return existsSync(path) ? gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n') : null
  })
  const [buildings, roads] = lines
  if (!buildings || !roads) return null
  const collection = (features: string[]) => `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}`
  return {
    uploads: [upload('monaco_buildings.geojson', collection(buildings)), upload('monaco_roads.geojson', collection(roads))],
    buildings: buildings.length,
  }
}
