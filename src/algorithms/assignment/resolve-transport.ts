import { checkCost, checkEnds, checkLimits, checkSupply } from './check-transport'
import { pivotTree } from './pivot-tree'
import { readPlan } from './read-plan'
import { makeNetwork, widenRange } from './transport-network'
import { BY_ROOT, type TransportChange, type TransportProblem, type TransportSolution } from './transport-problem'
import { plantTree, type TreeBasis } from './transport-tree'

/**
 * Solve a problem anew after a local change, from the tree of its last solution: the same objective as `solveTransport` would
 * find, in the time of the pivots that the change asks for. Where several plans are best it may be another of them. The
 * previous solution stays as it is, so a change can be tried and forgotten. What was stopped before its end is solved to it.
 *
 * @throws Error where the change names what is not there or makes no problem
 */
export function resolveTransport(previous: TransportSolution, change: TransportChange): TransportSolution {
  const problem = changeProblem(previous.problem, change)
  const changed = [...(change.costs ?? []), ...(change.arcs ?? [])].map(({ cost }) => cost)
  const range = widenRange(previous.basis.costRange, changed)
  const network = makeNetwork(problem, range, null)
  const tree = plantTree(network, extendBasis(previous.basis, problem))
  const pivots = pivotTree(network, tree)
  return readPlan(problem, network, tree, { picked: null, range, pivots })
}

/** The problem after a change; columns that stay are shared with the one before. */
function changeProblem(problem: TransportProblem, change: TransportChange): TransportProblem {
  const { arcs } = problem
  const supply = extend(problem.supply, change.supply, change.parts)
  const min = extend(problem.min, change.limits, change.members?.map((member) => member.min))
  const max = extend(problem.max, change.limits, change.members?.map((member) => member.max))
  const cost = extend(arcs.cost, change.costs, change.arcs?.map((arc) => arc.cost))
  change.parts?.forEach((units, at) => checkSupply(problem.supply.length + at, units))
  for (const { part, units } of change.supply ?? []) {
    checkSupply(part, units)
    supply[indexIn(problem.supply, part, 'part')] = units
  }
  change.members?.forEach((member, at) => checkLimits(problem.min.length + at, member.min, member.max))
  for (const { member, min: least, max: most } of change.limits ?? []) {
    checkLimits(member, least, most)
    min[indexIn(problem.min, member, 'member')] = least
    max[member] = most
  }
  for (const { arc, cost: changed } of change.costs ?? []) {
    checkCost(arc, changed)
    cost[indexIn(arcs.cost, arc, 'arc')] = changed
  }
  change.arcs?.forEach(({ part, member, cost: added }, at) => {
    checkEnds(arcs.cost.length + at, part, member, supply.length, min.length)
    checkCost(arcs.cost.length + at, added)
  })
  const part = extend(arcs.part, undefined, change.arcs?.map((arc) => arc.part))
  const member = extend(arcs.member, undefined, change.arcs?.map((arc) => arc.member))
  return { supply, min, max, arcs: { part, member, cost } }
}

/** A column with room for what is appended; the same one where nothing changes. */
function extend(column: Int32Array, changes: readonly unknown[] | undefined, appended: readonly number[] = []): Int32Array {
  if (!changes?.length && appended.length === 0) return column
  const whole = new Int32Array(column.length + appended.length)
  whole.set(column)
  whole.set(appended, column.length)
  return whole
}

function indexIn(column: Int32Array, index: number, what: string): number {
  if (!(index >= 0 && index < column.length)) throw new Error(`${what} below ${column.length} expected, got ${index}`)
  return index
}

/** The basis with nodes that are new on the root. */
function extendBasis({ partArc, memberArc, isFull }: TreeBasis, { supply, min }: TransportProblem): TreeBasis {
  const onRoot = (column: Int32Array, length: number) => {
    const whole = new Int32Array(length).fill(BY_ROOT)
    whole.set(column)
    return whole
  }
  const full = new Uint8Array(min.length)
  full.set(isFull)
  return { partArc: onRoot(partArc, supply.length), memberArc: onRoot(memberArc, min.length), isFull: full }
}
