import type { LayerName, SourceFeature } from '../model'

type Properties = Readonly<Record<string, string>>

const RAILWAYS = new Set(['rail', 'light_rail', 'narrow_gauge', 'tram', 'subway', 'monorail', 'funicular'])
/** Ditches and drains run by the hundred between houses: they divide nobody. */
const WATER_LINES = new Set(['river', 'canal', 'stream'])
const GREEN: Readonly<Record<string, ReadonlySet<string>>> = {
  leisure: new Set(['park', 'garden', 'golf_course', 'nature_reserve', 'recreation_ground']),
  landuse: new Set(['grass', 'forest', 'cemetery', 'orchard', 'farmland', 'meadow', 'vineyard', 'recreation_ground', 'village_green']),
  natural: new Set(['wood', 'scrub', 'grassland', 'heath']),
}
const WALLS = new Set(['wall', 'fence', 'city_wall', 'retaining_wall'])

/** File names often say what their rows do not. */
const NAME_HINTS: readonly (readonly [RegExp, LayerName])[] = [
  [/build|jzw|建筑|楼栋|房屋/i, 'building'],
  [/road|street|highway|道路|路网/i, 'street'],
  [/communit|village|社区|村界|村居/i, 'community'],
  [/compound|estate|小区/i, 'compound'],
  [/water|river|水系|河/i, 'water'],
  [/rail|铁路/i, 'railway'],
  [/green|park|绿地/i, 'green'],
  [/boundary|border|district|county|region|边界|辖区|界线/i, 'boundary'],
]

/**
 * What a row becomes, by its own attributes: OSM tags first, then the marks of administrative files, then the name of the file. Null
 * where nothing fits; such rows are counted, not hidden.
 */
export function layerOfRow(feature: SourceFeature, fileName: string): LayerName | null {
  if (feature.geometry === null) return 'units'
  const type = feature.geometry.type
  const areal = type === 'Polygon' || type === 'MultiPolygon'
  const tags = feature.properties
  const tagged = areal ? areaLayer(tags) : type === 'Point' ? null : lineLayer(tags, feature)
  if (tagged !== null) return tagged
  if (isOsmTagged(tags)) return null
  if (areal && isAdministrative(tags)) return codeLength(tags) === 12 ? 'community' : 'boundary'
  const hint = NAME_HINTS.find(([pattern]) => pattern.test(fileName))?.[1] ?? null
  if (hint === null || type === 'Point') return null
  const lineOnly = hint === 'street' || hint === 'railway'
  return lineOnly === areal && hint !== 'water' ? null : hint
}

/** Whether a row speaks in OSM tags, so that the lack of a fitting one means it is something else. */
export const isOsmTagged = (tags: Properties): boolean =>
  ['building', 'highway', 'natural', 'waterway', 'railway', 'leisure', 'landuse', 'barrier', 'boundary'].some((key) => tags[key] !== undefined)

function areaLayer(tags: Properties): LayerName | null {
  const building = tags['building']
  if (building !== undefined && building !== 'no') return 'building'
  if (tags['boundary'] === 'administrative') return 'boundary'
  if (tags['natural'] === 'water' || tags['water'] !== undefined) return 'water'
  if (tags['waterway'] === 'riverbank' || tags['waterway'] === 'dock') return 'water'
  if (tags['landuse'] === 'reservoir' || tags['landuse'] === 'basin') return 'water'
  // Unnamed residential land is a colour on a map, not an estate with a wall.
  if (tags['landuse'] === 'residential') return tags['name'] === undefined ? null : 'compound'
  if (WALLS.has(tags['barrier'] ?? '')) return 'compound'
  return Object.entries(GREEN).some(([key, values]) => values.has(tags[key] ?? '')) ? 'green' : null
}

function lineLayer(tags: Properties, feature: SourceFeature): LayerName | null {
  if (tags['highway'] !== undefined) return 'street'
  if (tags['natural'] === 'coastline' || WATER_LINES.has(tags['waterway'] ?? '')) return 'water'
  if (RAILWAYS.has(tags['railway'] ?? '')) return 'railway'
  if (WALLS.has(tags['barrier'] ?? '') && isClosedLine(feature)) return 'compound'
  return null
}

function isClosedLine(feature: SourceFeature): boolean {
  if (feature.geometry?.type !== 'LineString') return false
  const line = feature.geometry.coordinates
  const last = line[line.length - 1]
  return line.length > 3 && line[0][0] === last[0] && line[0][1] === last[1]
}

const isAdministrative = (tags: Properties): boolean => tags['adcode'] !== undefined || codeLength(tags) >= 6

/** Digits of a division code among the attributes, 0 where there is none. */
function codeLength(tags: Properties): number {
  const code = tags['code'] ?? tags['adcode'] ?? tags['代码'] ?? tags['区划代码'] ?? tags['社区代码'] ?? tags['XZQDM'] ?? ''
  return /^(\d{6}|\d{9}|\d{12})$/.test(code) ? code.length : 0
}

/** Marks of DataV and Amap files: district polygons drawn in GCJ-02. */
export const isDatav = (tags: Properties): boolean =>
  tags['adcode'] !== undefined && (tags['childrenNum'] !== undefined || tags['level'] !== undefined)
