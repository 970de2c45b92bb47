import { boundPatrols, type PatrolBound } from './patrol-bound'
import { groundOf } from './patrol-ground'
import type { PatrolPlan, PatrolProblem } from './patrol-problem'
import { rerouteCodes } from './patrol-reroute'
import { codesOfRoute, planOfRoutes, routeOfCodes } from './patrol-route'
import { cheapestPlace } from './patrol-start'

/** Trials with which a route is ordered anew while somebody waits. */
const TRIALS = 4000
const bounds = new WeakMap<PatrolProblem, PatrolBound>()

/**
 * A segment given to another route by hand, all its passes and the checkpoints on it; both routes are ordered anew, the others and
 * their numbers stay. Limits and zones are not looked at: an edit may pass through what a planner would refuse, and the numbers say so.
 *
 * @param toRoute position in `plan.routes`
 * @returns the plan with two routes replaced; the same plan where that route has it already
 * @throws where no route serves the segment
 */
export function moveSegment(problem: PatrolProblem, plan: PatrolPlan, segment: number, toRoute: number): PatrolPlan {
  const ground = groundOf(problem)
  const isDone = new Uint8Array(ground.tasks)
  const orders = plan.routes.map((route) => codesOfRoute(ground, route, isDone))
  const isIts = (code: number): boolean => ground.taskSegment[code >> 1] === segment
  const moved = orders.flatMap((codes, k) => (k === toRoute ? [] : codes.filter(isIts)))
  if (moved.length === 0) {
    if (orders[toRoute].some(isIts)) return plan
    throw new Error(`expected a route that serves segment ${segment}, there is none`)
  }
  const routes = plan.routes.map((route, k) => {
    const { patroller } = route
    let codes = orders[k]
    if (k === toRoute) {
      codes = [...codes]
      for (const code of moved) {
        const place = cheapestPlace(ground, patroller, codes, code)
        codes.splice(place.at, 0, place.code)
      }
    } else {
      codes = codes.filter((code) => !isIts(code))
      if (codes.length === orders[k].length) return route
    }
    const ends = { startPlace: ground.startPlace[patroller], endPlace: ground.endPlace[patroller] }
    return routeOfCodes(ground, patroller, rerouteCodes(ground, ends, codes, true, { seed: problem.seed, trials: TRIALS }))
  })
  let bound = bounds.get(problem)
  if (!bound) bounds.set(problem, (bound = boundPatrols(ground)))
  return planOfRoutes(ground, routes, bound)
}

/** The same problem over what was missed only: one pass of each segment named, and the checkpoints named. */
export function mopUp(problem: PatrolProblem, segments: readonly number[], checkpoints: readonly number[] = []): PatrolProblem {
  const passes = new Uint8Array(problem.passes.length)
  for (const segment of segments) passes[segment] = 1
  const pick = (column: Int32Array): Int32Array => Int32Array.from(checkpoints, (one) => column[one])
  return {
    ...problem,
    passes,
    checkpoints: {
      segment: pick(problem.checkpoints.segment),
      node: pick(problem.checkpoints.node),
      dwellS: Float64Array.from(checkpoints, (one) => problem.checkpoints.dwellS[one]),
    },
  }
}
