import type { ReadContext } from './read-context'
import { openDbf } from '@/formats/dbf-rows'
import { readProperties } from './read-geojson'
import { ReadRefusal } from '@/formats/read-refusal'
import { readShpRecords } from '@/formats/shp-records'
import { unpackZip } from '@/formats/unpack'

const BLOCK = 2_000

/** What a zipped shapefile says of itself beside its rows. */
export interface ShapefileNotes {
  readonly encoding: string | null
  /** Text of the .prj file: a hint of the system, never taken on trust. */
  readonly projection: string | null
}

/** Read the one layer of a zipped shapefile. Rows are record numbers. */
export async function readShapefile(bytes: Uint8Array, context: ReadContext): Promise<ShapefileNotes> {
  const files = unpackZip(bytes, ['.shp', '.dbf', '.prj', '.cpg'], context.limits)
  const shapes = [...files.keys()].filter((name) => name.toLowerCase().endsWith('.shp'))
  if (shapes.length === 0) throw new ReadRefusal('zip_without_shp')
  if (shapes.length > 1) throw new ReadRefusal('zip_several_layers', { names: shapes.slice(0, 5).join(', ') })
  const stem = shapes[0].slice(0, -4).toLowerCase()
  const beside = (ending: string): Uint8Array | undefined =>
    [...files].find(([name]) => name.toLowerCase() === stem + ending)?.[1]

  const cpg = beside('.cpg')
  const dbf = beside('.dbf')
  const table = dbf === undefined ? null : openDbf(dbf, cpg ? new TextDecoder().decode(cpg) : null, context.limits.textLength)
  if (table === null) context.find('zip_without_dbf', 'warning', null)

  const shp = files.get(shapes[0])!
  let consumed = 100
  let count = 0
  try {
    for (const record of readShpRecords(shp)) {
      count++
      if (count % BLOCK === 0) await context.pause(Math.min(1, consumed / shp.length))
      if ('fault' in record) {
        context.find(record.fault, 'error', record.number, {}, 'geometry')
        continue
      }
      consumed += 16 * record.vertices
      if (record.geometry === null) context.find('geometry_missing', 'error', record.number, {}, 'geometry')
      else if (!isFinitePairs(record.geometry.coordinates)) {
        context.find('coordinates_invalid', 'error', record.number, { shown: 'NaN' }, 'geometry')
      } else {
        const properties = readProperties(table?.row(record.number - 1) ?? {}, context.limits.textLength)
        context.emit({ row: record.number, sourceId: `#${record.number}`, geometry: record.geometry, properties })
      }
    }
  } catch (error) {
    if (!(error instanceof ReadRefusal) || count === 0) throw error
    context.find(error.code, 'blocker', error.row, error.values)
  }
  if (count === 0) throw new ReadRefusal('no_features')
  if (table !== null && table.rowCount !== count) {
    context.find('dbf_rows_differ', 'warning', null, { shapes: count, rows: table.rowCount })
  }
  const prj = beside('.prj')
  return { encoding: table?.encoding ?? null, projection: prj ? new TextDecoder().decode(prj).slice(0, 2_000) : null }
}

function isFinitePairs(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : Array.isArray(value) && value.every(isFinitePairs)
}
