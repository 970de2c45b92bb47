import { middleOf, straightM } from '@/core/places-in-metres'
import { pointInRing } from '@/core/rings'
import type { Scope } from '@/core/scope'

/** Where a station stands; −1 for what it does not stand in. */
export interface StationPlace {
  readonly building: number
  readonly compound: number
  /** Index of the grid in force. */
  readonly grid: number
  readonly community: number
}

/** A station beside a street belongs to the grid of a building as near as this. Metres. */
const NEAR_M = 200

/**
 * Building, compound, grid and community of each station. Its grid is that of the cell of the building it is in, else of the nearest
 * building of its community.
 * O(stations · buildings), each a test of boxes.
 */
export function placeStations({ stations, buildings, compounds, current }: Pick<Scope, 'stations' | 'buildings' | 'compounds' | 'current'>): StationPlace[] {
  const middles = Array.from({ length: buildings.count }, (_, building) => middleOf(buildings, building))
  const outlineOf = (building: number): Float64Array => buildings.outline.subarray(2 * buildings.outlineStart[building], 2 * buildings.outlineStart[building + 1])
  const rings = compounds.map(({ ring }) => ring.flat())
  return stations.map(({ at: [lng, lat], community }) => {
    let [inside, nearest, nearestM] = [-1, -1, NEAR_M]
    for (let building = 0; building < buildings.count && inside < 0; building++) {
      const away = straightM({ lng, lat }, { lng: middles[building][0], lat: middles[building][1] })
      if (away > NEAR_M) continue
      const ring = outlineOf(building)
      if (ring.length >= 6 && pointInRing(ring, lng, lat) >= 0) inside = building
      else if (away < nearestM && (community < 0 || buildings.community[building] === community)) [nearest, nearestM] = [building, away]
    }
    const building = inside >= 0 ? inside : nearest
    const cell = building < 0 ? -1 : buildings.cell[building]
    const compound = inside >= 0 && buildings.compound[inside] >= 0 ? buildings.compound[inside] : rings.findIndex((ring) => pointInRing(ring, lng, lat) >= 0)
    return { building: inside, compound, grid: cell < 0 ? -1 : current.cellGrid[cell], community: community >= 0 ? community : building < 0 ? -1 : buildings.community[building] }
  })
}
