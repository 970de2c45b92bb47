import { buildPatrolNetwork } from '@/algorithms/arc-routing/build-patrol-network'
import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import type { LandCut } from '@/algorithms/topology/land-input'
import { streetsInMetres, wallsInMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import type { LngLat, XY } from '@/core/units'
import { toLngLat } from '@/core/land-frame'
import { insideRing, ringBounds } from '../geometry/plane'
import type { StreetData } from '../street-data'

/** What the room of patrols sees of some communities: the streets in and around them by database id, and the segments between their junctions. */
export interface PatrolGround {
  readonly scope: Pick<Scope, 'land' | 'streets' | 'compounds' | 'features' | 'buildings'>
  readonly network: PatrolNetwork
  /** Community by segment, −1 for paths over gaps and what lies in none of them. */
  readonly community: Int32Array
}

/** Ids by position; of buildings the first. */
export interface GroundIds {
  readonly streets: readonly number[]
  readonly building: number
}

/** Frame metres are whole centimetres here; the lattice has two to one. */
const LATTICE_PER_M = 200

export const degreesOf = ({ frame }: Pick<StreetData, 'frame'>, [x, y]: XY): LngLat => toLngLat(frame, x * LATTICE_PER_M, y * LATTICE_PER_M)

/** Streets so far around the communities belong to the ground. */
const AROUND_M = 400

/** @param communities the first so many of the street */
export function groundOf(street: StreetData, cut: LandCut, ids: GroundIds, communities: number): PatrolGround {
  const [west, south, east, north] = ringBounds(street.communities.slice(0, communities).flatMap(({ rings: [outer] }) => outer))
  const isNear = (points: readonly XY[]): boolean => {
    const [w, s, e, n] = ringBounds(points)
    return w <= east + AROUND_M && e >= west - AROUND_M && s <= north + AROUND_M && n >= south - AROUND_M
  }
  const line = (points: readonly XY[]): LngLat[] => points.map((point) => degreesOf(street, point))
  const closed = (points: readonly XY[]): LngLat[] => line([...points, points[0]])
  const { buildings } = street
  const outlineStart = new Uint32Array(buildings.length + 1)
  buildings.forEach(({ ring }, k) => (outlineStart[k + 1] = outlineStart[k] + ring.length + 1))
  const none = new Int32Array(buildings.length)
  const scope: PatrolGround['scope'] = {
    land: cut.land,
    streets: street.streets.flatMap((way, k) => (isNear(way.line) ? [{ id: ids.streets[k], name: way.name, class: way.class, line: line(way.line) }] : [])),
    compounds: street.compounds.map(({ name, initials, status, note, community, ring }, k) => ({ id: k + 1, name, initials, status, note, community, ring: line(ring) })),
    features: street.features.map(({ kind, name, line: points }, k) => ({ id: k + 1, kind, name, line: kind === 'railway' ? line(points) : closed(points) })),
    buildings: {
      count: buildings.length,
      ids: Int32Array.from(buildings, (_, k) => ids.building + k),
      cell: cut.buildingCell,
      community: Int32Array.from(buildings, ({ community }) => community),
      compound: Int32Array.from(buildings, ({ compound }) => compound),
      names: buildings.map(({ name }) => name),
      addresses: buildings.map(({ address }) => address),
      floors: Uint8Array.from(buildings, ({ floors }) => floors),
      households: Int32Array.from(buildings, ({ households }) => households),
      residents: none,
      members: none,
      byCategory: new Int32Array(0),
      outlineStart,
      outline: Float64Array.from(buildings.flatMap(({ ring }) => closed(ring).flat())),
    },
  }
  const network = networkOf(scope)
  return { scope, network, community: communitiesOf(street.communities.slice(0, communities), network) }
}

function networkOf(scope: PatrolGround['scope']): PatrolNetwork {
  const columns = streetsInMetres(scope.land.frame, scope.streets)
  return buildPatrolNetwork(buildStreetGraph(columns, { lines: wallsInMetres(scope) }), columns)
}

/** The points a segment is drawn by, from its first node to its second. */
export function pointsOf({ pathStart, pathXYM }: PatrolNetwork, segment: number): XY[] {
  return Array.from({ length: pathStart[segment + 1] - pathStart[segment] }, (_, k) => {
    const at = 2 * (pathStart[segment] + k)
    return [pathXYM[at], pathXYM[at + 1]]
  })
}

function communitiesOf(communities: StreetData['communities'], network: PatrolNetwork): Int32Array {
  return Int32Array.from(network.segmentLine, (line, segment) => {
    if (line < 0) return -1
    const middle = middleOfLine(pointsOf(network, segment))
    return communities.findIndex(({ rings: [outer, ...holes] }) => insideRing(middle, outer) && !holes.some((hole) => insideRing(middle, hole)))
  })
}

const middleOfLine = (points: readonly XY[]): XY =>
  points.length > 2 ? points[points.length >> 1] : [(points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2]
