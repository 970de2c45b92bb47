import { strToU8, zipSync } from 'fflate'
import { ringArea2 } from './ring-shapes'
import type { Pair } from './source-geometry'

/** A column of the table: text of so many bytes (at most 254), or a whole number. Names have at most ten letters, all ASCII. */
export interface DbfField {
  readonly name: string
  readonly type: 'text' | 'number'
  readonly size: number
}

export interface ShapeRow {
  /** Polygons, each an outer ring and its holes; rings closed, degrees. */
  readonly polygons: readonly (readonly (readonly Pair[])[])[]
  /** In the order of the fields. */
  readonly values: readonly (string | number)[]
}

const POLYGON = 5
const HEAD = 100
const WGS84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'

/**
 * A zipped shapefile of polygons in WGS84 (ESRI Shapefile Technical Description, 1998), its table in UTF-8 with a .cpg file
 * that says so.
 */
export function writeShapefile(stem: string, fields: readonly DbfField[], rows: readonly ShapeRow[]): Uint8Array {
  const { shp, shx } = writeShapes(rows)
  return zipSync({
    [`${stem}.shp`]: shp,
    [`${stem}.shx`]: shx,
    [`${stem}.dbf`]: writeTable(fields, rows),
    [`${stem}.prj`]: strToU8(WGS84),
    [`${stem}.cpg`]: strToU8('UTF-8'),
  })
}

function writeShapes(rows: readonly ShapeRow[]): { shp: Uint8Array; shx: Uint8Array } {
  const records = rows.map(({ polygons }) => polygons.flatMap((rings) => rings.map((ring, k) => turned(ring, k === 0))))
  const sizes = records.map((rings) => 44 + 4 * rings.length + 16 * rings.reduce((sum, ring) => sum + ring.length, 0))
  const shp = new DataView(new ArrayBuffer(HEAD + sizes.reduce((sum, size) => sum + 8 + size, 0)))
  const shx = new DataView(new ArrayBuffer(HEAD + 8 * records.length))
  const all = boxOf(records.flat())
  for (const view of [shp, shx]) {
    view.setInt32(0, 9994)
    view.setInt32(24, view.byteLength / 2)
    view.setInt32(28, 1000, true)
    view.setInt32(32, POLYGON, true)
    all.forEach((value, k) => view.setFloat64(36 + 8 * k, value, true))
  }
  let at = HEAD
  records.forEach((rings, k) => {
    shx.setInt32(HEAD + 8 * k, at / 2)
    shx.setInt32(HEAD + 8 * k + 4, sizes[k] / 2)
    shp.setInt32(at, k + 1)
    shp.setInt32(at + 4, sizes[k] / 2)
    shp.setInt32(at + 8, POLYGON, true)
    boxOf(rings).forEach((value, side) => shp.setFloat64(at + 12 + 8 * side, value, true))
    shp.setInt32(at + 44, rings.length, true)
    shp.setInt32(at + 48, rings.reduce((sum, ring) => sum + ring.length, 0), true)
    let point = 0
    const points = at + 52 + 4 * rings.length
    rings.forEach((ring, part) => {
      shp.setInt32(at + 52 + 4 * part, point, true)
      for (const [x, y] of ring) {
        shp.setFloat64(points + 16 * point, x, true)
        shp.setFloat64(points + 16 * point + 8, y, true)
        point++
      }
    })
    at += 8 + sizes[k]
  })
  return { shp: new Uint8Array(shp.buffer), shx: new Uint8Array(shx.buffer) }
}

/** Outer rings run clockwise in a shapefile, holes the other way. */
function turned(ring: readonly Pair[], isOuter: boolean): readonly Pair[] {
  return ringArea2(ring) < 0 === isOuter ? ring : [...ring].reverse()
}

function boxOf(rings: readonly (readonly Pair[])[]): readonly [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings) {
    for (const [x, y] of ring) {
      west = Math.min(west, x)
      south = Math.min(south, y)
      east = Math.max(east, x)
      north = Math.max(north, y)
    }
  }
  return west <= east ? [west, south, east, north] : [0, 0, 0, 0]
}

function writeTable(fields: readonly DbfField[], rows: readonly ShapeRow[]): Uint8Array {
  const rowSize = 1 + fields.reduce((sum, field) => sum + field.size, 0)
  const head = 32 + 32 * fields.length + 1
  const bytes = new Uint8Array(head + rowSize * rows.length + 1).fill(0x20)
  const view = new DataView(bytes.buffer)
  bytes.fill(0, 0, head)
  bytes[0] = 3
  const today = new Date()
  bytes.set([today.getFullYear() - 1900, today.getMonth() + 1, today.getDate()], 1)
  view.setUint32(4, rows.length, true)
  view.setUint16(8, head, true)
  view.setUint16(10, rowSize, true)
  fields.forEach((field, k) => {
    const at = 32 + 32 * k
    bytes.set(strToU8(field.name.slice(0, 10)), at)
    bytes[at + 11] = field.type === 'text' ? 0x43 : 0x4e
    bytes[at + 16] = field.size
  })
  bytes[head - 1] = 0x0d
  rows.forEach(({ values }, row) => {
    let at = head + row * rowSize + 1
    fields.forEach((field, k) => {
      const value = values[k]
      const text = cutText(String(value), field.size)
      bytes.set(text, field.type === 'number' ? at + field.size - text.length : at)
      at += field.size
    })
  })
  bytes[bytes.length - 1] = 0x1a
  return bytes
}

/** Bytes of a text, no sign cut in half. */
function cutText(text: string, size: number): Uint8Array {
  const bytes = strToU8(text)
  let end = Math.min(size, bytes.length)
  // A byte 10xxxxxx goes on with the sign before it.
  while (end > 0 && end < bytes.length && (bytes[end] & 0xc0) === 0x80) end--
  return bytes.subarray(0, end)
}
