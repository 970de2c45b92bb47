import { pointInRing } from '@/core/rings'
import type { LngLat } from '@/core/units'

/** Those of the slips that lie in a ring of degrees, open or closed, or on its line. O(slips in its box × points). */
export function slipsWithin(lngLat: Float64Array, slips: ArrayLike<number>, ring: readonly LngLat[]): number[] {
  const flat = ring.flatMap(([lng, lat]) => [lng, lat])
  const [lngs, lats] = [ring.map(([lng]) => lng), ring.map(([, lat]) => lat)]
  const [west, east, south, north] = [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)]
  return Array.from(slips).filter((slip) => {
    const [lng, lat] = [lngLat[2 * slip], lngLat[2 * slip + 1]]
    return lng >= west && lng <= east && lat >= south && lat <= north && pointInRing(flat, lng, lat) >= 0
  })
}
