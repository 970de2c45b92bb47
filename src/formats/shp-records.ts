import { nestRings, ringArea2 } from './ring-shapes'
import type { Pair, SourceGeometry } from './source-geometry'
import { ReadRefusal } from './read-refusal'

/** One record of a .shp file: its geometry, null for an empty shape, or why it could not be read. */
export type ShpRecord =
  | { readonly number: number; readonly geometry: SourceGeometry | null; readonly vertices: number }
  | { readonly number: number; readonly fault: string }

/**
 * Records of a .shp file (ESRI Shapefile Technical Description, 1998). Heights and measures are left off. A record whose counts do
 * not fit its length is a fault of that record; a length that leaves the file ends it with `file_truncated`.
 */
export function* readShpRecords(bytes: Uint8Array): Generator<ShpRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 100 || view.getInt32(0) !== 9994) throw new ReadRefusal('shp_broken')
  let at = 100
  let number = 0
  while (at < bytes.length) {
    number++
    if (at + 8 > bytes.length) throw new ReadRefusal('file_truncated', {}, number)
    const length = view.getInt32(at + 4) * 2
    if (length < 4 || at + 8 + length > bytes.length) throw new ReadRefusal('file_truncated', {}, number)
    const shape = new DataView(bytes.buffer, bytes.byteOffset + at + 8, length)
    at += 8 + length
    try {
      const geometry = readShape(shape)
      yield { number, geometry, vertices: (length / 16) | 0 }
    } catch (error) {
      if (error instanceof UnknownShape) yield { number, fault: 'geometry_unknown' }
      else if (error instanceof RangeError) yield { number, fault: 'shp_record_broken' }
      else throw error
    }
  }
}

class UnknownShape extends Error {}

/** Shape types come in threes: plain, with height (+10), with measure (+20). Behind them stand surfaces (31), which are no areas. */
function readShape(view: DataView): SourceGeometry | null {
  const type = view.getInt32(0, true)
  if (type === 0) return null
  if (type > 30) throw new UnknownShape()
  switch (type % 10) {
    case 1:
      return { type: 'Point', coordinates: [view.getFloat64(4, true), view.getFloat64(12, true)] }
    case 3: {
      const parts = readParts(view)
      return parts.length === 1 ? { type: 'LineString', coordinates: parts[0] } : { type: 'MultiLineString', coordinates: parts }
    }
    case 5:
      return toPolygons(readParts(view))
    default:
      throw new UnknownShape()
  }
}

function readParts(view: DataView): Pair[][] {
  const partCount = view.getInt32(36, true)
  const pointCount = view.getInt32(40, true)
  if (partCount < 1 || pointCount < 1 || 44 + 4 * partCount + 16 * pointCount > view.byteLength) throw new RangeError()
  const parts: Pair[][] = []
  for (let part = 0; part < partCount; part++) {
    const from = view.getInt32(44 + 4 * part, true)
    const to = part + 1 < partCount ? view.getInt32(48 + 4 * part, true) : pointCount
    if (from < 0 || to > pointCount || from > to) throw new RangeError()
    const points: Pair[] = []
    for (let at = 44 + 4 * partCount + 16 * from; points.length < to - from; at += 16) {
      points.push([view.getFloat64(at, true), view.getFloat64(at + 8, true)])
    }
    if (points.length > 0) parts.push(points)
  }
  return parts
}

/** Outer rings run clockwise in a shapefile. Writers that ignore this are met half-way: strays become outers. */
function toPolygons(rings: Pair[][]): SourceGeometry {
  // Neither inside nor outside: handed on for the reader to name.
  if (rings.some((ring) => Number.isNaN(ringArea2(ring)))) return { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) }
  const outers = rings.filter((ring) => ringArea2(ring) <= 0)
  const inners = rings.filter((ring) => ringArea2(ring) > 0)
  if (outers.length === 0) return { type: 'MultiPolygon', coordinates: inners.map((ring) => [ring]) }
  const nested = nestRings(outers, inners)
  if (nested.strays === 0) return { type: 'MultiPolygon', coordinates: nested.polygons }
  const other = nestRings(inners, outers)
  return { type: 'MultiPolygon', coordinates: other.strays < nested.strays ? other.polygons : rings.map((ring) => [ring]) }
}
