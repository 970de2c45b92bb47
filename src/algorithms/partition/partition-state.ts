import type { UnitGraph } from './unit-graph'

/** Limits of a part, households. */
export interface PartLimits {
  readonly lower: number
  readonly upper: number
  readonly target: number
}

/** Weight of a household out of band, and of a deviation from the target, against one border of mean cost. */
const BREACH_COST = 400
const DEVIATION_COST = 80

/**
 * A division into parts while it is being improved: label by unit, units and weight by part. Units of a part are a list
 * with each unit's place in it, so that a move is O(1).
 */
export interface PartitionState {
  readonly graph: UnitGraph
  readonly limits: PartLimits
  readonly label: Int32Array
  readonly units: number[][]
  readonly place: Int32Array
  readonly weight: Float64Array
  /** Mean cost of a border between two units: the yardstick of costs. */
  readonly meanEdgeCost: number
}

export function createPartitionState(
  graph: UnitGraph,
  limits: PartLimits,
  label: Int32Array,
  partCount: number,
): PartitionState {
  const units: number[][] = Array.from({ length: partCount }, () => [])
  const place = new Int32Array(label.length)
  const weight = new Float64Array(partCount)
  label.forEach((part, unit) => {
    place[unit] = units[part].length
    units[part].push(unit)
    weight[part] += graph.weight[unit]
  })
  const total = graph.edgeCost.reduce((sum, cost) => sum + cost, 0)
  return { graph, limits, label, units, place, weight, meanEdgeCost: total / Math.max(1, graph.edgeCost.length) }
}

export function moveUnit(state: PartitionState, unit: number, to: number): void {
  const { label, units, place, weight, graph } = state
  const from = label[unit]
  const last = units[from].pop()!
  if (last !== unit) {
    units[from][place[unit]] = last
    place[last] = place[unit]
  }
  place[unit] = units[to].length
  units[to].push(unit)
  label[unit] = to
  weight[from] -= graph.weight[unit]
  weight[to] += graph.weight[unit]
}

/** Cost of a part's weight, in mean borders: a steep price outside the band, a gentle one away from the target. */
export function weightCost({ lower, upper, target }: PartLimits, weight: number): number {
  const breach = weight > upper ? weight - upper : weight < lower ? lower - weight : 0
  const deviation = (weight - target) / target
  return (breach > 0 ? 2 + (BREACH_COST * breach) / target : 0) + DEVIATION_COST * deviation * deviation
}

/** What is minimised: prices of the parts' weights and the cost of all borders, in mean borders. */
export function partitionCost({ graph, limits, label, weight, meanEdgeCost }: PartitionState): number {
  let cost = 0
  for (const sum of weight) cost += weightCost(limits, sum)
  for (let unit = 0; unit < label.length; unit++) {
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      if (graph.neighbour[k] > unit && label[graph.neighbour[k]] !== label[unit]) cost += graph.edgeCost[k] / meanEdgeCost
    }
  }
  return cost
}
