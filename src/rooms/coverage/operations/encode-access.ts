import type { AccessInput } from '@/algorithms/routing/access-ground'
import { STATION_LEVELS, type CoverageSettings } from '@/core/coverage/coverage-scope'
import { doorsInMetres, streetsInMetres, toMetres, wallsInMetres } from '@/core/places-in-metres'
import type { Buildings, Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'

/** What of a land walks to stations depend on. */
export type AccessLand = Pick<Scope, 'land' | 'streets' | 'compounds' | 'features' | 'stations'> & {
  readonly buildings: Pick<Buildings, 'count' | 'community' | 'outlineStart' | 'outline'>
}

/**
 * What is to be measured of a land: its ways, what parts them (compounds, water, railways, shut gates), a door for each building
 * (the middle of its outline), its stations by level.
 *
 * @param settings by community index; a station of no community goes by the longest access leg of all
 * O(points).
 */
export function encodeAccess(
  { land, streets, compounds, features, stations, buildings }: AccessLand,
  closedGates: readonly LngLat[],
  settings: readonly Pick<CoverageSettings, 'accessLimitM'>[],
): AccessInput {
  const inMetres = (places: readonly LngLat[]): Float64Array => Float64Array.from(places.flatMap((at) => toMetres(land.frame, at)))
  const longestM = Math.max(0, ...settings.map(({ accessLimitM }) => accessLimitM))
  const limitOf = (community: number): number => settings[community]?.accessLimitM ?? longestM
  return {
    streets: streetsInMetres(land.frame, streets),
    barriers: { lines: wallsInMetres({ land, compounds, features }), closedXYM: inMetres(closedGates) },
    doors: { xyM: doorsInMetres(buildings, land.frame), limitM: Float64Array.from(buildings.community, limitOf) },
    stations: { xyM: inMetres(stations.map(({ at }) => at)), limitM: Float64Array.from(stations, ({ community }) => limitOf(community)) },
    stationLevel: Uint8Array.from(stations, ({ level }) => STATION_LEVELS.indexOf(level)),
    levels: STATION_LEVELS.length,
  }
}
