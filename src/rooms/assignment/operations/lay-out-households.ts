import type { AssignmentScope } from '@/core/assignment/assignment-scope'
import type { Rows } from '@/core/land'
import type { Scope } from '@/core/scope'
import { placesOnFootprint } from '@/map/footprint'

/** Metres between two households drawn on the outline of their building, at most. */
const SPACING_M = 6

/** Where households and members are drawn: degrees, by index; NaN where the building has no outline. */
export interface HouseholdLayout {
  /** Households of each building, in their order. */
  readonly byBuilding: Rows
  /** lng, lat by household. */
  readonly places: Float64Array
  /** lng, lat by member: the own household, else the middle of the building; NaN where neither is known. */
  readonly homes: Float64Array
  /** Metres between one household and the next, by building. */
  readonly spacingM: Float32Array
  /** lng, lat of the middle of each building's outline; NaN without one. */
  readonly middles: Float64Array
}

/** Lay every household out on the outline of its building. O(households + outline points), once a street. */
export function layOutHouseholds(scope: Scope, { households, members }: AssignmentScope): HouseholdLayout {
  const { buildings, land } = scope
  const byBuilding = groupByBuilding(households.building, buildings.count)
  const places = new Float64Array(2 * households.count).fill(NaN)
  const middles = new Float64Array(2 * buildings.count).fill(NaN)
  const spacingM = new Float32Array(buildings.count).fill(SPACING_M)
  for (let b = 0; b < buildings.count; b++) {
    const [first, last] = [buildings.outlineStart[b], buildings.outlineStart[b + 1]]
    if (last - first < 4) continue
    const outline = buildings.outline.subarray(2 * first, 2 * last)
    middles.set(middleOf(outline), 2 * b)
    const [from, to] = [byBuilding.start[b], byBuilding.start[b + 1]]
    if (from === to) continue
    const own = placesOnFootprint(outline, to - from, land.frame, SPACING_M, 'columns')
    own.forEach((place, k) => {
      places.set(place, 2 * byBuilding.item[from + k])
      if (k > 0) spacingM[b] = Math.min(spacingM[b], Math.hypot((place[0] - own[0][0]) * land.frame.mPerDegLng, (place[1] - own[0][1]) * land.frame.mPerDegLat))
    })
  }
  const homes = new Float64Array(2 * members.count).fill(NaN)
  for (let m = 0; m < members.count; m++) {
    const [own, building] = [members.household[m], members.building[m]]
    if (own >= 0) homes.set(places.subarray(2 * own, 2 * own + 2), 2 * m)
    else if (building >= 0) homes.set(middles.subarray(2 * building, 2 * building + 2), 2 * m)
  }
  return { byBuilding, places, homes, middles, spacingM }
}

function groupByBuilding(building: Int32Array, count: number): Rows {
  const start = new Uint32Array(count + 1)
  for (const b of building) if (b >= 0) start[b + 1]++
  for (let b = 0; b < count; b++) start[b + 1] += start[b]
  const next = start.slice(0, count)
  const item = new Int32Array(start[count])
  building.forEach((b, household) => {
    if (b >= 0) item[next[b]++] = household
  })
  return { start, item }
}

/** Middle of the box around an outline. */
function middleOf(outline: Float64Array): [number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let k = 0; k < outline.length; k += 2) {
    west = Math.min(west, outline[k])
    east = Math.max(east, outline[k])
    south = Math.min(south, outline[k + 1])
    north = Math.max(north, outline[k + 1])
  }
  return [(west + east) / 2, (south + north) / 2]
}
