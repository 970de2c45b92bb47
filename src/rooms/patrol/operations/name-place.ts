import { middleOf } from '@/core/places-in-metres'
import { pointInRing } from '@/core/rings'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'

/** So near a building's address tells where a way without a name is. */
const NEAR_M = 80
const M_PER_DEGREE = 111_320

/** How a place is known where its way has no name: the compound it lies in, or the address of the nearest building; empty: neither. O(compounds + buildings). */
export function placeName({ compounds, buildings }: Pick<Scope, 'compounds' | 'buildings'>, [lng, lat]: LngLat): { readonly name: string; readonly isInside: boolean } {
  const within = compounds.find(({ ring }) => ring.length > 2 && pointInRing(ring.flat(), lng, lat) >= 0)
  if (within) return { name: within.name, isInside: true }
  let [nearest, leastM] = [-1, NEAR_M]
  for (let building = 0; building < buildings.count; building++) {
    if (buildings.addresses[building] === '') continue
    const [otherLng, otherLat] = middleOf(buildings, building)
    const awayM = Math.hypot((otherLng - lng) * Math.cos((lat * Math.PI) / 180), otherLat - lat) * M_PER_DEGREE
    if (awayM < leastM) [nearest, leastM] = [building, awayM]
  }
  return { name: nearest < 0 ? '' : buildings.addresses[nearest], isInside: false }
}
