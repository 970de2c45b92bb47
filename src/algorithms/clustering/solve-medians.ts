import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { annealMedians } from './anneal-medians'
import { boundMedians, type MedianBound } from './bound-medians'
import { improveRegions } from './improve-regions'
import { checkMedianProblem, measureMedianPlan, type MedianPlan, type MedianProblem } from './median-problem'
import { isBetter, makeGround, MedianState, type MedianSnapshot } from './median-state'
import { settleMedians } from './settle-medians'
import { assignByRegret, chooseFirstMedians } from './start-medians'

export interface MedianSearch {
  readonly seed: number
  /** Moves allowed for each node; the answer depends on the problem, the seed and this number alone, unless `pace` is given. */
  readonly movesANode?: number
  /** Share of the time allowed that has gone, of a caller who has a clock. */
  readonly pace?: () => number
}

export interface SolvedMedians extends MedianPlan {
  /** No plan costs less. */
  readonly bound: number
  /** Prices that prove the bound; `boundMedians` may go on from them. */
  readonly prices: Float64Array
}

const MOVES_A_NODE = 20_000
/** Rounds of the bound that the first medians are chosen by. */
const BOUND_ROUNDS = 100
/** Rounds of the whole and its regions without a better plan before the search has converged. */
const IDLE_ROUNDS = 2
/** Share of what is left that the annealing of the whole takes; the rest is for regions. */
const WHOLE_SHARE = 0.35
/** More moves than these for each node do not help the annealing of the whole. */
const MOST_WHOLE_MOVES = 80_000
/** Temperatures, times the mean cost of a node. */
const HOT = 0.4
const COLD = 0.006
/**
 * Price of overload: to be above capacity by a mean demand costs so many mean costs of a node. With 12 at the end, large plans
 * stayed overloaded by little and could hardly be mended.
 */
const PRICE = 3
const LAST_PRICE = 200
const BATCH = 8192

/**
 * A plan of the capacitated p-median problem and a proved bound of its cost. Passes: prices and bound (`boundMedians`), first
 * medians by them (`chooseFirstMedians`), everyone served (`assignByRegret`), the whole annealed (`annealMedians`), regions
 * annealed (`improveRegions`); these two again until that finds no better. Deterministic for a seed unless `pace` is given; the best plan so far when stopped.
 *
 * @throws RangeError for input no plan could be made of (`checkMedianProblem`); where capacities are too tight for the search
 *   to satisfy them, the plan with the least overload found comes back and says so
 */
export function solveMedians(problem: MedianProblem, search: MedianSearch, control: SolverControl = {}): SolvedMedians {
  checkMedianProblem(problem)
  const random = seededRandom(search.seed)
  const { onProgress, signal } = control
  const isStopped = () => signal?.aborted ?? false
  const ground = makeGround(problem)
  const state = new MedianState(ground)
  const count = problem.demand.length

  const nodes = Int32Array.from({ length: count }, (_, node) => node)
  const slots = Int32Array.from({ length: problem.medians }, (_, slot) => slot)
  const startFrom = (prices: MedianBound) => {
    state.begin(chooseFirstMedians(ground, prices), null)
    assignByRegret(state)
    settleMedians(state, nodes, slots)
    return state.snapshot()
  }

  onProgress?.(0, 'bound')
  const guess = boundMedians(ground, { rounds: 1, upper: 0 })
  let best = startFrom(guess)
  const bound = boundMedians(ground, { rounds: BOUND_ROUNDS, upper: best.cost, prices: guess.prices, isStopped })
  const priced = startFrom(bound)
  if (isBetter(best, priced)) state.begin(best.site, best.slotOf)
  else best = priced

  const scale = best.cost / count || 1
  const meanDemand = problem.demand.reduce((sum, amount) => sum + amount, 0) / count || 1
  const mostMoves = count * (search.movesANode ?? MOVES_A_NODE)
  let made = 0
  const done = (moves: number) => {
    made += moves
    if (isStopped()) return 1
    return search.pace ? search.pace() : made / mostMoves
  }
  for (let idle = 0; idle < IDLE_ROUNDS && done(0) < 1; idle++) {
    const begun = done(0)
    const movesBefore = made
    const wholeShare = WHOLE_SHARE * (1 - begun)
    annealMedians(state, random, {
      nodes,
      hot: HOT * scale,
      cold: COLD * scale,
      price: (PRICE * scale) / meanDemand,
      lastPrice: (LAST_PRICE * scale) / meanDemand,
      batch: BATCH,
      share: (moves) => {
        const share = done(moves)
        onProgress?.(Math.min(1, share), 'anneal')
        return Math.max((share - begun) / wholeShare, (made - movesBefore) / (MOST_WHOLE_MOVES * count))
      },
    })
    if (isStopped()) break
    settleMedians(state, nodes, slots)
    // An annealed plan that is overloaded is worth mending where it is cheaper than the best.
    if (state.overload() > 0 && state.cost() >= best.cost) state.begin(best.site, best.slotOf)
    improveRegions(state, random, {
      meanDemand,
      share: (moves) => {
        const share = done(moves)
        onProgress?.(Math.min(1, share), 'regions')
        return share
      },
    })
    const plan = state.snapshot()
    if (!isBetter(plan, best)) continue
    best = plan
    idle = -1
  }
  return { ...planOf(problem, best), bound: bound.bound, prices: bound.prices }
}

/** The plan of a snapshot, its medians in ascending order. */
function planOf(problem: MedianProblem, { site, slotOf }: MedianSnapshot): MedianPlan {
  const order = Int32Array.from(site.keys()).sort((a, b) => site[a] - site[b])
  const rank = new Int32Array(site.length)
  order.forEach((slot, index) => (rank[slot] = index))
  const medians = order.map((slot) => site[slot])
  const medianOf = slotOf.map((slot) => rank[slot])
  return { medians, medianOf, ...measureMedianPlan(problem, medians, medianOf) }
}
