import type { SolverControl } from '../shared/solver-control'
import { judgePatrols, type PatrolBound } from './patrol-bound'
import { groundOf, secondsOf, type PatrolGround } from './patrol-ground'
import type { PatrolOutcome, PatrolPlan, PatrolProblem } from './patrol-problem'
import { rerouteCodes } from './patrol-reroute'
import { codesOfRoute, planOfCodes, worthOf } from './patrol-route'
import { searchPatrols } from './patrol-search'
import { clusterTasks, splitTour, type PatrolOrders } from './patrol-start'

/** Progress of a plan as it stands, seconds. */
export interface PatrolProgress {
  readonly longestS: number
  readonly totalS: number
  readonly boundS: number
}

/** How hot annealings begin, one after the other and over again. */
const HEATS = [1, 1, 0.4, 0.15]
/** Trials an annealing has for each task, where there are enough for all of `HEATS`; further ones begin over. */
const TRIALS_PER_TASK = 400
const MOST_ROUNDS = 64
/** Share of trials that goes into each route as a rural postman, beside the search. */
const REROUTE = 0.1

/**
 * Routes for patrollers over everything required: balanced (the longest as short as can be found, then the sum) or the least sum
 * within the limits. From two beginnings, a tour that is split and clusters that are toured, routes are annealed together and each
 * ordered anew as a rural postman; then over again from the best, as the effort allows.
 *
 * @param control the pass of its progress is read by `readPatrolProgress`; stopped, it answers with the best so far
 * @param begin a plan of the same problem to go on from
 * @returns a plan that serves everything within the limits, or every reason known why there is none; never a plan that breaks one
 * @throws where the problem's columns do not fit one another
 * Complexity: O(effort), after O(p · e log v) for the ways between p places. Deterministic for a seed.
 */
export function planPatrols(problem: PatrolProblem, control: SolverControl = {}, begin: PatrolPlan | null = null): PatrolOutcome {
  const ground = groundOf(problem)
  const { refusals, bound } = judgePatrols(ground)
  if (refusals.length > 0) return { kind: 'refused', refusals }
  const orders = ground.tasks === 0 ? problem.patrollers.map(() => []) : findOrders(ground, bound, control, begin)
  // A millionth of a second is rounding, not a shift too long.
  const beyondS = orders.map((codes, k) => secondsOf(ground, k, codes) - problem.patrollers[k].limitS).filter((seconds) => seconds > 1e-6)
  const shortfallS = beyondS.reduce((sum, seconds) => sum + seconds, 0)
  if (shortfallS > 0) return { kind: 'refused', refusals: [{ reason: 'none_found', shortfallS }] }
  return { kind: 'plan', plan: planOfCodes(ground, orders, bound) }
}

/** The plan as it stood when progress was told; null where there was none yet. */
export function readPatrolProgress(pass: string): PatrolProgress | null {
  const [longestS, totalS, boundS] = pass.split(' ').slice(1).map(Number)
  return boundS === undefined ? null : { longestS, totalS, boundS }
}

function findOrders(ground: PatrolGround, bound: PatrolBound, control: SolverControl, begin: PatrolPlan | null): PatrolOrders {
  const { problem: { seed, effort, aim }, startPlace, endPlace } = ground
  const trials = Math.round(1000 * effort)
  const isStopped = (): boolean => control.signal?.aborted === true
  const isBetter = (orders: PatrolOrders, than: PatrolOrders): boolean => worthOf(ground, orders) < worthOf(ground, than) - 1e-9
  const tell = (share: number, orders: PatrolOrders): void => {
    const seconds = orders.map((codes, k) => secondsOf(ground, k, codes))
    const figures = [Math.max(...seconds), seconds.reduce((sum, one) => sum + one, 0), aim === 'min_max' ? bound.longestS : bound.totalS]
    control.onProgress?.(share, ['search', ...figures.map(Math.round)].join(' '))
  }
  control.onProgress?.(0, 'start')
  const clusters = begin ? null : clusterTasks(ground, { seed, trials: REROUTE * trials / startPlace.length })
  let best = begin ? beginWith(ground, begin) : splitTour(ground, { seed, trials: REROUTE * trials })
  const reroute = (orders: PatrolOrders, round: number): PatrolOrders => orders.map((codes, k) =>
    rerouteCodes(ground, { startPlace: startPlace[k], endPlace: endPlace[k] }, codes, true, { seed: seed + round, trials: REROUTE * trials / startPlace.length / rounds }))
  const rounds = Math.max(HEATS.length, Math.min(MOST_ROUNDS, Math.round(trials / (TRIALS_PER_TASK * ground.tasks))))
  for (let round = 0; round < rounds && !isStopped() && !isProved(ground, best, bound); round++) {
    tell(round / rounds, best)
    // The first goes on from the split tour, the second from the clusters, all others from the best so far.
    const from = round === 1 && clusters ? clusters : best
    const found = searchPatrols(ground, from, { seed: seed + round, trials: Math.round(trials / rounds), heat: HEATS[round % HEATS.length] }, {
      signal: control.signal,
      onProgress: (share) => tell((round + share) / rounds, best),
    })
    const ordered = reroute(found, round)
    if (isBetter(ordered, best)) best = ordered
  }
  if (clusters && isBetter(clusters, best)) best = clusters
  // Sides of a segment are put one each way whatever was kept.
  return reroute(best, rounds)
}

/** Whether both the longest and the sum are what the bounds say. */
function isProved(ground: PatrolGround, orders: PatrolOrders, bound: PatrolBound): boolean {
  const seconds = orders.map((codes, k) => secondsOf(ground, k, codes))
  const isWithin = seconds.every((one, k) => one <= ground.problem.patrollers[k].limitS)
  const totalS = seconds.reduce((sum, one) => sum + one, 0)
  return isWithin && totalS <= bound.totalS + 1e-3 && (ground.problem.aim === 'min_total' || Math.max(...seconds) <= bound.longestS + 1e-3)
}

function beginWith(ground: PatrolGround, plan: PatrolPlan): PatrolOrders {
  const isDone = new Uint8Array(ground.tasks)
  const orders: number[][] = ground.problem.patrollers.map(() => [])
  for (const route of plan.routes) orders[route.patroller].push(...codesOfRoute(ground, route, isDone))
  if (isDone.includes(0)) throw new Error('expected a plan of the same problem, got one that does not serve all of it')
  return orders
}
