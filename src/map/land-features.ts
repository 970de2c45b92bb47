import { toLngLat } from '@/core/land-frame'
import type { Land } from '@/core/land'
import type { Scope } from '@/core/scope'
import { boundaryPolygons, cellRings } from './cell-rings'

type Collection = GeoJSON.FeatureCollection
type Feature = GeoJSON.Feature

/** Carriageway width by class of street, metres; what is not named is a path. */
const WIDTH_M: Readonly<Record<string, number>> = {
  motorway: 22,
  trunk: 20,
  primary: 18,
  secondary: 14,
  tertiary: 11,
  residential: 8,
  unclassified: 8,
  living_street: 7,
  pedestrian: 7,
  road: 8,
  service: 4.5,
  track: 3,
}
const MAJOR = new Set(['motorway', 'trunk', 'primary', 'secondary'])

/** Everything that lies still while plans change; one collection a source. Feature ids are dense indices. */
export interface LandFeatures {
  readonly landArea: Collection
  readonly features: Collection
  readonly streets: Collection
  readonly compounds: Collection
  readonly buildings: Collection
  readonly cells: Collection
  readonly arcs: Collection
  readonly communities: Collection
  readonly stations: Collection
}

/** Make the still sources of a scope. Linear in its size. */
export function landFeatures(scope: Scope): LandFeatures {
  const { land } = scope
  const rings = cellRings(land)
  return {
    landArea: collect([polygonFeature(0, boundaryPolygons(land))]),
    features: collect(
      scope.features.map(({ kind, name, line }, id) => {
        const positions = line.map(([lng, lat]) => [lng, lat])
        const closed = kind !== 'railway' && isClosed(positions)
        return {
          type: 'Feature',
          id,
          properties: { kind, name },
          geometry: closed ? { type: 'Polygon', coordinates: [positions] } : { type: 'LineString', coordinates: positions },
        }
      }),
    ),
    streets: collect(
      scope.streets.map((street, id) => ({
        type: 'Feature',
        id,
        properties: {
          name: street.name,
          width: WIDTH_M[street.class.replace(/_link$/, '')] ?? 2,
          path: WIDTH_M[street.class.replace(/_link$/, '')] === undefined,
          major: MAJOR.has(street.class.replace(/_link$/, '')),
        },
        geometry: { type: 'LineString', coordinates: street.line.map(([lng, lat]) => [lng, lat]) },
      })),
    ),
    compounds: collect(
      scope.compounds.map((compound, id) => ({
        type: 'Feature',
        id,
        properties: { status: compound.status, name: compound.name },
        geometry: { type: 'Polygon', coordinates: [compound.ring.map(([lng, lat]) => [lng, lat])] },
      })),
    ),
    buildings: collect(buildingFeatures(scope)),
    cells: collect(
      rings.map((own, id) => ({ type: 'Feature', id, properties: {}, geometry: { type: 'Polygon', coordinates: own } })),
    ),
    arcs: collect(arcFeatures(land)),
    communities: collect(communityLines(land)),
    stations: collect(
      scope.stations.map((station, id) => ({
        type: 'Feature',
        id,
        properties: { level: station.level, icon: `station-${station.level}`, name: station.name },
        geometry: { type: 'Point', coordinates: [station.at[0], station.at[1]] },
      })),
    ),
  }
}

const collect = (features: Feature[]): Collection => ({ type: 'FeatureCollection', features })

const isClosed = (line: readonly number[][]): boolean =>
  line.length > 3 && line[0][0] === line[line.length - 1][0] && line[0][1] === line[line.length - 1][1]

const polygonFeature = (id: number, coordinates: GeoJSON.Position[][][]): Feature => ({
  type: 'Feature',
  id,
  properties: {},
  geometry: { type: 'MultiPolygon', coordinates },
})

function buildingFeatures({ buildings }: Scope): Feature[] {
  const out: Feature[] = []
  for (let id = 0; id < buildings.count; id++) {
    const ring: GeoJSON.Position[] = []
    for (let p = buildings.outlineStart[id]; p < buildings.outlineStart[id + 1]; p++) {
      ring.push([buildings.outline[2 * p], buildings.outline[2 * p + 1]])
    }
    if (ring.length < 4) continue
    out.push({
      type: 'Feature',
      id,
      properties: { households: buildings.households[id] },
      geometry: { type: 'Polygon', coordinates: [ring] },
    })
  }
  return out
}

/** Positions of an arc, degrees. */
export function arcLine(land: Land, arc: number): GeoJSON.Position[] {
  const line: GeoJSON.Position[] = []
  for (let p = land.arcStart[arc]; p < land.arcStart[arc + 1]; p++) {
    line.push(toLngLat(land.frame, land.arcXY[2 * p], land.arcXY[2 * p + 1]))
  }
  return line
}

function arcFeatures(land: Land): Feature[] {
  return Array.from(land.arcIds, (_, id) => ({
    type: 'Feature',
    id,
    properties: { kind: land.arcKind[id] },
    geometry: { type: 'LineString', coordinates: arcLine(land, id) },
  }))
}

/** Arcs between communities and at the edge of the land, one feature for each of the two. */
function communityLines(land: Land): Feature[] {
  const between: GeoJSON.Position[][] = []
  const edge: GeoJSON.Position[][] = []
  for (let arc = 0; arc < land.arcIds.length; arc++) {
    const left = land.arcLeft[arc]
    const right = land.arcRight[arc]
    if (left < 0 || right < 0) edge.push(arcLine(land, arc))
    else if (land.cellCommunity[left] !== land.cellCommunity[right]) between.push(arcLine(land, arc))
  }
  return [
    { type: 'Feature', id: 0, properties: { edge: false }, geometry: { type: 'MultiLineString', coordinates: between } },
    { type: 'Feature', id: 1, properties: { edge: true }, geometry: { type: 'MultiLineString', coordinates: edge } },
  ]
}
