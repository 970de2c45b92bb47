import { gzipSync, strToU8, zipSync } from 'fflate'
import { PbfWriter } from 'pbf'
import { blob, collection, feature, join, osmPbf, polygon, shapefileZip, square } from '../../fixtures/import/make-files'
import { blocker, lottery, type MalformedFile } from './manifest'

const random = lottery('packed')
const zeros = (size: number) => new Uint8Array(size)
/** One more than a blob may have. */
const BOMB_BYTES = 33 * 2 ** 20
const noise = (size: number) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256))
const text = collection(Array.from({ length: 60 }, (_, k) => feature(polygon(square(117.6 + k / 1000, 36.2, 20)), { building: 'yes', id: k, name: `${random()}` })))
const packed = gzipSync(strToU8(text))

const gzips: readonly MalformedFile[] = [
  ...Array.from({ length: 12 }, (): MalformedFile => {
    const at = 20 + Math.floor(random() * (packed.length - 24))
    return { what: `cut at byte ${at}`, name: 'a.geojson.gz', content: packed.slice(0, at), ends: blocker('file_truncated') }
  }),
  ...Array.from({ length: 6 }, (_, k): MalformedFile => (
    { what: `noise behind the first bytes (${k + 1})`, name: 'a.geojson.gz', content: join([new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), noise(400)]), ends: blocker(['file_truncated', 'file_empty', 'file_kind_unknown', 'json_invalid']) }
  )),
  { what: 'nothing, packed', name: 'a.geojson.gz', content: gzipSync(zeros(0)), ends: blocker('file_empty', null) },
  { what: 'two bytes', name: 'a.geojson.gz', content: new Uint8Array([0x1f, 0x8b]), ends: blocker('file_truncated') },
  { what: 'a bomb', name: 'a.geojson.gz', content: gzipSync(zeros(BOMB_BYTES), { level: 9 }), ends: blocker('expansion_ratio') },
  { what: 'a picture, packed', name: 'a.gz', content: gzipSync(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])), ends: blocker('file_kind_unknown') },
  { what: 'packed twice', name: 'a.geojson.gz', content: gzipSync(packed), ends: blocker('file_kind_unknown') },
]

const clockwise = [...square(117.6, 36.2, 30)].reverse()
const names = ['a', 'b', 'c'].map((name) => strToU8(name))
const sound = shapefileZip([clockwise, clockwise, clockwise], names)
/** Bytes of the .shp inside: a head of 100, then records of 8 + 128. */
const RECORD = 8 + 44 + 4 + 16 * 5
const shpOf = (change: (view: DataView, bytes: Uint8Array) => Uint8Array | void): Uint8Array => {
  const bytes = zeros(100 + 3 * RECORD)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, 9994)
  view.setInt32(28, 1000, true)
  for (let k = 0; k < 3; k++) {
    const at = 100 + k * RECORD
    view.setInt32(at, k + 1)
    view.setInt32(at + 4, (RECORD - 8) / 2)
    view.setInt32(at + 8, 5, true)
    view.setInt32(at + 44, 1, true)
    view.setInt32(at + 48, 5, true)
    clockwise.forEach(([x, y], p) => {
      view.setFloat64(at + 56 + 16 * p, x + k / 1000, true)
      view.setFloat64(at + 64 + 16 * p, y, true)
    })
  }
  return change(view, bytes) ?? bytes
}
const layer = (shp: Uint8Array, others: Record<string, Uint8Array> = {}): Uint8Array => zipSync({ 'layer.shp': shp, ...others })
const second = 100 + RECORD

/** Something wrong with the second record: the others are read, and the second is named by its number. */
const records: readonly (readonly [what: string, change: (view: DataView) => void, code: string])[] = [
  ['a record of an unknown type', (view) => view.setInt32(second + 8, 31, true), 'geometry_unknown'],
  ['a record of negative type', (view) => view.setInt32(second + 8, -7, true), 'geometry_unknown'],
  ['an empty record', (view) => view.setInt32(second + 8, 0, true), 'geometry_missing'],
  ['two billion points', (view) => view.setInt32(second + 48, 2 ** 31 - 1, true), 'shp_record_broken'],
  ['two billion parts', (view) => view.setInt32(second + 44, 2 ** 31 - 1, true), 'shp_record_broken'],
  ['minus one parts', (view) => view.setInt32(second + 44, -1, true), 'shp_record_broken'],
  ['a part that begins behind the last point', (view) => view.setInt32(second + 52, 900, true), 'shp_record_broken'],
  ['a part that begins before the first', (view) => view.setInt32(second + 52, -4, true), 'shp_record_broken'],
  ['NaN', (view) => view.setFloat64(second + 56, Number.NaN, true), 'coordinates_invalid'],
  ['Infinity', (view) => view.setFloat64(second + 56 + 24, Infinity, true), 'coordinates_invalid'],
]

const shapefiles: readonly MalformedFile[] = [
  ...records.map(([what, change, code]): MalformedFile => (
    { what, name: 'a.zip', content: layer(shpOf(change)), ends: { code, severity: 'error', row: 2, field: 'geometry', rows: 2 } }
  )),
  ...Array.from({ length: 8 }, (): MalformedFile => {
    const at = 101 + Math.floor(random() * (3 * RECORD - 2))
    const broken = Math.floor((at - 100) / RECORD) + 1
    // Where the cut falls on the end of a record the layer is merely short.
    const ends = blocker('file_truncated', broken)
    return { what: `a layer cut at byte ${at}`, name: 'a.zip', content: layer(shpOf((_, bytes) => bytes.slice(0, at + ((at - 100) % RECORD === 0 ? 1 : 0)))), ends }
  }),
  ...Array.from({ length: 8 }, (): MalformedFile => {
    const at = 4 + Math.floor(random() * (sound.length - 60) * 0.5)
    return { what: `an archive cut at byte ${at}`, name: 'a.zip', content: sound.slice(0, at), ends: blocker(['zip_broken', 'zip_without_shp', 'file_truncated', 'shp_broken', 'no_features']) }
  }),
  { what: 'a length beyond the file', name: 'a.zip', content: layer(shpOf((view) => view.setInt32(second + 4, 2 ** 30))), ends: { ...blocker('file_truncated', 2), rows: 1 } },
  { what: 'a length below zero', name: 'a.zip', content: layer(shpOf((view) => view.setInt32(second + 4, -50))), ends: { ...blocker('file_truncated', 2), rows: 1 } },
  { what: 'a layer without its head', name: 'a.zip', content: layer(zeros(400)), ends: blocker('shp_broken') },
  { what: 'a layer of nothing', name: 'a.zip', content: layer(zeros(0)), ends: blocker(['shp_broken', 'zip_broken', 'zip_without_shp']) },
  { what: 'a head and no records', name: 'a.zip', content: layer(shpOf((_, bytes) => bytes.slice(0, 100))), ends: blocker('no_features') },
  { what: 'no table', name: 'a.zip', content: layer(shpOf(() => undefined)), ends: { code: 'zip_without_dbf', severity: 'warning', row: null, rows: 3 } },
  { what: 'a table of noise', name: 'a.zip', content: layer(shpOf(() => undefined), { 'layer.dbf': new Uint8Array(20) }), ends: blocker('dbf_broken') },
  { what: 'a table whose head is longer than itself', name: 'a.zip', content: layer(shpOf(() => undefined), { 'layer.dbf': new Uint8Array(64).fill(255) }), ends: blocker('dbf_broken') },
  { what: 'a table of fewer rows', name: 'a.zip', content: shapefileZip([clockwise, clockwise, clockwise], names.slice(0, 1)), ends: { code: 'dbf_rows_differ', severity: 'warning', row: null, rows: 3 } },
  { what: 'two layers', name: 'a.zip', content: zipSync({ 'a.shp': shpOf(() => undefined), 'b.shp': shpOf(() => undefined) }), ends: blocker('zip_several_layers') },
  { what: 'pictures', name: 'a.zip', content: zipSync({ 'a.png': zeros(10) }), ends: blocker('zip_without_shp') },
  { what: 'a workbook', name: 'a.xlsx', content: zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/worksheets/sheet1.xml': strToU8('<c><f>1+1</f></c>') }), ends: blocker('zip_without_shp') },
  { what: 'paths that lead out', name: 'a.zip', content: zipSync({ '../../etc/passwd': zeros(10), '..\\..\\boot.ini': zeros(4) }), ends: blocker('zip_without_shp') },
  { what: '1,200 entries', name: 'a.zip', content: zipSync(Object.fromEntries(Array.from({ length: 1_200 }, (_, k) => [`${k}.txt`, zeros(1)])), { level: 0 }), ends: blocker('zip_too_many_entries') },
  { what: 'a bomb', name: 'a.zip', content: zipSync({ 'a.shp': zeros(BOMB_BYTES) }, { level: 9 }), ends: blocker('expansion_ratio') },
  { what: 'a bomb beside the layer', name: 'a.zip', content: zipSync({ 'a.shp': shpOf(() => undefined), 'a.dbf': zeros(BOMB_BYTES) }, { level: 9 }), ends: blocker('expansion_ratio') },
  { what: 'four letters', name: 'a.zip', content: 'PK\u0003\u0004', ends: blocker(['zip_broken', 'file_truncated']) },
  { what: 'an empty archive', name: 'a.zip', content: zipSync({}), ends: blocker('zip_broken') },
]

const osm = osmPbf({
  nodes: [[1, 117, 36], [2, 117.01, 36], [3, 117.01, 36.01]],
  ways: [{ id: 1, refs: [1, 2, 3, 1], tags: { building: 'yes' } }],
})
const header = osmPbf({ nodes: [], ways: [] })
const message = (write: (pbf: PbfWriter) => void): Uint8Array => {
  const pbf = new PbfWriter()
  write(pbf)
  return pbf.finish()
}
const dataBlob = (bytes: Uint8Array): Uint8Array => join([header, blob('OSMData', bytes)])
const packedDense = (ids: number[], lats: number[], lngs: number[]): Uint8Array =>
  message((pbf) => pbf.writeBytesField(2, message((group) => group.writeBytesField(2, message((dense) => {
    dense.writePackedSVarint(1, ids)
    dense.writePackedSVarint(8, lats)
    dense.writePackedSVarint(9, lngs)
  })))))
const wayOf = (write: (way: PbfWriter) => void): Uint8Array =>
  message((pbf) => {
    pbf.writeBytesField(1, message((table) => ['', 'building', 'yes'].forEach((word) => table.writeBytesField(1, strToU8(word)))))
    pbf.writeBytesField(2, message((group) => group.writeBytesField(3, message(write))))
  })
const size = (bytes: number): Uint8Array => {
  const four = zeros(4)
  new DataView(four.buffer).setUint32(0, bytes)
  return four
}

const pbfs: readonly MalformedFile[] = [
  ...Array.from({ length: 12 }, (): MalformedFile => {
    const at = 20 + Math.floor(random() * (osm.length - 21))
    return { what: `cut at byte ${at}`, name: 'a.osm.pbf', content: osm.slice(0, at), ends: blocker(['file_truncated', 'pbf_broken', 'no_features']) }
  }),
  ...Array.from({ length: 12 }, (_, k): MalformedFile => (
    { what: `a block of noise (${k + 1})`, name: 'a.osm.pbf', content: dataBlob(noise(40 + 40 * k)), ends: blocker(['pbf_broken', 'no_features', 'file_truncated']) }
  )),
  { what: 'noise', name: 'a.osm.pbf', content: noise(400), ends: blocker(['pbf_broken', 'file_truncated']) },
  { what: 'a header of four gigabytes', name: 'a.osm.pbf', content: join([osm, size(2 ** 32 - 1), zeros(20)]), ends: blocker('pbf_broken') },
  { what: 'a header longer than the file', name: 'a.osm.pbf', content: join([osm, size(60_000), zeros(20)]), ends: blocker('file_truncated') },
  { what: 'a blob of negative size', name: 'a.osm.pbf', content: join([osm, size(12), message((pbf) => { pbf.writeStringField(1, 'OSMData'); pbf.writeVarintField(3, -1) })]), ends: blocker(['file_truncated', 'pbf_broken']) },
  { what: 'a number that never ends', name: 'a.osm.pbf', content: dataBlob(new Uint8Array(40).fill(0xff)), ends: blocker(['pbf_broken', 'no_features']) },
  { what: 'a list longer than its block', name: 'a.osm.pbf', content: dataBlob(new Uint8Array([0x12, 0xff, 0xff, 0xff, 0x7f, 1, 2])), ends: blocker('pbf_broken') },
  { what: 'lists of different length', name: 'a.osm.pbf', content: dataBlob(packedDense([1, 1, 1], [5, 5], [5, 5, 5])), ends: blocker('pbf_broken') },
  { what: 'a word that is not in the table', name: 'a.osm.pbf', content: dataBlob(wayOf((way) => { way.writeVarintField(1, 1); way.writePackedVarint(2, [900]); way.writePackedVarint(3, [2]) })), ends: blocker('pbf_broken') },
  { what: 'a key without a value', name: 'a.osm.pbf', content: dataBlob(wayOf((way) => { way.writeVarintField(1, 1); way.writePackedVarint(2, [1]) })), ends: blocker('pbf_broken') },
  { what: 'a way and no nodes', name: 'a.osm.pbf', content: dataBlob(wayOf((way) => { way.writeVarintField(1, 1); way.writePackedVarint(2, [1]); way.writePackedVarint(3, [2]); way.writePackedSVarint(8, [1, 1]) })), ends: blocker('no_features') },
  { what: 'a way whose nodes are missing', name: 'a.osm.pbf', content: osmPbf({ nodes: [[1, 117, 36], [2, 117.01, 36]], ways: [{ id: 7, refs: [1, 98, 99, 1], tags: { building: 'yes' } }] }), ends: { code: 'way_nodes_missing', severity: 'warning', row: 1 } },
  { what: 'a relation that does not close', name: 'a.osm.pbf', content: osmPbf({ nodes: [[1, 117, 36], [2, 117.01, 36]], ways: [{ id: 7, refs: [1, 2], tags: {} }], relations: [{ id: 9, tags: { type: 'multipolygon', natural: 'water' }, members: [[7, 'outer']] }] }), ends: { code: 'relation_unclosed', severity: 'warning', row: 1, rows: 0 } },
  { what: 'a feature nobody knows', name: 'a.osm.pbf', content: osmPbf({ nodes: [[1, 117, 36]], ways: [] }, 'LocationsOnWays'), ends: blocker('pbf_feature') },
  { what: 'a blob of another compression', name: 'a.osm.pbf', content: join([header, ...blobOf(4, noise(40))]), ends: blocker('pbf_compression') },
  { what: 'a compressed blob of noise', name: 'a.osm.pbf', content: join([header, ...blobOf(3, noise(40))]), ends: blocker(['file_truncated', 'pbf_broken', 'no_features']) },
  { what: 'a blob that unpacks to 33 MB', name: 'a.osm.pbf', content: dataBlob(zeros(BOMB_BYTES)), ends: blocker('expansion_ratio') },
  { what: 'a table called .pbf', name: 'a.pbf', content: 'code,name\n1,a\n', ends: blocker(['pbf_broken', 'file_truncated']) },
]

function blobOf(field: number, bytes: Uint8Array): Uint8Array[] {
  const body = message((pbf) => pbf.writeBytesField(field, bytes))
  const head = message((pbf) => {
    pbf.writeStringField(1, 'OSMData')
    pbf.writeVarintField(3, body.length)
  })
  return [size(head.length), head, body]
}

export const PACKED_FILES: readonly MalformedFile[] = [...gzips, ...shapefiles, ...pbfs]
