import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { strToU8 } from 'fflate'
import { readFile } from '@/rooms/data-exchange/readers/read-file'
import type { SourceFile } from '@/rooms/data-exchange/readers/read-file'
import { collection, feature, fileOf, gzip, osmPbf, polygon, shapefileZip, square } from '../../../fixtures/import/make-files'

const watch = { progress() {}, async breathe() {} }
const read = (file: SourceFile) => readFile(file, 0, watch)
const shown = (outcome: Awaited<ReturnType<typeof read>>) => outcome.findings.map(({ code, severity, row }) => ({ code, severity, row }))

const house = (k: number) => feature(polygon(square(117.6 + k * 1e-3, 36.2, 20)), { building: 'house', id: k })
/** 凤城街道 in GBK. */
const FENGCHENG_GBK = new Uint8Array([0xb7, 0xef, 0xb3, 0xc7, 0xbd, 0xd6, 0xb5, 0xc0])

describe('reading GeoJSON', () => {
  it('reads a collection with rows that are lines', async () => {
    const outcome = await read(fileOf('town.geojson', collection([house(1), house(2)])))
    expect(outcome.kind).toBe('geojson')
    expect(outcome.features.map((item) => [item.row, item.sourceId])).toEqual([[2, '1'], [3, '2']])
    expect(outcome.findings).toEqual([])
  })

  it('reads lines, plain and packed, whatever the file is called', async () => {
    const text = [house(1), house(2), house(3)].map((item) => JSON.stringify(item)).join('\n')
    expect((await read(fileOf('a.geojsonl', text))).features).toHaveLength(3)
    expect((await read(fileOf('a.geojsonl.gz', gzip(text)))).features).toHaveLength(3)
    expect((await read(fileOf('a.json', text))).kind).toBe('geojson_lines')
  })

  it('names the line of a broken feature and keeps the others', async () => {
    const text = collection([house(1), house(2), house(3)]).replace('"id":2', '"id":NaN')
    const outcome = await read(fileOf('a.geojson', text))
    expect(outcome.features).toHaveLength(2)
    expect(shown(outcome)).toEqual([{ code: 'json_invalid', severity: 'error', row: 3 }])
  })

  it('yields what stands before the cut of a truncated file, and says it is cut', async () => {
    const text = collection([house(1), house(2), house(3)])
    const outcome = await read(fileOf('a.geojson', text.slice(0, text.length - 60)))
    expect(outcome.features).toHaveLength(2)
    expect(shown(outcome)).toEqual([{ code: 'file_truncated', severity: 'blocker', row: 4 }])
  })

  it('refuses positions that are no numbers, unknown geometry, and none, by row', async () => {
    const outcome = await read(
      fileOf(
        'a.geojson',
        collection([
          feature({ type: 'Polygon', coordinates: [[['117.1', '36.2'], [117, 36]]] }),
          feature({ type: 'CircularString', coordinates: [] }),
          feature(null),
          feature({ type: 'Polygon', coordinates: [] }),
          house(9),
        ]),
      ),
    )
    expect(shown(outcome)).toEqual([
      { code: 'coordinates_invalid', severity: 'error', row: 2 },
      { code: 'geometry_unknown', severity: 'error', row: 3 },
      { code: 'geometry_missing', severity: 'error', row: 4 },
      { code: 'geometry_missing', severity: 'error', row: 5 },
    ])
    expect(outcome.features).toHaveLength(1)
  })

  it('names ids that come twice with the first row', async () => {
    const outcome = await read(fileOf('a.geojson', collection([house(1), house(2), house(1)])))
    expect(outcome.findings[0]).toMatchObject({ code: 'duplicate_id', row: 4, values: { id: '1', other: 2 } })
  })

  it('is not misled by brackets and quotes inside texts', async () => {
    const odd = feature(polygon(square(117.6, 36.2, 20)), { name: 'a ] } " \\ {[ \n "features":[', building: 'yes' })
    const outcome = await read(fileOf('a.geojson', collection([odd, house(2)])))
    expect(outcome.features).toHaveLength(2)
    expect(outcome.findings).toEqual([])
  })
})

describe('reading OSM PBF', () => {
  //   4---3      outer ring of two ways 1-2-3 and 3-4-1, hole 5-6-7-5
  //   | ▷ |
  //   1---2
  const nodes = [
    [1, 7.41, 43.73], [2, 7.42, 43.73], [3, 7.42, 43.74], [4, 7.41, 43.74], [5, 7.413, 43.733], [6, 7.417, 43.735], [7, 7.413, 43.737],
  ] as const

  it('joins the ways of a multipolygon and puts holes into their outer ring', async () => {
    const outcome = await read(
      fileOf('a.osm.pbf', osmPbf({
        nodes,
        ways: [
          { id: 10, refs: [1, 2, 3], tags: {} },
          { id: 11, refs: [1, 4, 3], tags: {} },
          { id: 12, refs: [5, 6, 7, 5], tags: {} },
          { id: 13, refs: [1, 2], tags: { highway: 'primary', name: 'Rue A' } },
        ],
        relations: [{ id: 20, tags: { type: 'multipolygon', natural: 'water' }, members: [[10, 'outer'], [11, 'outer'], [12, 'inner']] }],
      })),
    )
    expect(outcome.findings).toEqual([])
    expect(outcome.features.map((item) => [item.sourceId, item.geometry?.type])).toEqual([
      ['relation/20', 'MultiPolygon'],
      ['way/13', 'LineString'],
    ])
    const water = outcome.features[0].geometry
    expect(water?.type === 'MultiPolygon' && water.coordinates.map((rings) => rings.map((ring) => ring.length))).toEqual([[5, 4]])
    expect(outcome.features[1].geometry).toEqual({ type: 'LineString', coordinates: [[7.41, 43.73], [7.42, 43.73]] })
  })

  it('names relations that do not close and ways whose nodes are missing', async () => {
    const outcome = await read(
      fileOf('a.pbf', osmPbf({
        nodes,
        ways: [
          { id: 10, refs: [1, 2, 3], tags: {} },
          { id: 14, refs: [1, 2, 99, 3, 1], tags: { building: 'yes' } },
        ],
        relations: [{ id: 20, tags: { type: 'multipolygon', natural: 'water' }, members: [[10, 'outer'], [11, 'outer']] }],
      })),
    )
    expect(shown(outcome).map((item) => item.code)).toEqual(['relation_unclosed', 'way_nodes_missing'])
  })

  it('refuses a file cut in a block, one that is noise, and one that asks for what we do not know', async () => {
    const whole = osmPbf({ nodes, ways: [] })
    expect(shown(await read(fileOf('a.osm.pbf', whole.slice(0, whole.length - 5))))[0]?.code).toBe('file_truncated')
    expect(shown(await read(fileOf('a.osm.pbf', strToU8('x'.repeat(400)))))[0]?.code).toBe('pbf_broken')
    expect(shown(await read(fileOf('a.osm.pbf', osmPbf({ nodes, ways: [] }, 'LocationsOnWays'))))[0]?.code).toBe('pbf_feature')
  })
})

describe('reading a zipped shapefile', () => {
  const clockwise = [...square(117.6, 36.2, 30)].reverse()

  it('reads geometry and GBK names that nobody declared', async () => {
    const outcome = await read(fileOf('a.zip', shapefileZip([clockwise], [FENGCHENG_GBK])))
    expect(outcome.features[0].properties).toEqual({ NAME: '凤城街道' })
    expect(outcome.features[0].geometry?.type).toBe('MultiPolygon')
    expect(outcome.encoding).toBe('gb18030')
    expect(shown(outcome)).toEqual([{ code: 'encoding_gbk', severity: 'info', row: null }])
  })

  it('tells the projection file apart and keeps record numbers past a broken record', async () => {
    const zip = (bytes: Uint8Array) => bytes
    const rings = [clockwise, clockwise, clockwise]
    const names = ['a', 'b', 'c'].map((name) => strToU8(name))
    const outcome = await read(fileOf('a.zip', zip(shapefileZip(rings, names, { 'layer.prj': strToU8('GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"]') }))))
    expect(outcome.projection).toContain('2000')
    expect(outcome.features.map((item) => item.properties['NAME'])).toEqual(['a', 'b', 'c'])
  })

  it('refuses an archive without a layer and one with several', async () => {
    expect(shown(await read(fileOf('a.zip', shapefileZip([], [], {}, 'x').slice(0, 30))))[0]?.code).toMatch(/^zip_/)
    const two = shapefileZip([clockwise], [strToU8('a')], { 'other.shp': new Uint8Array(100) })
    expect(shown(await read(fileOf('a.zip', two)))[0]?.code).toBe('zip_several_layers')
  })
})

describe('reading a table', () => {
  it('reads UTF-8 and GBK and names rows of a wrong width', async () => {
    const utf = await read(fileOf('streets.csv', '\uFEFFcode,name\n370116001,"凤城街道"\n370116002\n'))
    expect(utf.features[0].properties).toEqual({ code: '370116001', name: '凤城街道' })
    expect(shown(utf)).toEqual([{ code: 'table_width', severity: 'error', row: 3 }])
    const gbk = new Uint8Array([...strToU8('code,name\n370116001,'), ...FENGCHENG_GBK, 10])
    expect((await read(fileOf('streets.csv', gbk))).features[0].properties['name']).toBe('凤城街道')
  })
})

const DATA = '../shared/data'
describe.runIf(existsSync(`${DATA}/osm`))('real files', () => {
  const real = (path: string) => fileOf(path.split('/').pop()!, new Uint8Array(readFileSync(`${DATA}/${path}`)))

  it.each([
    ['osm/monaco_buildings.geojsonl.gz', 23_327],
    ['osm/monaco_roads.geojsonl.gz', 2_903],
    ['osm/tsinghua_buildings.geojson', 626],
    ['osm/tsinghua_roads.geojson', 931],
    ['admin/county_370116.json', 1],
    ['admin/villages_370116_370117_410108_370811.csv', 1_644],
  ])('%s: %i rows, no fault', async (path, rows) => {
    const outcome = await read(real(path))
    expect(outcome.features).toHaveLength(rows)
    expect(outcome.findings).toEqual([])
  })

  it('osm/monaco.osm.pbf: the buildings and streets of the GeoJSON export, and the edges of the extract named', async () => {
    const outcome = await read(real('osm/monaco.osm.pbf'))
    const count = (key: string) => outcome.features.filter((item) => item.properties[key] !== undefined).length
    expect(count('building')).toBeGreaterThanOrEqual(23_327)
    expect(count('highway')).toBeGreaterThanOrEqual(2_903)
    expect(outcome.findings.every((finding) => finding.code.startsWith('relation_'))).toBe(true)
  })
})
