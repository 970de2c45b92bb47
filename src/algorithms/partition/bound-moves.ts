import { createFlowNetwork } from '../shared/flow-network'
import type { UnitGraph } from './unit-graph'

/** Band of each part, households; `upper` may be Infinity. */
export interface PartBands {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** The least flow of households between parts that brings every part into its band. */
export interface MoveFlow {
  /** Households that change their part at least; Infinity where no plan in band exists. */
  readonly households: number
  /** Households from part to part, those above 0; empty where there is no plan in band. */
  readonly arcs: readonly { readonly from: number; readonly to: number; readonly households: number }[]
}

/**
 * Households that must change their part at least, so that every part lies in its band: the least cost of a flow from
 * parts as they are to parts as they will be, along borders between parts, with cost 1 for each household that does not stay.
 * A part above its band gives up whole units: not its excess must go, but the least sum of its units that covers it; a part
 * below takes whole units of the parts beside it.
 *
 * Proven for plans in which each household stays or goes to a part that borders its own (`repairPartition` keeps to
 * them); Infinity where no such plan exists. Weights are whole numbers. Locked parts neither give nor take and count as in band.
 * Source: the minimum-parity flow of redist (`min_move_parity`), as a transportation problem. Departs: units are not divisible
 * where a part must give or take.
 * Complexity O(parts × borders of parts) in practice; the sums O(units × upper).
 *
 * @param label part by unit, 0 … parts−1
 */
export function flowMoves(
  graph: UnitGraph,
  label: Int32Array,
  { lower, upper }: PartBands,
  isLocked: (part: number) => boolean = () => false,
): MoveFlow {
  const parts = lower.length
  const units: number[][] = Array.from({ length: parts }, () => [])
  const weight = new Float64Array(parts)
  const borders: Set<number>[] = Array.from({ length: parts }, () => new Set())
  label.forEach((part, unit) => {
    units[part].push(graph.weight[unit])
    weight[part] += graph.weight[unit]
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      const other = label[graph.neighbour[k]]
      if (other !== part && !isLocked(part) && !isLocked(other)) borders[part].add(other)
    }
  })
  // Nodes: parts as they are, parts as they will be, what comes to each from others, and the sum of all.
  const network = createFlowNetwork(3 * parts + 1)
  const sum = 3 * parts
  const ways: { from: number; to: number; arc: number }[] = []
  for (let part = 0; part < parts; part++) {
    const isOpen = !isLocked(part)
    const mustGo = isOpen ? leastSum(units[part], weight[part] - upper[part]) : 0
    const missing = isOpen ? lower[part] - weight[part] : 0
    const mustTake = missing > 0 ? leastSum([...borders[part]].flatMap((other) => units[other]), missing) : 0
    if (mustGo > weight[part] || mustTake === Infinity) return { households: Infinity, arcs: [] }
    const least = isOpen ? Math.max(0, lower[part] - mustTake) : weight[part]
    const most = isOpen ? upper[part] - mustTake : weight[part]
    if (most < least) return { households: Infinity, arcs: [] }
    network.supply(part, weight[part])
    network.arc(part, parts + part, weight[part] - mustGo, 0)
    for (const other of borders[part]) {
      ways.push({ from: part, to: other, arc: network.arc(part, 2 * parts + other, weight[part], 1) })
    }
    network.supply(2 * parts + part, -mustTake)
    network.arc(2 * parts + part, parts + part, Infinity, 0)
    network.supply(parts + part, -least)
    network.arc(parts + part, sum, most - least, 0)
    network.supply(sum, least + mustTake - weight[part])
  }
  const households = network.leastCost()
  const arcs = ways.map(({ from, to, arc }) => ({ from, to, households: network.flowOn(arc) }))
  return { households, arcs: households < Infinity ? arcs.filter((way) => way.households > 0) : [] }
}

/** Households that must change their part at least; see `flowMoves`. */
export function boundMoves(graph: UnitGraph, label: Int32Array, bands: PartBands, isLocked?: (part: number) => boolean): number {
  return flowMoves(graph, label, bands, isLocked).households
}

/** Least sum of some of the weights that is at least `wanted`; Infinity where all together are less. */
function leastSum(weights: readonly number[], wanted: number): number {
  if (wanted <= 0) return 0
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total < wanted) return Infinity
  // No least sum reaches further than one unit beyond what is wanted.
  const most = Math.min(total, Math.ceil(wanted) + Math.max(...weights))
  const reached = new Uint8Array(most + 1)
  reached[0] = 1
  for (const weight of weights) {
    for (let sum = most; sum >= weight; sum--) reached[sum] |= reached[sum - weight]
  }
  let sum = Math.ceil(wanted)
  while (reached[sum] === 0) sum++
  return sum
}
