import type { UnitGraph } from './unit-graph'

/** Limits of a part, households. */
export interface PartLimits {
  readonly lower: number
  readonly upper: number
  readonly target: number
}

/** A further sum that parts should have alike, as residents or party members. */
export interface BalanceLoad {
  /** By unit. */
  readonly amount: Float64Array
  /** Price of a deviation from the mean, in that of households. */
  readonly weight: number
  /** What each part should have at least; 0 asks for nothing. */
  readonly least: number
}

/** What is wanted of a division beside its band; what is left out is as for first grids. */
export interface Objective {
  /** Price of a deviation from the target, in that of first grids. */
  readonly deviation?: number
  /** Price of borders, in that of first grids. */
  readonly border?: number
  readonly loads?: readonly BalanceLoad[]
}

/** Weight of a household out of band, of a deviation from the target, and of all that is least of a load missing, in mean borders. */
const BREACH_COST = 400
const DEVIATION_COST = 80
const MISSING_COST = 40

/** A load with what each part has of it now. */
interface LoadState extends BalanceLoad {
  readonly mean: number
  readonly sum: Float64Array
}

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
  /** Cost of a border that weighs 1: the mean between two units, less where borders are dear to the objective. */
  readonly meanEdgeCost: number
  readonly deviation: number
  readonly loads: readonly LoadState[]
}

export function createPartitionState(
  graph: UnitGraph,
  limits: PartLimits,
  label: Int32Array,
  partCount: number,
  objective: Objective = {},
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
  const loads = (objective.loads ?? []).map((load) => {
    const sum = new Float64Array(partCount)
    label.forEach((part, unit) => (sum[part] += load.amount[unit]))
    return { ...load, sum, mean: load.amount.reduce((all, amount) => all + amount, 0) / partCount }
  })
  return {
    graph, limits, label, units, place, weight, loads,
    meanEdgeCost: total / Math.max(1, graph.edgeCost.length) / (objective.border ?? 1),
    deviation: DEVIATION_COST * (objective.deviation ?? 1),
  }
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
  for (const { amount, sum } of state.loads) {
    sum[from] -= amount[unit]
    sum[to] += amount[unit]
  }
}

/** Cost of a part's weight, in mean borders: a steep price outside the band, a gentle one away from the target. */
export function weightCost({ limits: { lower, upper, target }, deviation }: Pick<PartitionState, 'limits' | 'deviation'>, weight: number): number {
  const breach = weight > upper ? weight - upper : weight < lower ? lower - weight : 0
  const away = (weight - target) / target
  return (breach > 0 ? 2 + (BREACH_COST * breach) / target : 0) + deviation * away * away
}

/** Cost of what a part has of a load: away from the mean, and below what it should have at least. */
export function loadCost({ mean, weight, least }: LoadState, sum: number): number {
  const away = mean > 0 ? (sum - mean) / mean : 0
  return weight * DEVIATION_COST * away * away + (sum < least ? 2 + (MISSING_COST * (least - sum)) / least : 0)
}

/** By how much weights and loads grow dearer when a unit goes to another part. */
export function changeByMove(state: PartitionState, unit: number, to: number): number {
  const from = state.label[unit]
  const w = state.graph.weight[unit]
  let change = weightCost(state, state.weight[from] - w) - weightCost(state, state.weight[from])
  change += weightCost(state, state.weight[to] + w) - weightCost(state, state.weight[to])
  for (const load of state.loads) {
    const amount = load.amount[unit]
    change += loadCost(load, load.sum[from] - amount) - loadCost(load, load.sum[from])
    change += loadCost(load, load.sum[to] + amount) - loadCost(load, load.sum[to])
  }
  return change
}

/** What is minimised: prices of the parts' weights and loads and the cost of all borders, in mean borders. */
export function partitionCost(state: PartitionState): number {
  const { graph, label, weight, meanEdgeCost } = state
  let cost = 0
  for (const sum of weight) cost += weightCost(state, sum)
  for (const load of state.loads) for (const sum of load.sum) cost += loadCost(load, sum)
  for (let unit = 0; unit < label.length; unit++) {
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      if (graph.neighbour[k] > unit && label[graph.neighbour[k]] !== label[unit]) cost += graph.edgeCost[k] / meanEdgeCost
    }
  }
  return cost
}
