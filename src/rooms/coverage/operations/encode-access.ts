import type { AccessInput } from '@/algorithms/routing/access-ground'
import { STATION_LEVELS, type CoverageSettings } from '@/core/coverage/coverage-scope'
import type { LandFrame } from '@/core/land-frame'
import { doorsInMetres, linesInMetres, streetsInMetres, toMetres, wallsInMetres, type WalledLand } from '@/core/places-in-metres'
import { pointInRing } from '@/core/rings'
import type { Buildings, Station, StreetLine } from '@/core/scope'
import type { LngLat } from '@/core/units'

/** What of a land walks to stations depend on; a `Scope` has all of it. */
export interface AccessLand extends WalledLand {
  readonly land: { readonly frame: LandFrame }
  readonly streets: readonly Pick<StreetLine, 'line' | 'class'>[]
  readonly stations: readonly Pick<Station, 'id' | 'level' | 'community' | 'at'>[]
  readonly buildings: Pick<Buildings, 'count' | 'community' | 'outlineStart' | 'outline'>
}

/**
 * What is to be measured of a land: its ways, what parts them (compounds, water, railways, shut gates), a door for each building
 * (the middle of its outline), its stations by level. A door drawn in the water comes onto no street: nobody is put on a bridge for
 * want of a bank.
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
  const isInWater = waterTest(land.frame, features)
  const onLand = (xyM: Float64Array, limitM: Float64Array) => ({ xyM, limitM: limitM.map((metres, k) => (isInWater(xyM[2 * k], xyM[2 * k + 1]) ? NO_LEG_M : metres)) })
  return {
    streets: streetsInMetres(land.frame, streets),
    barriers: { lines: wallsInMetres({ land, compounds, features }), closedXYM: inMetres(closedGates) },
    doors: onLand(doorsInMetres(buildings, land.frame), Float64Array.from(buildings.community, limitOf)),
    stations: onLand(inMetres(stations.map(({ at }) => at)), Float64Array.from(stations, ({ community }) => limitOf(community))),
    stationLevel: Uint8Array.from(stations, ({ level }) => STATION_LEVELS.indexOf(level)),
    levels: STATION_LEVELS.length,
  }
}

/** A limit no leg keeps. */
const NO_LEG_M = -1

function waterTest(frame: LandFrame, features: AccessLand['features']): (xM: number, yM: number) => boolean {
  const rings = features.filter(({ kind }) => kind === 'water').map(({ line }) => {
    const { xyM } = linesInMetres(frame, [line])
    const along = (axis: 0 | 1) => Array.from(xyM).filter((_, k) => k % 2 === axis)
    const [xs, ys] = [along(0), along(1)]
    return { xyM, west: Math.min(...xs), east: Math.max(...xs), south: Math.min(...ys), north: Math.max(...ys) }
  })
  return (xM, yM) => rings.some(({ xyM, west, east, south, north }) => xM > west && xM < east && yM > south && yM < north && pointInRing(xyM, xM, yM) > 0)
}
