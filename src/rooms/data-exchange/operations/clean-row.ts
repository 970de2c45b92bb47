import type { LngLat } from '@/core/units'
import { mendParts } from '../geometry/mend-polygon'
import { pointInside } from '../geometry/point-inside'
import type { FieldMapping, HouseholdRule, LayerName, Pair, Severity, SourceFeature } from '../model'
import type { CleanArea, CleanLand, Origin } from './clean-land'
import { deriveHouseholds, isResidential } from './derive-households'

/** Names a fault of the row at hand. */
export type FindInRow = (
  code: string,
  severity: Severity,
  values?: Readonly<Record<string, string | number>>,
  at?: LngLat,
  field?: string,
) => void

const MAX_FLOORS = 200
const MAX_HOUSEHOLDS = 5_000
/** Walled estates of a size that occurs; larger "walls" run round whole quarters, smaller ones round a yard. */
const COMPOUND_M2 = { least: 2_000, most: 1_000_000 }

/** Put one row, already on WGS84, into the land under its layer; faults are named, never thrown. */
export function cleanRow(
  land: CleanLand,
  feature: SourceFeature,
  layer: LayerName,
  file: number,
  mapping: FieldMapping,
  rule: HouseholdRule,
  find: FindInRow,
): void {
  const { properties, geometry } = feature
  const origin: Origin = { file, row: feature.row, sourceId: feature.sourceId }
  const text = (field: string | null): string => (field === null ? '' : (properties[field] ?? ''))
  // A translated name is there for some things only.
  const name = text(mapping.name) || (mapping.name === 'name:zh' ? text('name') : '')
  const code = text(mapping.code)
  if (layer === 'units') {
    if (!/^(\d{6}|\d{9}|\d{12})$/.test(code)) find('code_invalid', 'error', { code: code.slice(0, 20) }, undefined, mapping.code ?? 'code')
    else land.units.push({ ...origin, name, code })
    return
  }
  if (geometry === null) return
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : []
  const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.type === 'MultiLineString' ? geometry.coordinates : []

  switch (layer) {
    case 'street':
      for (const line of usableLines(lines, find)) {
        land.streets.push({
          ...origin,
          sourceId: partId(origin.sourceId, line, lines),
          name,
          line,
          highway: properties['highway'] ?? 'residential',
          tunnel: properties['tunnel'] ?? '',
          bridge: properties['bridge'] ?? '',
          layer: wholeNumber(properties['layer']),
        })
      }
      if (lines.length === 0) find('geometry_unfit', 'info', { type: geometry.type, layer })
      return
    case 'railway':
      // Under ground it divides nothing above.
      if ((properties['tunnel'] ?? 'no') !== 'no') return
      for (const line of usableLines(lines, find)) land.railways.push({ ...origin, name, line })
      return
    case 'water': {
      if (polygons.length === 0) {
        const kind = properties['natural'] === 'coastline' ? 'coast' : 'line'
        if ((properties['tunnel'] ?? 'no') !== 'no') return
        for (const line of usableLines(lines, find)) land.water.push({ ...origin, name, kind, polygons: [], line })
        return
      }
      const area = mendArea(polygons, true, find)
      if (area !== null) land.water.push({ ...origin, name, kind: 'area', polygons: area.polygons, line: [] })
      return
    }
    case 'building':
      return cleanBuilding(land, feature, polygons, origin, { name, text, mapping }, rule, find)
    default:
      return cleanArea(land, layer, polygons.length > 0 ? polygons : closedLines(lines), { ...origin, name, code }, find)
  }
}

const wholeNumber = (text: string | undefined): number => Math.trunc(Number(text ?? 0)) || 0

const partId = (id: string, line: Pair[], lines: readonly Pair[][]): string =>
  lines.length === 1 ? id : `${id}/${lines.indexOf(line) + 1}`

const closedLines = (lines: readonly Pair[][]): Pair[][][] => lines.filter((line) => line.length > 3).map((line) => [line])

function usableLines(lines: readonly Pair[][], find: FindInRow): Pair[][] {
  return lines.filter((line) => {
    const moves = line.some(([x, y]) => x !== line[0][0] || y !== line[0][1])
    if (!moves) find('line_too_short', 'error', { points: line.length }, line[0])
    return moves
  })
}

function mendArea(
  polygons: readonly Pair[][][],
  split: boolean,
  find: FindInRow,
): { polygons: Pair[][][]; areaM2: number; crossed: boolean } | null {
  const mended = mendParts(polygons, split)
  for (const note of mended.notes) find(note.code, note.fatal ? 'error' : 'warning', note.values, note.at, 'geometry')
  if (mended.polygons.length === 0) return null
  const crossed = mended.notes.some((note) => note.code === 'ring_self_crossing_split' || note.code === 'parts_left_out')
  return { polygons: [...mended.polygons], areaM2: mended.areaM2, crossed }
}

function cleanArea(
  land: CleanLand,
  layer: LayerName,
  polygons: readonly Pair[][][],
  head: Origin & { name: string; code: string },
  find: FindInRow,
): void {
  if (polygons.length === 0) return find('geometry_unfit', 'info', { type: 'line', layer })
  const mended = mendArea(polygons, layer === 'green', find)
  if (mended === null) return
  const area: CleanArea = { ...head, polygons: mended.polygons, areaM2: mended.areaM2 }
  if (layer === 'boundary') land.boundaries.push(area)
  else if (layer === 'community') land.communities.push(area)
  else if (layer === 'green') land.greens.push(area)
  else if (mended.areaM2 < COMPOUND_M2.least || mended.areaM2 > COMPOUND_M2.most) {
    find('compound_size', 'info', { areaM2: Math.round(mended.areaM2) }, [...mended.polygons[0][0][0]])
  } else land.compounds.push(area)
}

function cleanBuilding(
  land: CleanLand,
  feature: SourceFeature,
  polygons: readonly Pair[][][],
  origin: Origin,
  fields: { name: string; text(field: string | null): string; mapping: FieldMapping },
  rule: HouseholdRule,
  find: FindInRow,
): void {
  if (polygons.length === 0) return find('geometry_unfit', 'error', { type: feature.geometry!.type, layer: 'building' }, undefined, 'geometry')
  const mended = mendArea(polygons, true, find)
  if (mended === null) return
  const at = pointInside(mended.polygons[0][0])
  const count = (field: string | null, most: number): number | null => {
    const told = fields.text(field)
    if (told === '') return null
    // Full-width digits are read as others, a unit behind is left off, of several the first counts.
    const first = told.normalize('NFKC').replace(/[^\d.-]+$/u, '').split(/[;,-]/)[0].trim()
    const value = /^\d+(\.\d+)?$/.test(first) ? Number(first) : Infinity
    if (value <= most) return value
    find('number_invalid', 'warning', { shown: told.slice(0, 30), most }, at, field!)
    return null
  }
  const { properties } = feature
  const kind = properties['building'] ?? 'yes'
  const floorsTold = count(fields.mapping.floors, MAX_FLOORS)
  const householdsTold = count(fields.mapping.households, MAX_HOUSEHOLDS)
  const floors = Math.max(1, Math.round(floorsTold ?? rule.defaultFloors))
  land.buildings.push({
    ...origin,
    name: fields.name,
    address: addressOf(properties, fields.text(fields.mapping.address)),
    kind,
    floors,
    floorsKnown: floorsTold !== null,
    households: Math.round(householdsTold ?? deriveHouseholds(mended.areaM2, floors, isResidential(kind, properties), rule)),
    householdsKnown: householdsTold !== null,
    areaM2: mended.areaM2,
    polygons: mended.polygons,
    at,
    layer: wholeNumber(properties['layer']),
    underground: properties['location'] === 'underground',
    review: mended.crossed ? 'ring_self_crossing_split' : null,
  })
}

/** Street before number, as a Chinese address is read. */
function addressOf(properties: Readonly<Record<string, string>>, told: string): string {
  const street = properties['addr:street']
  if (street === undefined) return told
  return told === '' || told === street ? street : `${street} ${told}`
}
