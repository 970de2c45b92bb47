import { makeAccessGround, type AccessGround } from '@/algorithms/routing/access-ground'
import { measureAccess, type LevelWalks } from '@/algorithms/routing/measure-access'
import type { BuildingAccess, CoverageSettings } from '@/core/coverage/coverage-scope'
import type { LngLat } from '@/core/units'
import { encodeAccess, type AccessLand } from './encode-access'

/** Columns by building as they are kept; see `BuildingAccess`. */
export type MeasuredAccess = Pick<BuildingAccess, 'accessCm' | 'stationIds' | 'walkCm'>

/**
 * Walks of all buildings of a land to the nearest station of each level, and the ground they were measured on, for further
 * questions. The same on the page, in a worker, on the server and in the seed: the same land gives the same centimetres.
 *
 * @param closedGates gates that are shut; see `CoverageScope`
 * @param settings by community index
 */
export function measureAccessOfLand(
  land: AccessLand,
  closedGates: readonly LngLat[],
  settings: readonly Pick<CoverageSettings, 'accessLimitM'>[],
): { readonly measured: MeasuredAccess; readonly ground: AccessGround } {
  const input = encodeAccess(land, closedGates, settings)
  const ground = makeAccessGround(input)
  return { measured: withIds(measureAccess(ground, input.stationLevel, input.levels), land.stations), ground }
}

/** Stations named by database id instead of position; 0 where none can be reached. */
export function withIds({ station, walkCm, accessCm }: LevelWalks, stations: readonly { readonly id: number }[]): MeasuredAccess {
  return { accessCm, walkCm, stationIds: station.map((at) => (at < 0 ? 0 : stations[at].id)) }
}
