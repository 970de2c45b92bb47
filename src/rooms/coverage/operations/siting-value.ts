import type { SitedStation, SitingScenario, SitingTask } from '@/core/coverage/siting'
import type { SitingOutcome } from './siting-outcome'
import { mostSites } from './siting-problem-of'

const CATEGORIES = 8

/**
 * What a choice made by hand comes to, in the unit of its aim: weighted households served, stations, weighted metres to the nearest
 * station, metres; null where walks are asked for and stations may be full, as then it matters who goes where. O(demands).
 */
export function valueOfChoice(
  { aim, weights, capacity, keepsCapacity }: Pick<SitingTask, 'aim' | 'weights' | 'capacity' | 'keepsCapacity'>,
  { demand, weighted, nearestCm, figures }: Pick<SitingOutcome, 'demand' | 'weighted' | 'nearestCm' | 'figures'>, sites: number,
): number | null {
  if (aim === 'most_served') return weighted
  if (aim === 'fewest_stations') return sites
  if (capacity > 0 || keepsCapacity) return null
  if (aim === 'least_worst_walk') return figures.worstM
  return demand.buildings.reduce((all, _, k) => {
    const weight = weights.reduce((sum, each, code) => sum + each * demand.households[CATEGORIES * k + code], 0)
    return all + (weight * Math.max(0, nearestCm[k])) / 100
  }, 0)
}

/**
 * Whether a bound that held for what was chosen before holds for what is chosen now: it is an answer to the same question. No more sites
 * than were asked for, each with the capacity that was asked for; and where sites are counted, no fewer households served; where walks
 * are, the same buildings reach a station, as a walk that there is not counts nothing. O(demands).
 */
export function isSameQuestion(
  task: Pick<SitingTask, 'aim' | 'capacity' | 'count' | 'budget' | 'costEach' | 'forced'>, sites: readonly Pick<SitedStation, 'capacity'>[],
  before: Pick<SitingOutcome, 'nearestCm' | 'figures'>, after: Pick<SitingOutcome, 'nearestCm' | 'figures'>,
): boolean {
  if (sites.some(({ capacity }) => capacity !== task.capacity)) return false
  if (task.aim === 'fewest_stations') return after.figures.served >= before.figures.served
  if (sites.length > mostSites(task, task.forced.length)) return false
  return task.aim === 'most_served' || after.nearestCm.every((cm, k) => cm < 0 === before.nearestCm[k] < 0)
}

/** How far what was reached is from what nothing can better, as a share of the larger; 0 where it is proved, or better than all candidates. */
export function gapOf({ value, bound, task }: Pick<SitingScenario, 'value' | 'bound' | 'task'>): number {
  const missing = task.aim === 'most_served' ? bound - value : value - bound
  const most = Math.max(value, bound)
  return most > 0 && missing > 1e-9 * most ? missing / most : 0
}
