import { SITE, type SitingProblem } from '@/algorithms/siting/siting-problem'
import type { SitingTask } from '@/core/coverage/siting'
import type { SolveSitingInput } from '../jobs/solve-siting/solve-siting-model'

const CATEGORIES = 8

/** New sites at most, by number and budget; `fewest_stations` does not look at it. */
export function mostSites({ count, budget, costEach }: Pick<SitingTask, 'count' | 'budget' | 'costEach'>, forced: number): number {
  return Math.max(forced, Math.min(count, budget > 0 && costEach > 0 ? Math.floor(budget / costEach) : Infinity))
}

/**
 * What is asked as a problem of columns: households of one building that count alike are one demand; the budget is the number of sites
 * it pays for; who goes nowhere counts as though the walk were twice the longest there is. O(entries).
 */
export function sitingProblemOf({ task, walks, households, state, capacity }: SolveSitingInput): SitingProblem {
  const start = [0]
  const entries: number[] = []
  const units: number[] = []
  const weight: number[] = []
  const groups = [...new Set(task.weights)].sort((a, b) => a - b)
  for (let building = 0; building + 1 < walks.start.length; building++) {
    for (const own of groups) {
      let count = 0
      for (let code = 0; code < CATEGORIES; code++) if (task.weights[code] === own) count += households[CATEGORIES * building + code]
      if (count === 0) continue
      units.push(count)
      weight.push(own)
      for (let k = walks.start[building]; k < walks.start[building + 1]; k++) entries.push(k)
      start.push(entries.length)
    }
  }
  const limitCm = Math.round(100 * task.limitM)
  const forced = state.filter((kind) => kind === SITE.forced).length
  return {
    aim: task.aim,
    walks: { start: Uint32Array.from(start), place: Int32Array.from(entries, (k) => walks.place[k]), walkCm: Int32Array.from(entries, (k) => walks.walkCm[k]) },
    units: Int32Array.from(units),
    weight: Int32Array.from(weight),
    limitCm,
    farCm: 2 * walks.walkCm.reduce((most, cm) => Math.max(most, cm), limitCm),
    state,
    capacity: Int32Array.from(state, (kind, site) => (kind === SITE.kept ? (task.keepsCapacity ? capacity[site] : 0) : task.capacity)),
    count: mostSites(task, forced),
  }
}
