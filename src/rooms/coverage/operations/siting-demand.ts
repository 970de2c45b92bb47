import type { AccessGround } from '@/algorithms/routing/access-ground'
import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import type { SitingTask } from '@/core/coverage/siting'
import type { Buildings } from '@/core/scope'
import { pickSnaps } from './site-rows'

const CATEGORIES = 8

/** Who is to be served: one demand for each building in which somebody lives and whose door stands on the streets. */
export interface SitingDemand {
  /** Building index by demand, ascending. */
  readonly buildings: Int32Array
  readonly doors: DoorSnaps
  /** Households by category code, 8 a demand. */
  readonly households: Int32Array
  /** Buildings whose doors could not be brought onto the streets. */
  readonly refused: Int32Array
}

/** Demand of the communities asked for; none named: of the whole land. O(buildings). */
export function sitingDemand(
  { communities }: Pick<SitingTask, 'communities'>, { count, community, households, byCategory }: Pick<Buildings, 'count' | 'community' | 'households' | 'byCategory'>, doors: AccessGround['doors'],
): SitingDemand {
  const asked = Array.from({ length: count }, (_, building) => building)
    .filter((building) => households[building] > 0 && (communities.length === 0 || communities.includes(community[building])))
  const buildings = Int32Array.from(asked.filter((building) => doors.edge[building] >= 0))
  const byDemand = new Int32Array(CATEGORIES * buildings.length)
  buildings.forEach((building, demand) => byDemand.set(byCategory.subarray(CATEGORIES * building, CATEGORIES * (building + 1)), CATEGORIES * demand))
  return { buildings, doors: pickSnaps(doors, buildings), households: byDemand, refused: Int32Array.from(asked.filter((building) => doors.edge[building] < 0)) }
}
