import { existsSync, readFileSync } from 'node:fs'
import gcoord from 'gcoord'
import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import { dryRunJob } from '@/rooms/data-exchange/jobs/dry-run/dry-run-job'
import { inspectJob } from '@/rooms/data-exchange/jobs/inspect/inspect-job'
import { DEFAULT_HOUSEHOLD_RULE } from '@/rooms/data-exchange/model'
import type { BoundaryChoice, CoordinateSystem, FileChoice, ImportOptions, Pair } from '@/rooms/data-exchange/model'
import { packChunks } from '@/rooms/data-exchange/operations/pack-chunks'
import type { DryRun } from '@/rooms/data-exchange/prepared-import'
import type { SourceFile } from '@/rooms/data-exchange/readers/read-file'
import { collection, feature, fileOf, polygon, square, town } from '../../../fixtures/import/make-files'

const control = { onProgress() {} }
const WORDS = { community: 'Community {n}', compound: 'Yard {n}', room: 'estimated {n}' }
const PLACE = { lng: 117.6, lat: 36.2 }

async function run(
  files: readonly SourceFile[],
  systems: readonly (CoordinateSystem | null)[] = files.map(() => 'wgs84'),
  part: Partial<ImportOptions> = {},
  choices: readonly Partial<FileChoice>[] = [],
): Promise<DryRun> {
  const summaries = await Promise.all(files.map((file) => inspectJob(file, control)))
  const boundary: BoundaryChoice = { kind: 'extent', paddingM: 50 }
  return dryRunJob(
    {
      files,
      options: {
        files: summaries.map(({ mapping }, k) => ({ system: systems[k], layer: null, mapping, ...choices[k] })),
        boundary,
        households: DEFAULT_HOUSEHOLD_RULE,
        communityKind: 'urban',
        street: { code: '370116901000', name: 'Test street' },
        districtBounds: null,
        limits: { lower: 300, upper: 500, target: 400 },
        words: WORDS,
        ...part,
      },
    },
    control,
  )
}

const codesOf = (result: DryRun, severity?: string) =>
  [...new Set(result.findings.filter((item) => severity === undefined || item.severity === severity).map((item) => item.code))]

const { buildings, streets } = town(PLACE.lng, PLACE.lat, 8)
const townFiles = () => [fileOf('buildings.geojson', buildings), fileOf('streets.geojson', streets)]
/** The dry run of that town, which several tests look at. */
const wholeTown = run(townFiles())

describe('a dry run of a made-up town', () => {
  it('gives communities, cells and grids that hold every building and household', async () => {
    const result = await wholeTown
    const prepared = result.prepared!
    expect(result.figures!.buildings).toBe(8 * 8 * 9)
    // 24 m × 24 m × 6 floors / 110 m² = 31.4
    const each = prepared.buildings[0].households
    expect(each).toBeGreaterThanOrEqual(31)
    expect(each).toBeLessThanOrEqual(32)
    expect(result.figures!.households).toBe(prepared.buildings.reduce((sum, building) => sum + building.households, 0))
    expect(prepared.cellGrid.every((grid) => grid >= 0 && grid < prepared.grids.length)).toBe(true)
    prepared.cellGrid.forEach((grid, cell) => expect(prepared.grids[grid].community).toBe(prepared.land.cellCommunity[cell]))
    expect(result.figures!.gridsInBand / result.figures!.grids).toBeGreaterThan(0.9)
    expect(new Set(prepared.grids.map((grid) => grid.code)).size).toBe(prepared.grids.length)
    expect(prepared.communities.every((community) => /^370116901\d{3}$/.test(community.code))).toBe(true)
    expect(codesOf(result)).toEqual(expect.arrayContaining(['households_derived', 'communities_generated', 'boundary_drawn']))
    expect(codesOf(result, 'blocker')).toEqual([])
  })

  it('says households are estimates in each address, and residents add up', async () => {
    const { prepared, figures } = await wholeTown
    const chunks = [...packChunks(prepared!, DEFAULT_HOUSEHOLD_RULE, WORDS)]
    const rows = (kind: string) => chunks.filter((chunk) => chunk.kind === kind).flatMap((chunk) => chunk.rows)
    expect(rows('households')).toHaveLength(figures!.households)
    expect(rows('households').every((row) => String(row['address']).includes('estimated'))).toBe(true)
    expect(rows('households').reduce((sum, row) => sum + Number(row['residentCount']), 0)).toBe(figures!.residents)
    expect(rows('gridCells')).toHaveLength(figures!.cells)
    expect(rows('buildings')).toHaveLength(figures!.buildings)
    expect(chunks[chunks.length - 1].done).toBe(1)
    expect(Math.max(...chunks.map((chunk) => JSON.stringify(chunk.rows).length))).toBeLessThan(1_000_000)
  })

  it('is the same town whatever system it came in', async () => {
    const plain = await wholeTown
    const moved = (move: (pair: Pair) => Pair) => (file: string) => {
      const parsed = JSON.parse(file) as { features: { geometry: { coordinates: unknown } }[] }
      const walk = (value: unknown): unknown => (typeof (value as unknown[])[0] === 'number' ? move(value as Pair) : (value as unknown[]).map(walk))
      for (const item of parsed.features) item.geometry.coordinates = walk(item.geometry.coordinates)
      return collection(parsed.features)
    }
    const gauss = '+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=39500000 +y_0=0 +ellps=GRS80 +units=m +no_defs'
    const cases: [CoordinateSystem, (pair: Pair) => Pair][] = [
      ['gcj02', (pair) => gcoord.transform([...pair] as Pair, gcoord.WGS84, gcoord.GCJ02)],
      ['bd09', (pair) => gcoord.transform([...pair] as Pair, gcoord.WGS84, gcoord.BD09)],
      ['epsg:4527', (pair) => proj4('WGS84', gauss, [...pair]) as Pair],
      // As surveyors write it: northing first.
      ['epsg:4527', (pair) => (proj4('WGS84', gauss, [...pair]) as Pair).reverse() as Pair],
    ]
    for (const [system, move] of cases) {
      const result = await run([fileOf('b.geojson', moved(move)(buildings)), fileOf('s.geojson', moved(move)(streets))], [system, system])
      expect(result.figures?.buildings).toBe(plain.figures!.buildings)
      const [a, b] = [plain.prepared!.buildings[0].at, result.prepared!.buildings[0].at]
      expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThan(5e-6)
      expect(result.report.files[0].sample!.wgs84[0]).toBeCloseTo(plain.report.files[0].sample!.wgs84[0], 5)
    }
  })
})

describe('what stops an import, and in which words', () => {
  it.each<[string, () => Promise<DryRun>, string]>([
    ['no system chosen', () => run(townFiles(), ['wgs84', null]), 'system_not_chosen'],
    ['degrees read as metres', () => run(townFiles(), ['epsg:4548', 'wgs84']), 'degrees_not_metres'],
    ['metres read as degrees', () => run([fileOf('b.geojson', collection([feature(polygon([[5e5, 4e6], [5.0001e5, 4e6], [5.0001e5, 4.00001e6], [5e5, 4e6]]), { building: 'yes' })]))]), 'metres_not_degrees'],
    ['no buildings', () => run([fileOf('streets.geojson', streets)]), 'no_buildings'],
    ['streets of another town', () => run([fileOf('b.geojson', buildings), fileOf('streets.geojson', town(118.6, 36.2, 3).streets)]), 'layers_apart'],
    ['a truncated file', () => run([fileOf('b.geojson', buildings.slice(0, -2_000)), fileOf('s.geojson', streets)]), 'file_truncated'],
  ])('%s', async (_what, act, code) => {
    const result = await act()
    expect(codesOf(result, 'blocker')).toContain(code)
    expect(result.prepared).toBeNull()
  })

  const boundaryFile = (lng: number, lat: number, sizeM: number, properties: Record<string, unknown> = {}) =>
    fileOf('boundary.geojson', collection([feature(polygon(square(lng, lat, sizeM)), { name: 'North', adcode: 370116, ...properties })]))

  it('a boundary that misses the buildings: how far and where they lie', async () => {
    const result = await run([...townFiles(), boundaryFile(117.6, 36.3, 2_000)], undefined, { boundary: { kind: 'polygon', file: 2, row: 2 } })
    const finding = result.findings.find((item) => item.code === 'boundary_misses_buildings')!
    expect(finding).toMatchObject({ severity: 'blocker', row: 2, file: 2 })
    expect(finding.values).toMatchObject({ inside: 0, name: 'North', bearing: 's' })
    // Middles: 36.3 + 1,000 m against 36.2 + 480 m: 11.6 km.
    expect(finding.values['km']).toBeCloseTo(11.6, 0)
  })

  it('a boundary that cuts some off: those buildings by row', async () => {
    const result = await run([...townFiles(), boundaryFile(117.599, 36.199, 900)], undefined, { boundary: { kind: 'polygon', file: 2, row: 2 } })
    expect(codesOf(result)).toEqual(expect.arrayContaining(['boundary_leaves_out', 'building_outside']))
    const outside = result.findings.filter((item) => item.code === 'building_outside')
    expect(outside.length).toBe(result.figures!.leftOut)
    expect(outside.every((item) => item.row !== null && item.at !== undefined)).toBe(true)
    expect(result.figures!.buildings + result.figures!.leftOut).toBe(8 * 8 * 9)
  })

  it('a boundary that crosses itself is refused with the place of the crossing', async () => {
    const [a, b, c, d] = square(117.599, 36.199, 1_500)
    const bowTie = fileOf('boundary.geojson', collection([feature(polygon([a, b, d, c, a]), { name: 'N', adcode: 370116 })]))
    const result = await run([...townFiles(), bowTie], undefined, { boundary: { kind: 'polygon', file: 2, row: 2 } })
    expect(codesOf(result)).toEqual(expect.arrayContaining(['ring_self_crossing', 'boundary_missing']))
    expect(result.findings.find((item) => item.code === 'ring_self_crossing')?.at?.[0]).toBeCloseTo(117.6073, 2)
    expect(result.prepared).toBeNull()
  })

  it('communities whose codes come twice', async () => {
    const half = (from: number, code: string, name: string) =>
      feature(polygon([[from, 36.199], [from + 0.006, 36.199], [from + 0.006, 36.21], [from, 36.21], [from, 36.199]]), { name, code })
    const communities = (second: string) =>
      fileOf('communities.geojson', collection([half(117.599, '370116001001', 'West'), half(117.605, second, 'East')]))
    const twice = await run([...townFiles(), communities('370116001001')])
    expect(twice.findings.find((item) => item.code === 'duplicate_code')).toMatchObject({ severity: 'blocker', row: 3, values: { other: 2 } })
    expect(twice.prepared).toBeNull()
    const right = await run([...townFiles(), communities('370116001002')])
    expect(right.prepared?.communities.map(({ code, name }) => [code, name])).toEqual([['370116001001', 'West'], ['370116001002', 'East']])
    expect(codesOf(right)).not.toContain('communities_generated')
  })

  it('names of a table give communities their codes', async () => {
    const area = fileOf('communities.geojson', collection([feature(polygon(square(117.598, 36.198, 1_600)), { name: '东升社区' })]))
    const table = fileOf('villages.csv', 'code,name\n370116001001,东升社区居民委员会\n')
    const result = await run([...townFiles(), area, table], undefined, {}, [{}, {}, { layer: 'community' }])
    expect(result.prepared?.communities[0]).toMatchObject({ code: '370116001001', name: '东升社区', initials: 'dssq' })
  })

  it('a layer read in the wrong system is betrayed by streets through houses, and the cure is named', async () => {
    const shifted = JSON.parse(streets) as { features: { geometry: { coordinates: Pair[] } }[] }
    for (const item of shifted.features) {
      item.geometry.coordinates = item.geometry.coordinates.flatMap((pair, k, all) => {
        // Points every few metres, as real lines have.
        const next = all[k + 1]
        if (next === undefined) return [gcoord.transform(pair, gcoord.WGS84, gcoord.GCJ02)]
        return Array.from({ length: 40 }, (_, n): Pair =>
          gcoord.transform([pair[0] + ((next[0] - pair[0]) * n) / 40, pair[1] + ((next[1] - pair[1]) * n) / 40], gcoord.WGS84, gcoord.GCJ02))
      })
    }
    const result = await run([fileOf('b.geojson', buildings), fileOf('s.geojson', collection(shifted.features))])
    const finding = result.findings.find((item) => item.code === 'streets_shifted')
    expect(finding?.values).toMatchObject({ layer: 'street', system: 'gcj02' })
  })

  it('a house drawn twice, one whose ring is open, one crossing itself: by row, mended or left out', async () => {
    const parsed = (JSON.parse(buildings) as { features: { properties: Record<string, unknown>; geometry: { coordinates: Pair[][] } }[] }).features
    const [first, second, third] = parsed
    second.geometry.coordinates[0].pop()
    const [a, b, c, d] = third.geometry.coordinates[0]
    third.geometry.coordinates = [[a, b, d, c, a]]
    const twin = { ...first, properties: { ...first.properties, id: 'twin' } }
    const result = await run([fileOf('b.geojson', collection([...parsed, twin])), fileOf('s.geojson', streets)])
    expect(result.findings.filter((item) => ['ring_unclosed', 'ring_self_crossing_split', 'duplicate_outline'].includes(item.code)).map(({ code, row, severity }) => ({ code, row, severity }))).toEqual([
      { code: 'ring_unclosed', row: 3, severity: 'warning' },
      { code: 'ring_self_crossing_split', row: 4, severity: 'warning' },
      { code: 'duplicate_outline', row: parsed.length + 2, severity: 'error' },
    ])
    expect(result.prepared?.buildings).toHaveLength(parsed.length)
    expect(result.prepared?.buildings[2].needsReview).toBe('ring_self_crossing_split')
  })
})

const DATA = '../shared/data'
describe.runIf(existsSync(`${DATA}/osm`))('real land', () => {
  const real = (path: string) => fileOf(path.split('/').pop()!, new Uint8Array(readFileSync(`${DATA}/${path}`)))

  it('Tsinghua, from files to grids', async () => {
    const result = await run([real('osm/tsinghua_buildings.geojson'), real('osm/tsinghua_roads.geojson')])
    expect(codesOf(result, 'blocker')).toEqual([])
    expect(result.figures!.buildings).toBeGreaterThanOrEqual(620)
    expect(result.figures!.communities).toBeGreaterThan(3)
    expect(result.prepared!.buildings.some((building) => building.name === '李兆基科技大楼')).toBe(true)
    expect(result.prepared!.streets.find((street) => street.name === '清华路')?.initials).toBe('qhl')
  }, 120_000)

  it('the district of Laiwu is drawn in GCJ-02: recognised, converted, and missing buildings told', async () => {
    const county = real('admin/county_370116.json')
    const summary = await inspectJob(county, control)
    expect(summary).toMatchObject({ suggestedSystem: 'gcj02', suggestedBecause: 'datav', layers: { boundary: 1 } })
    const laiwu = town(117.66, 36.2, 4)
    const files = [fileOf('b.geojson', laiwu.buildings), fileOf('s.geojson', laiwu.streets), county]
    const unsaid = await run(files, ['wgs84', 'wgs84', 'wgs84'], { boundary: { kind: 'polygon', file: 2, row: 1 } })
    expect(codesOf(unsaid)).toContain('system_suspected_gcj02')
    const far = await run([real('osm/tsinghua_buildings.geojson'), county], ['wgs84', 'gcj02'], { boundary: { kind: 'polygon', file: 1, row: 1 } })
    expect(far.findings.find((item) => item.code === 'boundary_misses_buildings')?.values).toMatchObject({ inside: 0, bearing: 'n' })
  }, 120_000)
})
