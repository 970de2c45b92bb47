import type { PlanState } from '@/core/plan-index'
import { writeKml } from '@/formats/write-kml'
import { writeShapefile, type DbfField } from '@/formats/write-shapefile'
import { writeWorkbook } from '@/formats/write-sheet'
import { writeCsv } from '@/ui/write-csv'
import { UNIT_COLUMNS, type PlanFormat } from './formats'
import { gridPlaces, unitRows, type GridPlace, type UnitRow } from './plan-rows'

/** What the person reads in a file: names of columns, the title, and whose export it is. */
export interface PlanFileWords {
  readonly title: string
  readonly watermark: string
  readonly sheet: string
  readonly columns: Readonly<Record<keyof UnitRow, string>>
}

/** Names have ten letters at most in a shapefile. */
const FIELDS: readonly (DbfField & { of(place: GridPlace): string | number })[] = [
  { name: 'GRIDID', type: 'text', size: 36, of: ({ grid }) => grid.id },
  { name: 'CODE', type: 'text', size: 24, of: ({ grid }) => grid.code },
  { name: 'NAME', type: 'text', size: 240, of: ({ grid }) => grid.name },
  { name: 'KIND', type: 'text', size: 9, of: ({ grid }) => grid.kind },
  { name: 'COMMCODE', type: 'text', size: 12, of: ({ communityCode }) => communityCode },
  { name: 'COMMUNITY', type: 'text', size: 120, of: ({ communityName }) => communityName },
  { name: 'HOUSEHOLDS', type: 'number', size: 9, of: ({ households }) => households },
  { name: 'RESIDENTS', type: 'number', size: 9, of: ({ residents }) => residents },
  { name: 'MEMBERS', type: 'number', size: 9, of: ({ members }) => members },
]

const propertiesOf = (place: GridPlace): (readonly [string, string | number])[] => [
  ['gridId', place.grid.id],
  ['code', place.grid.code],
  ['name', place.grid.name],
  ['kind', place.grid.kind],
  ['communityCode', place.communityCode],
  ['community', place.communityName],
  ['households', place.households],
  ['residents', place.residents],
  ['members', place.members],
]

/** A plan as a file: its grids as polygons, or its buildings and empty cells with their grids. */
export async function writePlan(plan: PlanState, format: PlanFormat, words: PlanFileWords): Promise<Blob> {
  switch (format) {
    case 'geojson':
      return new Blob([writeGeoJson(plan, words)], { type: 'application/geo+json' })
    case 'kml': {
      const places = gridPlaces(plan).map((place) => ({ name: place.grid.name, data: propertiesOf(place), polygons: place.polygons }))
      return new Blob([writeKml(words.title, words.watermark, places)], { type: 'application/vnd.google-earth.kml+xml' })
    }
    case 'shapefile': {
      const rows = gridPlaces(plan).map((place) => ({ polygons: place.polygons, values: FIELDS.map((field) => field.of(place)) }))
      return new Blob([writeShapefile('grids', FIELDS, rows) as Uint8Array<ArrayBuffer>], { type: 'application/zip' })
    }
    case 'xlsx':
      return writeWorkbook([{ name: words.sheet, heads: headsOf(words), rows: unitTable(plan), widths: [18, 16, 16, 32, 16, 8, 10, 10, 38] }])
    case 'csv':
      return new Blob([writeCsv(headsOf(words), unitTable(plan))], { type: 'text/csv;charset=utf-8' })
  }
}

const headsOf = (words: PlanFileWords): string[] => UNIT_COLUMNS.map((column) => words.columns[column])
const unitTable = (plan: PlanState): (string | number)[][] =>
  unitRows(plan).map((row) => UNIT_COLUMNS.map((column) => row[column] ?? ''))

function writeGeoJson(plan: PlanState, words: PlanFileWords): string {
  const features = gridPlaces(plan).map((place) => ({
    type: 'Feature',
    id: place.grid.id,
    properties: Object.fromEntries(propertiesOf(place)),
    geometry: { type: 'MultiPolygon', coordinates: place.polygons },
  }))
  // Members of its own beside the features, as RFC 7946 (section 6.1) allows. A line for each grid: faults are found by line.
  const head = JSON.stringify({ type: 'FeatureCollection', export: { title: words.title, watermark: words.watermark } }).slice(0, -1)
  return `${head},"features":[\n${features.map((feature) => JSON.stringify(feature)).join(',\n')}\n]}\n`
}
