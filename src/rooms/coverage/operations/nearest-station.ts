import { STATION_LEVELS, type BuildingAccess, type CoverageSettings } from '@/core/coverage/coverage-scope'

/** The nearest station on foot. */
export interface NearestStation {
  /** Database id. */
  readonly stationId: number
  readonly walkCm: number
}

/** What is known of the walk from a building: not measured, not brought onto the streets, nothing reached, or the nearest station. */
export type WalkKnown = 'unmeasured' | 'off_streets' | 'none' | NearestStation

/** The nearest station to a building of the levels that count in its community. O(levels). */
export function nearestStation({ accessCm, stationIds, walkCm }: Pick<BuildingAccess, 'accessCm' | 'stationIds' | 'walkCm'>, { stationLevels }: Pick<CoverageSettings, 'stationLevels'>, building: number): WalkKnown {
  if (accessCm[building] === -2) return 'unmeasured'
  if (accessCm[building] < 0) return 'off_streets'
  let best: NearestStation | 'none' = 'none'
  STATION_LEVELS.forEach((level, k) => {
    const walk = walkCm[STATION_LEVELS.length * building + k]
    if (!stationLevels.includes(level) || walk < 0) return
    if (best === 'none' || walk < best.walkCm) best = { stationId: stationIds[STATION_LEVELS.length * building + k], walkCm: walk }
  })
  return best
}
