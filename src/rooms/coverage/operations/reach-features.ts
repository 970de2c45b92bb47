import type { AreaRings } from '@/algorithms/routing/outline-pieces'
import type { ReachedPieces } from '@/algorithms/routing/service-areas'
import type { LandFrame } from '@/core/land-frame'
import { toDegrees } from '@/core/places-in-metres'

/** Corners of a circle as it is drawn. */
const CORNERS = 96

const positions = (frame: LandFrame, xyM: ArrayLike<number>): GeoJSON.Position[] => Array.from({ length: xyM.length / 2 }, (_, k) => [...toDegrees(frame, xyM[2 * k], xyM[2 * k + 1])])

/** Outlines of service areas. */
export const areaFeatures = (frame: LandFrame, areas: readonly AreaRings[]): GeoJSON.Feature[] =>
  areas.map((rings) => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: rings.map((ring) => positions(frame, ring)) } }))

/** A circle on the ground. */
export function circleFeature(frame: LandFrame, xM: number, yM: number, radiusM: number): GeoJSON.Feature {
  const ring = Array.from({ length: CORNERS + 1 }, (_, k) => {
    const turn = (2 * Math.PI * (k % CORNERS)) / CORNERS
    return [...toDegrees(frame, xM + radiusM * Math.cos(turn), yM + radiusM * Math.sin(turn))]
  })
  return { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: ring } }
}

/** Streets whose nearest station is a given one, as one line of many parts; none: nothing. */
export function wayFeatures(frame: LandFrame, { xyM, place }: ReachedPieces, station: number): GeoJSON.Feature[] {
  const parts = Array.from(place.keys()).filter((piece) => place[piece] === station).map((piece) => positions(frame, xyM.subarray(4 * piece, 4 * piece + 4)))
  return parts.length === 0 ? [] : [{ type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: parts } }]
}
