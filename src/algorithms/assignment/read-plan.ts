import { proveTransport } from './prove-transport'
import type { CostRange, TransportNetwork } from './transport-network'
import type { TransportProblem, TransportSolution } from './transport-problem'
import { basisOf, type TransportTree, type TreeBasis } from './transport-tree'

/**
 * What a tree says of the whole problem: its flow, what is short, and how far from the best it can be.
 *
 * @param picked arc of the problem by arc of the network; null where they are the same
 */
export function readPlan(
  problem: TransportProblem,
  { parts, members, penalties }: TransportNetwork,
  tree: TransportTree,
  { picked, range, pivots }: { readonly picked: Int32Array | null; readonly range: CostRange; readonly pivots: number },
): TransportSolution {
  const { supply, min, arcs } = problem
  const flow = new Int32Array(arcs.cost.length)
  const load = new Int32Array(members)
  const unserved = supply.slice()
  let objective = 0
  for (let node = 0; node < tree.root; node++) {
    if (tree.arc[node] < 0 || tree.flow[node] === 0) continue
    const arc = picked ? picked[tree.arc[node]] : tree.arc[node]
    flow[arc] = tree.flow[node]
    load[arcs.member[arc]] += flow[arc]
    unserved[arcs.part[arc]] -= flow[arc]
    objective += flow[arc] * arcs.cost[arc]
  }
  const short = min.map((least, member) => Math.max(0, least - load[member]))
  const prices = {
    part: tree.potential.slice(0, parts).map((value) => 0 - value),
    member: tree.potential.slice(parts, parts + members).map((value) => 0 - value),
    unservedPenalty: penalties.unserved,
    shortPenalty: penalties.short,
  }
  const gap = proveTransport(problem, { flow, load, unserved, short }, prices)
  return {
    problem,
    flow,
    load,
    unserved,
    unservedUnits: sumOf(unserved),
    short,
    shortUnits: sumOf(short),
    objective,
    bound: objective - gap,
    isOptimal: gap === 0,
    prices,
    pivots,
    basis: { ...toWhole(basisOf(tree), picked), costRange: range },
  }
}

const sumOf = (units: Int32Array): number => units.reduce((sum, amount) => sum + amount, 0)

function toWhole(basis: TreeBasis, picked: Int32Array | null): TreeBasis {
  if (picked === null) return basis
  const whole = (arc: number) => (arc < 0 ? arc : picked[arc])
  return { partArc: basis.partArc.map(whole), memberArc: basis.memberArc.map(whole), isFull: basis.isFull }
}
