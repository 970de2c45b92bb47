import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { annealRoutes } from './carp-anneal'
import { boundCarp } from './carp-bound'
import { scanPaths } from './carp-first'
import { makeCarpGround, type CarpGround } from './carp-ground'
import { carpPlanOf } from './carp-plan'
import { checkCarpProblem, type CarpPlan, type CarpProblem } from './carp-problem'
import { CarpRoutes, type TaskRoutes } from './carp-routes'

export interface CarpSearch {
  readonly seed: number
  /** Rounds allowed for each task; the answer depends on the problem, the seed and this number alone, unless `pace` is given. */
  readonly roundsATask?: number
  /** Share of the time allowed that has gone, of a caller who has a clock. */
  readonly pace?: () => number
  /** A cost proved elsewhere that no plan is below; the search ends at the higher of it and its own. */
  readonly bound?: number
  /** Told the cost of every better plan. */
  readonly onBetter?: (cost: number) => void
}

export interface SolvedCarp extends CarpPlan {
  /** No plan costs less. */
  readonly bound: number
}

const ROUNDS_A_TASK = 2000
/** Tries of path scanning. */
const FIRST_PLANS = 20
/** Temperatures, times the mean cost of walking without service for each task of the first plan. */
const HOT = 1
const COLD = 0.01
/** Nearest tasks beside which a task is put back. */
const REACH = 25

/**
 * A plan of the capacitated arc routing problem and a proved bound of its cost. Deterministic for a seed unless `pace` is given;
 * the best plan so far when stopped.
 *
 * @throws RangeError for input no plan could be made of (`checkCarpProblem`)
 */
export function solveCarp(problem: CarpProblem, search: CarpSearch, control: SolverControl = {}): SolvedCarp {
  checkCarpProblem(problem)
  const { onProgress, signal } = control
  onProgress?.(0, 'bound')
  const bound = Math.max(boundCarp(problem), search.bound ?? 0)
  const ground = makeCarpGround(problem)
  if (ground.taskCount === 0) return { routes: [], cost: 0, bound: 0 }
  const random = seededRandom(search.seed)
  const mostRounds = ground.taskCount * (search.roundsATask ?? ROUNDS_A_TASK)
  const share = (rounds: number) => {
    if (signal?.aborted) return 1
    const done = search.pace ? search.pace() : rounds / mostRounds
    onProgress?.(Math.min(1, done), 'anneal')
    return done
  }
  onProgress?.(0, 'first')
  const routes = new CarpRoutes(ground)
  routes.begin(firstRoutes(ground, random))
  const { serviceCost, taskCount } = ground
  search.onBetter?.(routes.cost + serviceCost)
  const scale = routes.cost / taskCount
  const best = annealRoutes(routes, random, {
    hot: HOT * scale,
    cold: COLD * scale,
    reach: REACH,
    share,
    bound: bound - serviceCost,
    onBetter: (cost) => search.onBetter?.(cost + serviceCost),
  })
  return { ...carpPlanOf(problem, ground, best.routes), bound }
}

/** The best of some tries. */
function firstRoutes(ground: CarpGround, random: () => number): TaskRoutes {
  const routes = new CarpRoutes(ground)
  let best: TaskRoutes = []
  let bestCost = Infinity
  for (let attempt = 0; attempt < FIRST_PLANS; attempt++) {
    const plan = scanPaths(ground, random)
    routes.begin(plan)
    if (routes.cost >= bestCost) continue
    best = plan
    bestCost = routes.cost
  }
  return best
}
