import { gzipSync, strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { findingsZh } from '@/rooms/data-exchange/messages/findings-zh'
import { readFile } from '@/rooms/data-exchange/readers/read-file'
import { blob, collection, feature, fileOf, join, osmPbf, polygon, shapefileZip, square } from '../../../fixtures/import/make-files'

const watch = { progress() {}, async breathe() {} }

const good: Record<string, Uint8Array> = {
  'a.geojson': strToU8(collection([1, 2, 3].map((k) => feature(polygon(square(117 + k / 100, 36, 30)), { building: 'yes', id: k })))),
  'a.geojsonl': strToU8([1, 2, 3].map((k) => JSON.stringify(feature(polygon(square(117 + k / 100, 36, 30)), { id: k }))).join('\n')),
  'a.zip': shapefileZip([square(117, 36, 30), square(117.1, 36, 30)], [strToU8('one'), strToU8('two')]),
  'a.osm.pbf': osmPbf({
    nodes: [[1, 117, 36], [2, 117.01, 36], [3, 117.01, 36.01]],
    ways: [{ id: 1, refs: [1, 2, 3, 1], tags: { building: 'yes' } }],
  }),
  'a.csv': strToU8('code,name\n370116001,one\n370116002,two\n'),
}

const zeros = (size: number) => new Uint8Array(size)

/** Files made to hurt, with the code each must be met with. */
const HOSTILE: readonly [what: string, name: string, bytes: () => Uint8Array, code: string][] = [
  ['nothing at all', 'a.geojson', () => zeros(0), 'file_empty'],
  ['blanks only', 'a.geojson', () => strToU8('  \n\n '), 'file_empty'],
  ['a packed nothing', 'a.geojsonl.gz', () => gzipSync(zeros(0)), 'file_empty'],
  ['a picture', 'a.png', () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), 'file_kind_unknown'],
  ['a web page', 'a.geojson', () => strToU8('<!doctype html><html><body>502</body></html>'), 'json_invalid'],
  ['lists a hundred thousand deep', 'a.geojson', () => strToU8('{"type":"FeatureCollection","features":' + '['.repeat(100_000)), 'json_too_deep'],
  ['the same on one line', 'a.geojsonl', () => strToU8('{"type":"Feature","x":' + '['.repeat(100_000) + '}'), 'json_too_deep'],
  ['an empty collection', 'a.geojson', () => strToU8('{"type":"FeatureCollection","features":[]}'), 'no_features'],
  ['another kind of JSON', 'a.json', () => strToU8('{"name":"gewu","version":1}'), 'no_features'],
  ['brackets that do not match', 'a.geojson', () => strToU8('{"type":"FeatureCollection","features":[}'), 'json_invalid'],
  ['a gzip bomb', 'a.geojson.gz', () => gzipSync(zeros(64 * 2 ** 20), { level: 9 }), 'expansion_ratio'],
  ['a cut gzip', 'a.geojson.gz', () => gzipSync(good['a.geojson']).slice(0, 100), 'file_truncated'],
  ['a zip bomb', 'a.zip', () => zipSync({ 'a.shp': zeros(64 * 2 ** 20) }, { level: 9 }), 'expansion_ratio'],
  ['a zip of pictures', 'a.zip', () => zipSync({ 'a.png': zeros(10) }), 'zip_without_shp'],
  ['a zip with ten thousand names', 'a.zip', () => zipSync(Object.fromEntries(Array.from({ length: 1_200 }, (_, k) => [`${k}.txt`, zeros(1)]))), 'zip_too_many_entries'],
  ['a shapefile without its head', 'a.zip', () => zipSync({ 'a.shp': zeros(200) }), 'shp_broken'],
  ['an OSM blob that says it is four gigabytes', 'a.osm.pbf', () => join([good['a.osm.pbf'], new Uint8Array([0xff, 0xff, 0xff, 0xff, 1])]), 'pbf_broken'],
  ['an OSM blob that unpacks to 64 MB', 'a.osm.pbf', () => join([good['a.osm.pbf'], blob('OSMData', zeros(64 * 2 ** 20))]), 'expansion_ratio'],
  ['a table of one column', 'a.csv', () => strToU8('names\none\ntwo\n'), 'table_without_heads'],
  ['a table with a head twice', 'a.csv', () => strToU8('name,code,name\na,1,b\n'), 'table_head_twice'],
]

describe('hostile files', () => {
  it.each(HOSTILE)('%s is met with words', async (_what, name, bytes, code) => {
    const outcome = await readFile(fileOf(name, bytes()), 0, watch)
    expect(outcome.findings.map((finding) => finding.code)).toContain(code)
    expect(outcome.features).toHaveLength(code === 'pbf_broken' || code === 'expansion_ratio' ? outcome.features.length : 0)
  })

  it('a file above the size limit is refused before it is opened', async () => {
    const file = { name: 'a.geojson', size: 2 ** 31, arrayBuffer: () => Promise.reject(new Error('opened')) }
    expect((await readFile(file, 0, watch)).findings[0].code).toBe('file_too_large')
  })

  it('3,000 files with random bytes changed, cut or doubled never throw, and each code has words', async () => {
    const seed = 20261121
    const random = seededRandom(seed)
    const codes = new Set<string>()
    const kinds = Object.entries(good)
    for (let round = 0; round < 3_000; round++) {
      const [name, bytes] = kinds[round % kinds.length]
      const mutated = mutate(bytes, random)
      const outcome = await readFile(fileOf(name, mutated), 0, watch).catch((error: unknown) => {
        throw new Error(`seed ${seed} round ${round} ${name}: ${String(error)}`)
      })
      for (const finding of outcome.findings) codes.add(finding.code)
    }
    expect([...codes].filter((code) => !(code in findingsZh))).toEqual([])
    expect(codes.size).toBeGreaterThan(8)
  }, 60_000)
})

function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = bytes.slice()
  const at = () => Math.floor(random() * copy.length)
  switch (Math.floor(random() * 4)) {
    case 0:
      return copy.slice(0, at())
    case 1:
      return join([copy.slice(0, at()), copy.slice(at())])
    case 2:
      for (let k = 0; k < 1 + random() * 8; k++) copy[at()] = Math.floor(random() * 256)
      return copy
    default: {
      const from = at()
      copy.copyWithin(from, at(), at() + 40)
      copy[from] ^= 1 << Math.floor(random() * 8)
      return copy
    }
  }
}
