import type { SitingScenario, SitingTask } from '@/core/coverage/siting'
import type { SitingOutcome } from './siting-outcome'

const CATEGORIES = 8

/**
 * What a choice made by hand comes to, in the unit of its aim: weighted households served, stations, weighted metres to the nearest
 * station, metres. Where a building finds room for a part of its households, those that count most are served. O(demands).
 */
export function valueOfChoice({ aim, weights }: Pick<SitingTask, 'aim' | 'weights'>, { demand, served, nearestCm, figures }: Pick<SitingOutcome, 'demand' | 'served' | 'nearestCm' | 'figures'>, sites: number): number {
  if (aim === 'fewest_stations') return sites
  if (aim === 'least_worst_walk') return figures.worstM
  const order = Array.from({ length: CATEGORIES }, (_, code) => code).sort((a, b) => weights[b] - weights[a])
  let value = 0
  for (let k = 0; k < demand.buildings.length; k++) {
    let room = aim === 'most_served' ? served[k] : Infinity
    const each = aim === 'most_served' ? 1 : Math.max(0, nearestCm[k]) / 100
    for (const code of order) {
      const taken = Math.min(room, demand.households[CATEGORIES * k + code])
      value += taken * weights[code] * each
      room -= taken
    }
  }
  return value
}

/** How far what was reached is from what nothing can better, as a share of the larger; 0 where it is proved, or better than all candidates. */
export function gapOf({ value, bound, task }: Pick<SitingScenario, 'value' | 'bound' | 'task'>): number {
  const missing = task.aim === 'most_served' ? bound - value : value - bound
  const most = Math.max(value, bound)
  return most > 0 && missing > 1e-9 * most ? missing / most : 0
}
