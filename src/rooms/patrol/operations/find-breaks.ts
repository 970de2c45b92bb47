import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import type { LngLatBounds } from '@/core/units'
import { toDegrees } from '@/core/places-in-metres'
import type { LandFrame } from '@/core/land-frame'

/** Ways that hang together with each other and with nothing else. */
export interface Island {
  readonly segments: readonly number[]
  readonly metres: number
  readonly bounds: LngLatBounds
}

/** A path assumed where the streets of the map do not meet. */
export interface StreetGap {
  readonly segment: number
  readonly metres: number
  readonly bounds: LngLatBounds
  readonly line: readonly GeoJSON.Position[]
}

/** Where the streets do not hang together: islands, the longest first, and gaps that a path was assumed over. O(points). */
export function findBreaks(network: PatrolNetwork, frame: LandFrame): { readonly islands: readonly Island[]; readonly gaps: readonly StreetGap[] } {
  const { segmentLine, segmentLengthM, segmentFrom, component, componentLengthM } = network
  const parts: number[][] = Array.from(componentLengthM, () => [])
  const gaps: number[] = []
  segmentLine.forEach((line, segment) => {
    if (line < 0) gaps.push(segment)
    parts[component[segmentFrom[segment]]].push(segment)
  })
  return {
    islands: parts.slice(1).flatMap((segments, k) => (segments.length === 0 ? [] : [{ segments, metres: componentLengthM[k + 1], bounds: boundsOf(network, frame, segments) }])),
    gaps: gaps.map((segment) => ({ segment, metres: segmentLengthM[segment], bounds: boundsOf(network, frame, [segment]), line: lineOfSegment(network, frame, segment) })),
  }
}

/** The line of a segment in degrees. */
const lineOfSegment = ({ pathStart, pathXYM }: PatrolNetwork, frame: LandFrame, segment: number): GeoJSON.Position[] =>
  Array.from({ length: pathStart[segment + 1] - pathStart[segment] }, (_, k) => {
    const point = pathStart[segment] + k
    return [...toDegrees(frame, pathXYM[2 * point], pathXYM[2 * point + 1])]
  })

function boundsOf(network: PatrolNetwork, frame: LandFrame, segments: readonly number[]): LngLatBounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const segment of segments) {
    for (const [lng, lat] of lineOfSegment(network, frame, segment)) {
      west = Math.min(west, lng)
      east = Math.max(east, lng)
      south = Math.min(south, lat)
      north = Math.max(north, lat)
    }
  }
  return [west, south, east, north]
}
