import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { makeLandFrame } from '@/core/land-frame'
import type { LandFrame } from '@/core/land-frame'
import { latticeLine } from '@/algorithms/topology/land-input'
import type { LandBuilding, LandInput, LandStreet } from '@/algorithms/topology/land-input'
import { ringArea2 } from '@/core/rings'

interface Feature {
  readonly geometry: { readonly type: string; readonly coordinates: never }
  readonly properties: Readonly<Record<string, string | number | null | undefined>>
}
type Position = number[]

const MONACO_BOX = [7.3515, 43.7172, 7.4885, 43.7683] as const

/** Features of a file of one GeoJSON feature a line (plain or gzip), or of a FeatureCollection. */
function readFeatures(path: string): Feature[] {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  if (path.endsWith('.geojson')) return (JSON.parse(text) as { features: Feature[] }).features
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Feature)
}

/** No census exists for the test land: three storeys, 110 m² a home; sheds and canopies hold none. */
export function mockHouseholds(rings: readonly Int32Array[], properties: Feature['properties']): number {
  const areaM2 = rings.reduce((sum, ring, i) => sum + (i === 0 ? 1 : -1) * Math.abs(ringArea2(ring)) * 0.0000125, 0)
  if (properties.wall === 'no' || areaM2 < 40) return 0
  return Math.max(1, Math.round((areaM2 * 3) / 110))
}

function buildingsOf(frame: LandFrame, features: readonly Feature[]): LandBuilding[] {
  const out: LandBuilding[] = []
  features.forEach((f, i) => {
    const parts = f.geometry.type === 'Polygon' ? [f.geometry.coordinates as Position[][]]
      : f.geometry.type === 'MultiPolygon' ? (f.geometry.coordinates as Position[][][]) : []
    const rings = parts.flat().map((ring) => latticeLine(frame, ring))
    if (rings.length === 0) return
    out.push({
      id: `b${String(i).padStart(6, '0')}`, rings, households: mockHouseholds(rings, f.properties),
      layer: Number(f.properties.layer ?? 0) || 0, underground: f.properties.location === 'underground',
    })
  })
  return out
}

function streetsOf(frame: LandFrame, features: readonly Feature[]): LandStreet[] {
  const out: LandStreet[] = []
  const tag = (value: string | number | null | undefined) => (value === null || value === undefined ? undefined : String(value))
  features.forEach((f, i) => {
    if (f.geometry.type !== 'LineString' || !f.properties.highway) return
    out.push({
      id: `s${String(i).padStart(6, '0')}`, line: latticeLine(frame, f.geometry.coordinates as Position[]),
      highway: String(f.properties.highway), tunnel: tag(f.properties.tunnel), bridge: tag(f.properties.bridge),
      layer: Number(f.properties.layer ?? 0) || 0,
    })
  })
  return out
}

function boxRing(frame: LandFrame, box: readonly number[]): Int32Array {
  return latticeLine(frame, [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]])
}

/** Monaco and its neighbours; null where the data folder is absent. */
export function monacoInput(folder: string): LandInput | null {
  const path = `${folder}/osm/monaco_buildings.geojsonl.gz`
  if (!existsSync(path)) return null
  const frame = makeLandFrame([7.42, 43.742])
  return {
    frame, boundary: [boxRing(frame, MONACO_BOX)], communities: [], buildings: buildingsOf(frame, readFeatures(path)),
    streets: streetsOf(frame, readFeatures(`${folder}/osm/monaco_roads.geojsonl.gz`)), waterAreas: [], waterLines: [], coastlines: [],
    railways: [], greens: [], compounds: [], barriers: [],
  }
}

/** Tsinghua campus within the box of its buildings; null where the data folder is absent. */
export function tsinghuaInput(folder: string): LandInput | null {
  const path = `${folder}/osm/tsinghua_buildings.geojson`
  if (!existsSync(path)) return null
  const frame = makeLandFrame([116.32, 40.0])
  return {
    frame, communities: [], buildings: buildingsOf(frame, readFeatures(path)),
    streets: streetsOf(frame, readFeatures(`${folder}/osm/tsinghua_roads.geojson`)), waterAreas: [], waterLines: [], coastlines: [],
    railways: [], greens: [], compounds: [], barriers: [],
  }
}
