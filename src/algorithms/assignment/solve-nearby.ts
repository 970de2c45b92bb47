import type { SolverControl } from '../shared/solver-control'
import { nearPairs, type Places } from './near-pairs'
import { resolveTransport } from './resolve-transport'
import { SavingSearch } from './saving-pairs'
import { solveTransport } from './solve-transport'
import type { TransportSolution } from './transport-problem'

/** A transport problem where every part may go to every member, and a unit costs the straight way between them. */
export interface NearbyProblem {
  readonly parts: Places
  readonly members: Places
  readonly supply: Int32Array
  readonly min: Int32Array
  readonly max: Int32Array
  /** Costs are whole numbers: the metres times this, rounded; > 0. */
  readonly costsAMetre: number
}

/** Nearest both ways that a first answer is made of, and pairs that a part may add to it in one round. */
const FIRST_NEAR = 16
const MOST_ADDED = 6

/**
 * `solveTransport` over all pairs of parts and members without ever listing them: pairs that lie near are solved first; those
 * that the prices say would save are found on the map and added, until there are none (column generation). The answer is the
 * best over all pairs, whatever was listed; its problem holds the pairs it took.
 *
 * @throws Error as `solveTransport`
 * When the signal is given, `bound` is that of the pairs listed so far and `isOptimal` is false.
 */
export function solveNearby(task: NearbyProblem, control: SolverControl = {}): TransportSolution {
  const { supply, min, max, costsAMetre } = task
  const { part, member, lengthM } = nearPairs(task.parts, task.members, FIRST_NEAR)
  const cost = new Int32Array(lengthM.length)
  for (let at = 0; at < cost.length; at++) cost[at] = Math.round(lengthM[at] * costsAMetre)
  let solution = solveTransport({ supply, min, max, arcs: { part, member, cost } }, control)
  const search = new SavingSearch(task.parts, task.members, costsAMetre, MOST_ADDED)
  for (;;) {
    if (control.signal?.aborted) return { ...solution, isOptimal: false }
    const { prices } = solution
    const found = search.find(
      prices.part.map((price, index) => (supply[index] > 0 ? price : -Infinity)),
      prices.member.map((price, index) => (max[index] > 0 ? price : Infinity)),
    )
    if (found.part.length === 0) return solution
    solution = resolveTransport(solution, {
      arcs: found.part.map((of, at) => ({ part: of, member: found.member[at], cost: found.cost[at] })),
    })
  }
}
