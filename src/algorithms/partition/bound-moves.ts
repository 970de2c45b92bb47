import { createFlowNetwork } from '../shared/flow-network'
import type { UnitGraph } from './unit-graph'

/** Band of each part, households; `upper` may be Infinity. */
export interface PartBands {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/**
 * Households that must change their part at least, so that every part lies in its band: the least cost of a flow from
 * parts as they are to parts as they will be, along borders between parts, with cost 1 for each household that does not stay.
 * A part above its band gives up whole units: not its excess must go, but the least sum of its units that covers it.
 *
 * Proven for plans in which each household stays or goes to a part that borders its own (`repairPartition` keeps to
 * them); Infinity where no such plan exists. Weights are whole numbers.
 * Source: the minimum-parity flow of redist (`min_move_parity`), as a transportation problem. Departs: units are not divisible
 * where a part must give.
 * Complexity O(parts × borders of parts) in practice; the sums O(units × upper).
 *
 * @param label part by unit, 0 … parts−1
 */
export function boundMoves(graph: UnitGraph, label: Int32Array, { lower, upper }: PartBands): number {
  const parts = lower.length
  const units: number[][] = Array.from({ length: parts }, () => [])
  const weight = new Float64Array(parts)
  const borders: Set<number>[] = Array.from({ length: parts }, () => new Set())
  label.forEach((part, unit) => {
    units[part].push(graph.weight[unit])
    weight[part] += graph.weight[unit]
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      if (label[graph.neighbour[k]] !== part) borders[part].add(label[graph.neighbour[k]])
    }
  })
  // Nodes: parts as they are, parts as they will be, and the sum of all.
  const network = createFlowNetwork(2 * parts + 1)
  for (let part = 0; part < parts; part++) {
    const mustGo = leastSum(units[part], weight[part] - upper[part])
    if (mustGo > weight[part]) return Infinity
    network.supply(part, weight[part])
    network.arc(part, parts + part, weight[part] - mustGo, 0)
    for (const other of borders[part]) network.arc(part, parts + other, weight[part], 1)
    network.supply(parts + part, -lower[part])
    network.arc(parts + part, 2 * parts, upper[part] - lower[part], 0)
    network.supply(2 * parts, lower[part] - weight[part])
  }
  return network.leastCost()
}

/** Least sum of some of the weights that is at least `wanted`; Infinity where all together are less. */
function leastSum(weights: readonly number[], wanted: number): number {
  if (wanted <= 0) return 0
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const reached = new Uint8Array(total + 1)
  reached[0] = 1
  for (const weight of weights) {
    for (let sum = total; sum >= weight; sum--) reached[sum] |= reached[sum - weight]
  }
  for (let sum = Math.ceil(wanted); sum <= total; sum++) if (reached[sum]) return sum
  return Infinity
}
