import type { SolverControl } from '../shared/solver-control'
import { checkTransportProblem } from './check-transport'
import { pickArcs } from './pick-arcs'
import { pivotTree } from './pivot-tree'
import { readPlan } from './read-plan'
import { startBasis } from './start-basis'
import { makeNetwork, widenRange } from './transport-network'
import { CLOSED, type TransportArcs, type TransportProblem, type TransportSolution } from './transport-problem'
import { plantTree, type TransportTree } from './transport-tree'

/** Cheapest arcs of each part and of each member that a first plan is made of. */
const FIRST_ARCS = 6

/**
 * Share out the units of parts among members at least cost: serve as many as can be, then leave as few missing below minima as
 * can be, then cost least. Network simplex over few arcs at first; arcs that would save are added until none is left.
 *
 * @throws Error where the problem is not one, see `checkTransportProblem`
 * When the signal is given the best plan so far comes back, `isOptimal` false and `bound` still true. Deterministic.
 */
export function solveTransport(problem: TransportProblem, control: SolverControl = {}): TransportSolution {
  checkTransportProblem(problem)
  control.onProgress?.(0, 'start')
  const range = widenRange({ least: 0, most: 0 }, problem.arcs.cost)
  let picked = pickArcs(problem, FIRST_ARCS)
  let network = makeNetwork(problem, range, picked)
  const tree = plantTree(network, startBasis(problem, network.arcs))
  let pivots = 0
  for (let round = 0; ; round++) {
    control.onProgress?.(1 - 0.5 ** round, 'pivot')
    pivots += pivotTree(network, tree, control.signal)
    const more = control.signal?.aborted ? [] : savingArcs(problem.arcs, tree)
    if (more.length === 0) return readPlan(problem, network, tree, { picked, range, pivots })
    // Arcs that come in go behind the others, so the tree stands as it is.
    picked = append(picked, more)
    network = makeNetwork(problem, range, picked)
  }
}

/** Arcs that would save something by the potentials of a tree. */
function savingArcs({ part, member, cost }: TransportArcs, { potential, parts }: TransportTree): number[] {
  const found: number[] = []
  for (let arc = 0; arc < cost.length; arc++) {
    if (cost[arc] + potential[part[arc]] - potential[parts + member[arc]] < 0 && cost[arc] !== CLOSED) found.push(arc)
  }
  return found
}

function append(picked: Int32Array, more: readonly number[]): Int32Array {
  const all = new Int32Array(picked.length + more.length)
  all.set(picked)
  all.set(more, picked.length)
  return all
}
