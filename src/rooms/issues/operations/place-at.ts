import { middleOf } from '@/core/places-in-metres'
import { pointInRing } from '@/core/rings'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'

/** A building farther away than this does not name a place. */
const NAMES_WITHIN_M = 60
const M_PER_DEGREE = 111_320

/** Straight way between two places of one street, metres; the earth is flat over so short a way. */
export function metresBetween([lng, lat]: LngLat, [toLng, toLat]: LngLat): number {
  const east = (toLng - lng) * Math.cos((lat * Math.PI) / 180)
  return Math.hypot(east, toLat - lat) * M_PER_DEGREE
}

/** The building a place lies in, else the nearest one near enough to name it; −1: none. O(points of outlines). */
export function buildingAt(scope: Pick<Scope, 'buildings'>, at: LngLat): { building: number; isInside: boolean } {
  const { buildings } = scope
  let [nearest, nearestM] = [-1, NAMES_WITHIN_M]
  for (let building = 0; building < buildings.count; building++) {
    const ring = buildings.outline.subarray(2 * buildings.outlineStart[building], 2 * buildings.outlineStart[building + 1])
    if (ring.length < 6) continue
    const awayM = metresBetween(at, middleOf(scope.buildings, building))
    // A building of ordinary size reaches no farther from its middle.
    if (awayM < 4 * NAMES_WITHIN_M && pointInRing(ring, at[0], at[1]) >= 0) return { building, isInside: true }
    if (awayM < nearestM) [nearest, nearestM] = [building, awayM]
  }
  return { building: nearest, isInside: false }
}
