import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { annealRoutes } from './carp-anneal'
import { boundCarp } from './carp-bound'
import { scanPaths } from './carp-first'
import { breedRoutes } from './carp-genetic'
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
const COLD = 0.03
/** Nearest tasks beside which a task is put back. */
const REACH = 25
/**
 * Up to `mostTasks` several annealings make plans that a genetic search goes on from; they take `share` of the time. The fewer tasks,
 * the more the genetic search is worth; of more than these it makes too few children.
 */
const SIZES = [
  { mostTasks: 130, annealings: 4, share: 0.15 },
  { mostTasks: 250, annealings: 2, share: 0.75 },
  { mostTasks: Infinity, annealings: 1, share: 1 },
]
/** A child of the genetic search takes about as long as so many rounds of annealing for each task. */
const ROUNDS_A_CHILD = 2

/**
 * A plan of the capacitated arc routing problem and a proved bound of its cost (`boundCarp`). Passes: first routes by path
 * scanning, ruin and recreate (`annealRoutes`), and where there are not too many tasks a genetic search from what came of it
 * (`breedRoutes`). Ends early at the bound. Deterministic for a seed unless `pace` is given; the best plan so far when stopped.
 *
 * @throws RangeError for input no plan could be made of (`checkCarpProblem`)
 */
export function solveCarp(problem: CarpProblem, search: CarpSearch, control: SolverControl = {}): SolvedCarp {
  checkCarpProblem(problem)
  const { onProgress, signal } = control
  const ground = makeCarpGround(problem)
  const { serviceCost, taskCount } = ground
  if (taskCount === 0) return { routes: [], cost: 0, bound: 0 }
  const size = SIZES.find(({ mostTasks }) => taskCount <= mostTasks) ?? SIZES[SIZES.length - 1]
  const isBred = size.share < 1
  // Where there are many tasks no plan comes down to the bound: it is not waited for, nor does it take of the search's time.
  const boundOf = () => Math.max(boundCarp(problem), search.bound ?? 0)
  const knownBound = isBred ? boundOf() : (search.bound ?? 0)
  const random = seededRandom(search.seed)
  const mostRounds = taskCount * (search.roundsATask ?? ROUNDS_A_TASK)
  let roundsBefore = 0
  const share = (rounds: number, pass: string) => {
    if (signal?.aborted) return 1
    const done = Math.min(1, search.pace ? search.pace() : (roundsBefore + rounds) / mostRounds)
    onProgress?.(done, pass)
    return done
  }

  onProgress?.(0, 'first')
  const routes = new CarpRoutes(ground)
  const first = firstRoutes(ground, random)
  routes.begin(first)
  let best: { routes: TaskRoutes; cost: number } = { routes: first, cost: routes.cost }
  search.onBetter?.(best.cost + serviceCost)
  const onBetter = (cost: number) => {
    if (cost < best.cost) search.onBetter?.(cost + serviceCost)
  }
  const scale = routes.cost / taskCount
  const annealed: TaskRoutes[] = []
  const leastWays = knownBound - serviceCost
  for (let run = 1; run <= size.annealings && best.cost > leastWays; run++) {
    const begun = share(0, 'anneal')
    const end = (run / size.annealings) * size.share
    if (begun >= end) continue
    let rounds = 0
    if (run > 1) routes.begin(first)
    const found = annealRoutes(routes, random, {
      hot: HOT * scale,
      cold: COLD * scale,
      reach: REACH,
      share: (made) => (share((rounds = made), 'anneal') - begun) / (end - begun),
      bound: leastWays,
      onBetter,
    })
    roundsBefore += rounds
    annealed.push(found.routes)
    if (found.cost < best.cost) best = found
  }
  if (isBred && best.cost > leastWays && share(0, 'breed') < 1) {
    const found = breedRoutes(ground, random, {
      given: annealed,
      share: (children) => share(ROUNDS_A_CHILD * taskCount * children, 'breed'),
      bound: leastWays,
      onBetter,
    })
    if (found.cost < best.cost) best = found
  }
  return { ...carpPlanOf(problem, ground, best.routes), bound: isBred ? knownBound : boundOf() }
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
