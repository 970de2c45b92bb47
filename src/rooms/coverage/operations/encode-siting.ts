import { SITE } from '@/algorithms/siting/siting-problem'
import type { AccessGround } from '@/algorithms/routing/access-ground'
import type { WalkRows } from '@/algorithms/routing/walks-within'
import type { SitedStation, SitingTask } from '@/core/coverage/siting'
import type { Scope } from '@/core/scope'
import type { SolveSitingInput } from '../jobs/solve-siting/solve-siting-model'
import type { SitingCandidates } from './siting-candidates'
import type { SitingDemand } from './siting-demand'
import { cutRows, joinRows, joinSnaps, nearestSites, pickSnaps, rowsOfNearest } from './site-rows'

/**
 * Stations that stay and serve too, by their index: of the levels that count, and on the streets.
 * @param own sites that are stations already, as those of a published scenario: they are no stations that stay
 */
export const keptStations = (
  { keptLevels }: Pick<SitingTask, 'keptLevels'>, stations: Scope['stations'], { stations: snaps }: Pick<AccessGround, 'stations'>, own: readonly Pick<SitedStation, 'at' | 'name'>[] = [],
): number[] =>
  stations.flatMap((station, k) => (keptLevels.includes(station.level) && snaps.edge[k] >= 0 && !own.some((site) => isSameStation(site, station)) ? [k] : []))

const isSameStation = (site: Pick<SitedStation, 'at' | 'name'>, station: Scope['stations'][number]): boolean =>
  site.name === station.name && site.at.every((degrees, axis) => Math.abs(degrees - station.at[axis]) < 1e-6)

/** Most that a new station takes on is asked of all alike; of one that stays only where the task says so. */
export const capacityKept = (task: SitingTask, stations: Scope['stations'], kept: readonly number[]): Int32Array =>
  Int32Array.from(kept, (k) => (task.keepsCapacity ? stations[k].capacity : 0))

/** Where a site of the problem is: a station that stays, or a candidate. */
export interface SitingSites {
  /** Indices of stations; site k is the k-th of them, the candidates follow. */
  readonly kept: readonly number[]
  readonly candidates: SitingCandidates
}

/** Walks to be measured before a task can be solved. */
export interface SitingMeasure {
  readonly sites: AccessGround['doors']
  readonly limitM: number
  /** Number of the first site that is measured; those before are known by `nearest`. */
  readonly from: number
  /** The nearest of the stations that stay, where each takes as many as come and no other matters; null else. */
  readonly nearest: WalkRows | null
}

/**
 * What to measure for a task: candidates within the limit, or, where all walks count, as far as the farthest walk there is today.
 * Stations that take as many as come need not be measured one by one. O(e + d) expected.
 */
export function sitingMeasure(task: SitingTask, sites: SitingSites, demand: SitingDemand, ground: AccessGround, stations: Scope['stations']): SitingMeasure {
  const keptSnaps = pickSnaps(ground.stations, sites.kept)
  const isBounded = task.aim === 'most_served' || task.aim === 'fewest_stations'
  if (capacityKept(task, stations, sites.kept).some((most) => most > 0)) {
    return { sites: joinSnaps(keptSnaps, sites.candidates.snaps), limitM: isBounded ? task.limitM : Infinity, from: 0, nearest: null }
  }
  const nearest = nearestSites(ground.graph, keptSnaps, demand.doors)
  const farthestCm = nearest.walkCm.reduce((most, cm) => (cm < 0 ? Infinity : Math.max(most, cm)), 0)
  return { sites: sites.candidates.snaps, limitM: isBounded ? task.limitM : farthestCm / 100, from: sites.kept.length, nearest: rowsOfNearest(nearest) }
}

/** The task with all its walks, as the solver takes it. */
export function encodeSiting(
  task: SitingTask, { kept, candidates }: SitingSites, demand: SitingDemand, { nearest, from }: SitingMeasure, measured: WalkRows, stations: Scope['stations'],
): SolveSitingInput {
  const capacity = capacityKept(task, stations, kept)
  const isLast = [...capacity].map((most) => most === 0)
  return {
    task,
    walks: cutRows(nearest ? joinRows(nearest, measured, from) : measured, isLast),
    households: demand.households,
    state: Uint8Array.from([...kept.map(() => SITE.kept), ...candidates.places.map((_, k) => (k < candidates.forced ? SITE.forced : SITE.candidate))]),
    capacity: Int32Array.from([...capacity, ...candidates.places.map(() => 0)]),
  }
}
