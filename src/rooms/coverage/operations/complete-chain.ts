import type { Stairwells } from '@/core/coverage/coverage-scope'
import { STATION_LEVELS } from '@/core/coverage/coverage-scope'
import type { Scope, Station } from '@/core/scope'
import type { StationPlace } from './place-stations'

/** What a level of the chain is to have one of: the street, communities, grids, compounds; at the last level a building, one for each of its stairwells. */
export interface ChainPlace {
  readonly level: Station['level']
  /** Index of the community, grid, compound or building; −1 of the street. */
  readonly index: number
  /** Index; −1 of the street. */
  readonly community: number
  /** How many it is to have, and how many it has of these. */
  readonly wanted: number
  readonly had: number
}

export interface ChainSum {
  readonly level: Station['level']
  readonly wanted: number
  readonly had: number
}

type Street = Pick<Scope, 'stations' | 'communities' | 'compounds' | 'buildings' | 'current'>

/**
 * The five-level chain of stations: a centre of the street, a station in each community, a home in each grid, a contact point in each
 * compound, a contact for each stairwell that has a name. A place that has more than it wants counts as complete, no more.
 *
 * @param places by station
 * @returns in the order of levels; those of a community have its index, so that parts add up
 */
export function completeChain(street: Street, places: readonly StationPlace[], stairwells: Stairwells): ChainPlace[] {
  const { stations, communities, compounds, buildings, current } = street
  const count = (level: Station['level'], size: number, at: (place: StationPlace) => number): Int32Array => {
    const counts = new Int32Array(size)
    stations.forEach((station, k) => {
      if (station.level === level && at(places[k]) >= 0) counts[at(places[k])]++
    })
    return counts
  }
  const homes = count('grid_home', current.grids.length, ({ grid }) => grid)
  const halls = count('community_station', communities.length, ({ community }) => community)
  const points = count('compound_point', compounds.length, ({ compound }) => compound)
  const contacts = count('stairwell_contact', buildings.count, ({ building }) => building)
  const named = new Int32Array(buildings.count)
  for (let k = 0; k < stairwells.count; k++) if (stairwells.names[k] !== '') named[stairwells.building[k]]++
  const one = (level: Station['level'], index: number, community: number, had: number, wanted = 1): ChainPlace => ({ level, index, community, wanted, had: Math.min(had, wanted) })
  return [
    one('street_centre', -1, -1, stations.filter(({ level }) => level === 'street_centre').length),
    ...communities.map((_, k) => one('community_station', k, k, halls[k])),
    ...current.grids.map(({ community }, k) => one('grid_home', k, community, homes[k])),
    ...compounds.map(({ community }, k) => one('compound_point', k, community, points[k])),
    ...[...named.keys()].filter((k) => named[k] > 0).map((k) => one('stairwell_contact', k, buildings.community[k], contacts[k], named[k])),
  ]
}

/** Sums by level, of a community or of all; of a community without the centre of the street. */
export function sumChain(chain: readonly ChainPlace[], community: number | null): ChainSum[] {
  return STATION_LEVELS.flatMap((level) => {
    const own = chain.filter((place) => place.level === level && (community === null || place.community === community))
    return own.length === 0 ? [] : [{ level, wanted: own.reduce((sum, { wanted }) => sum + wanted, 0), had: own.reduce((sum, { had }) => sum + had, 0) }]
  })
}
