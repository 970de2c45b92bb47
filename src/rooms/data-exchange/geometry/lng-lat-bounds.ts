import { metresPerDegree } from '@/core/land-frame'
import type { LngLat, LngLatBounds } from '@/core/units'

/** Bounds of positions; null of none. */
export function boundsOf(positions: Iterable<readonly [number, number]>): LngLatBounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lng, lat] of positions) {
    if (lng < west) west = lng
    if (lng > east) east = lng
    if (lat < south) south = lat
    if (lat > north) north = lat
  }
  return west === Infinity ? null : [west, south, east, north]
}

export const centreOf = ([west, south, east, north]: LngLatBounds): LngLat => [(west + east) / 2, (south + north) / 2]

/** Metres between two bounds; 0 where they touch. */
export function gapBetweenM(a: LngLatBounds, b: LngLatBounds): number {
  const { mPerDegLng, mPerDegLat } = metresPerDegree((centreOf(a)[1] + centreOf(b)[1]) / 2)
  const x = Math.max(0, a[0] - b[2], b[0] - a[2]) * mPerDegLng
  const y = Math.max(0, a[1] - b[3], b[1] - a[3]) * mPerDegLat
  return Math.hypot(x, y)
}

const BEARINGS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export type Bearing = (typeof BEARINGS)[number]

/** Distance (great circle, m) and bearing (one of eight) from one position to another. */
export function distanceAndBearing(from: LngLat, to: LngLat): { distanceM: number; bearing: Bearing } {
  const rad = Math.PI / 180
  const [lat1, lat2, dLng] = [from[1] * rad, to[1] * rad, (to[0] - from[0]) * rad]
  const a = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(dLng / 2) ** 2
  const distanceM = 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(a)))
  const azimuth = Math.atan2(
    Math.sin(dLng) * Math.cos(lat2),
    Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(dLng),
  )
  return { distanceM, bearing: BEARINGS[(Math.round(azimuth / rad / 45) + 8) % 8] }
}
