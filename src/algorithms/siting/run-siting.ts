import { runFewest } from './site-fewest'
import { runLeastCost } from './site-least-cost'
import type { SitingRun } from './site-run'
import { runWorstWalk } from './site-worst-walk'
import type { SitingProblem } from './siting-problem'

/** Which sites to open: an answer at once by greedy opening and exchange, then the proof. Deterministic unless it is stopped. */
export function runSiting(problem: SitingProblem): SitingRun {
  if (problem.aim === 'fewest_stations') return runFewest(problem)
  return problem.aim === 'least_worst_walk' ? runWorstWalk(problem) : runLeastCost(problem)
}
