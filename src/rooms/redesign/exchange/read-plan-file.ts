import { checkGeometry } from '@/formats/check-geometry'
import { openDbf } from '@/formats/dbf-rows'
import { decodeText } from '@/formats/decode-text'
import { readKml } from '@/formats/read-kml'
import { READ_LIMITS, type ReadLimits } from '@/formats/read-limits'
import { ReadRefusal } from '@/formats/read-refusal'
import { readSheet } from '@/formats/read-sheet'
import { scanJson } from '@/formats/scan-json'
import { readShpRecords } from '@/formats/shp-records'
import type { SourceGeometry } from '@/formats/source-geometry'
import { storedText } from '@/formats/stored-text'
import { unpackZip } from '@/formats/unpack'
import Papa from 'papaparse'
import { fieldsOf, kindOf, type ClaimField } from './field-names'
import type { FileFlag, LandClaim, PlanFile, UnitClaim } from './plan-file'

type Properties = Readonly<Record<string, string>>

/**
 * What a file says of a plan: GeoJSON, KML and KMZ, zipped shapefiles hold the land of grids, CSV and XLSX the grids of buildings.
 * The kind is told by the bytes, the name decides between texts. Throws `ReadRefusal` where the file cannot be read at all.
 */
export function readPlanFile(name: string, bytes: Uint8Array, limits: ReadLimits = READ_LIMITS): PlanFile {
  if (bytes.length > limits.fileBytes) throw new ReadRefusal('file_too_large', { limitMb: Math.round(limits.fileBytes / 2 ** 20) })
  if (bytes.every((byte) => byte <= 32)) throw new ReadRefusal('file_empty')
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readArchive(bytes, limits)
  const { text } = decodeText(bytes)
  const first = text.replace(/^\uFEFF/, '').trimStart()[0]
  if (first === '<') return landOf(readKml(text, limits))
  if (first === '{' || first === '[') return readGeoJson(text, limits)
  if (/\.(csv|tsv|txt)$/i.test(name)) return unitsOf(readCsv(text, limits))
  throw new ReadRefusal('file_kind_unknown')
}

function readArchive(bytes: Uint8Array, limits: ReadLimits): PlanFile {
  const files = unpackZip(bytes, ['.shp', '.dbf', '.cpg', '.kml', 'workbook.xml'], limits)
  const names = [...files.keys()]
  const ending = (end: string) => names.filter((name) => name.toLowerCase().endsWith(end))
  if (ending('workbook.xml').length > 0) return unitsOf(readSheet(bytes, limits))
  const [kml] = ending('.kml')
  if (kml !== undefined) return landOf(readKml(decodeText(files.get(kml)!).text, limits))
  const shapes = ending('.shp')
  if (shapes.length > 1) throw new ReadRefusal('zip_several_layers', { names: shapes.slice(0, 5).join(', ') })
  if (shapes.length === 0) throw new ReadRefusal('zip_without_plan')
  const stem = shapes[0].slice(0, -4).toLowerCase()
  const beside = (end: string) => files.get(names.find((name) => name.toLowerCase() === stem + end) ?? '')
  return readShapes(files.get(shapes[0])!, beside('.dbf'), beside('.cpg'), limits)
}

function readShapes(shp: Uint8Array, dbf: Uint8Array | undefined, cpg: Uint8Array | undefined, limits: ReadLimits): PlanFile {
  const table = dbf && openDbf(dbf, cpg ? decodeText(cpg).text : null, limits.textLength)
  const rows: LandRow[] = []
  let vertices = 0
  for (const record of readShpRecords(shp)) {
    if (rows.length >= limits.rows) throw new ReadRefusal('too_many_rows', { limit: limits.rows }, record.number)
    const properties = table?.row(record.number - 1) ?? {}
    if ('fault' in record) rows.push({ row: record.number, properties, polygons: [], fault: record.fault })
    else {
      vertices += record.vertices
      if (vertices > limits.vertices) throw new ReadRefusal('too_many_vertices', { limit: limits.vertices }, record.number)
      rows.push({ row: record.number, properties, ...polygonsOf(record.geometry) })
    }
  }
  return landOf(rows)
}

function readGeoJson(text: string, limits: ReadLimits): PlanFile {
  const { slices, openLine, mismatchLine } = scanJson(text, limits.jsonDepth)
  if (openLine !== null) throw new ReadRefusal('file_truncated', {}, openLine)
  if (mismatchLine !== null || slices.length === 0) throw new ReadRefusal('json_invalid', { line: mismatchLine ?? 1 }, mismatchLine ?? 1)
  let vertices = 0
  return landOf(slices.map(({ start, end, line }) => {
    let raw: unknown
    try {
      raw = JSON.parse(text.slice(start, end))
    } catch {
      throw new ReadRefusal('json_invalid', { line }, line)
    }
    const feature = (typeof raw === 'object' ? raw : null) as { id?: unknown; geometry?: unknown; properties?: unknown } | null
    const check = checkGeometry(feature?.geometry)
    vertices += check.ok ? check.vertices : 0
    if (vertices > limits.vertices) throw new ReadRefusal('too_many_vertices', { limit: limits.vertices }, line)
    const properties = textsOf(feature?.properties, limits)
    return { row: line, properties, ...(check.ok ? polygonsOf(check.geometry) : { polygons: [], fault: check.code }) }
  }))
}

function textsOf(raw: unknown, limits: ReadLimits): Properties {
  const properties: Record<string, string> = {}
  for (const [key, value] of Object.entries(typeof raw === 'object' && raw !== null ? raw : {})) {
    if (value === null || typeof value === 'object' || key === '__proto__') continue
    properties[storedText(key, limits.textLength)] = storedText(String(value), limits.textLength)
  }
  return properties
}

function readCsv(text: string, limits: ReadLimits): string[][] {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { header: false, skipEmptyLines: false })
  if (data.length > limits.rows) throw new ReadRefusal('too_many_rows', { limit: limits.rows }, limits.rows)
  return data.map((row) => row.map((cell) => storedText(unprotected(cell).trim(), limits.textLength)))
}

/** What is written with an apostrophe in front so that no spreadsheet runs it. */
const unprotected = (cell: string): string => (/^'[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? cell.slice(1) : cell)

function unitsOf(rows: readonly (readonly string[])[]): PlanFile {
  const head = rows.findIndex((row) => row.some((cell) => cell !== ''))
  const fields = fieldsOf(rows[head] ?? [])
  const hasUnit = fields.has('buildingId') || fields.has('address') || fields.has('cellId')
  const hasGrid = fields.has('gridId') || fields.has('gridCode') || fields.has('gridName')
  if (!hasUnit || !hasGrid) throw new ReadRefusal('table_without_heads')
  const claims: UnitClaim[] = []
  rows.forEach((row, k) => {
    const text = (field: ClaimField) => row[fields.get(field) ?? -1] ?? ''
    if (k <= head || row.every((cell) => cell === '')) return
    claims.push({
      row: k + 1, cellId: text('cellId'), buildingId: text('buildingId'), address: text('address'),
      gridId: text('gridId'), gridCode: text('gridCode'), gridName: text('gridName'),
    })
  })
  if (claims.length === 0) throw new ReadRefusal('no_features')
  return { kind: 'units', claims, flags: [] }
}

interface LandRow {
  readonly row: number
  readonly properties: Properties
  readonly polygons: LandClaim['polygons']
  readonly fault: string | null
}

function polygonsOf(geometry: SourceGeometry | null): Pick<LandRow, 'polygons' | 'fault'> {
  const polygons = geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.type === 'MultiPolygon' ? geometry.coordinates : []
  return { polygons, fault: null }
}

const isWhole = (polygons: LandRow['polygons']): boolean =>
  polygons.length > 0 && polygons.every((rings) => rings.length > 0 && rings.every((ring) => ring.length >= 4 && ring.every(isPlace)))
/** Degrees of WGS84: another system would put the land elsewhere, or nowhere. */
const isPlace = ([lng, lat]: readonly number[]): boolean => Math.abs(lng) <= 180 && Math.abs(lat) <= 90

function landOf(rows: readonly LandRow[]): PlanFile {
  const flags: FileFlag[] = []
  const claims: LandClaim[] = []
  for (const { row, properties, polygons, fault } of rows) {
    if (fault !== null || !isWhole(polygons)) {
      flags.push({ row, code: 'geometry_bad', severity: 'error', values: {} })
      continue
    }
    const fields = fieldsOf(Object.keys(properties))
    const keys = Object.keys(properties)
    const text = (field: ClaimField) => properties[keys[fields.get(field) ?? -1]]?.trim() ?? ''
    claims.push({
      row, polygons, gridId: text('gridId'), gridCode: text('gridCode'), gridName: text('gridName'), kind: kindOf(text('kind')),
    })
  }
  if (rows.length === 0) throw new ReadRefusal('no_features')
  return { kind: 'land', claims, flags }
}
