import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import type { PatrolGround } from './patrol-ground'
import type { PatrolOrders } from './patrol-start'
import { createPatrolState, type PatrolState } from './patrol-state'

/** Nearest tasks that a task is tried beside. */
const NEAR = 12
/** Temperatures as shares of the mean seconds of a task. */
const HOT = 0.4
const COLD = 0.004
/** Trials between two looks at the signal. */
const STRIDE = 1 << 13

/**
 * Routes improved by annealing: up to three tasks moved, two exchanged, a stretch turned round, two routes crossed over. What counts
 * is the aim: the sum, or a power mean of the routes that lies close to the longest, and a little of the sum; beyond a limit a
 * second counts a hundredfold. Nobody gets a task outside the own zone.
 *
 * @param trials of a change
 * @param heat 1 from hot; less to keep closer to the start
 * @returns the best by aim of all that were come by
 * Complexity: O(trials), and O(tasks of two routes) for each that is taken. Deterministic for a seed.
 */
export function searchPatrols(
  ground: PatrolGround, start: PatrolOrders, { seed, trials, heat }: { readonly seed: number; readonly trials: number; readonly heat: number },
  control: SolverControl = {},
): PatrolOrders {
  const { tasks, taskS } = ground
  const away = start.length
  if (tasks === 0 || trials <= 0) return start
  const random = seededRandom(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const near = nearTasks(ground)
  const nearCount = near.length / tasks
  const state = createPatrolState(ground, start)
  let best = state.copy()
  let bestWorth = state.worth()
  let now = state.energy()
  const meanS = taskS.reduce((sum, seconds) => sum + seconds, 0) / tasks
  let temperature = Math.max(1e-6, heat * HOT * meanS)
  const cooling = (COLD / (heat * HOT)) ** (1 / trials)

  for (let trial = 0; trial < trials; trial++) {
    if (trial % STRIDE === 0) {
      if (control.signal?.aborted) break
      control.onProgress?.(trial / trials, 'search')
    }
    temperature *= cooling
    const change = draw(state)
    if (!change) continue
    const energy = state.energyAfter()
    if (energy > now && random() >= Math.exp((now - energy) / temperature)) continue
    state.take()
    now = energy
    const worth = state.worth()
    if (worth < bestWorth - 1e-6) {
      bestWorth = worth
      best = state.copy()
    }
  }
  return best

  /** Proposes a change to the state; whether there is one. */
  function draw({ routes, routeOf, placeOf }: PatrolState): boolean {
    const task = below(tasks)
    const route = routeOf[task]
    const at = placeOf[task]
    const kind = random()
    const other = near[task * nearCount + below(nearCount)]
    if (kind < 0.5) {
      const size = Math.min(1 + below(3), routes[route].length - at)
      // Now and then to anybody, as who stays at home is near nobody.
      if (random() < 0.02) {
        const target = below(away)
        return state.proposeMove(route, at, size, target, below(routes[target].length + 1), random() < 0.5)
      }
      if (other < 0) return false
      return state.proposeMove(route, at, size, routeOf[other], placeOf[other] + below(2), random() < 0.5)
    }
    if (other < 0) return false
    if (kind < 0.65) return state.proposeSwap(route, at, routeOf[other], placeOf[other], random() < 0.5, random() < 0.5)
    if (routeOf[other] === route) {
      const beside = placeOf[other]
      return state.proposeTurn(route, Math.min(at, beside), Math.max(at, beside) - below(2))
    }
    if (random() < 0.1) return state.proposeTurn(route, at, at)
    return state.proposeCross(route, at + 1, routeOf[other], placeOf[other] + below(2), random() < 0.5)
  }
}

/** Tasks by how near an end of theirs comes, −1 where there are fewer. */
function nearTasks({ tasks, headOf, tailOf, places, walkS }: PatrolGround): Int32Array {
  const count = places.length
  const size = Math.min(NEAR, tasks)
  const near = new Int32Array(size * tasks).fill(-1)
  const away = new Float64Array(tasks)
  for (let task = 0; task < tasks; task++) {
    const ends = [headOf[2 * task], tailOf[2 * task]]
    for (let other = 0; other < tasks; other++) {
      const others = [headOf[2 * other], tailOf[2 * other]]
      // Of those that touch, the shorter first, so that dense places do not fill the list by chance of number.
      away[other] = Math.min(...ends.flatMap((a) => others.map((b) => walkS[a * count + b])))
    }
    const order = Array.from({ length: tasks }, (_, other) => other).filter((other) => other !== task)
    order.sort((a, b) => away[a] - away[b] || a - b)
    near.set(order.slice(0, size), size * task)
  }
  return near
}
