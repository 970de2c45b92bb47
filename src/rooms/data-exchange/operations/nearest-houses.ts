import type { LandFrame } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import type { InhabitedRemoval, MergedLand, Placement } from '../land-change'
import type { StandingLand } from '../standing-land'
import { houseName } from './house-name'

/** People are moved within the quarter, not across the street office. */
const WITHIN_M = 300
const OFFERED = 12

/** Houses that will stand near a place, those that are new first, then nearest first. */
export function nearestHouses(
  at: LngLat, frame: LandFrame, standing: StandingLand, merged: MergedLand, placements: readonly Placement[],
): InhabitedRemoval['candidates'] {
  return merged.buildings
    .flatMap((building, k) => {
      if (placements[k].cell < 0) return []
      const [lng, lat] = placements[k].at
      const distanceM = Math.hypot((lng - at[0]) * frame.mPerDegLng, (lat - at[1]) * frame.mPerDegLat)
      if (distanceM > WITHIN_M) return []
      const there = building.standing < 0 ? null : standing.buildings[building.standing]
      const name = houseName(building.clean) || houseName(there) || building.clean?.sourceId || `${there?.id}`
      return [{ building: k, name, distanceM: Math.round(distanceM), added: building.standing < 0 }]
    })
    .sort((a, b) => Number(b.added) - Number(a.added) || a.distanceM - b.distanceM || a.building - b.building)
    .slice(0, OFFERED)
}
