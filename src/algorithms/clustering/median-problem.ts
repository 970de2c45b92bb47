import type { NodeCosts } from './node-costs'

/**
 * The capacitated p-median problem: choose p nodes as medians and assign each node wholly to one of them, no median above its
 * capacity, at the least sum of costs. Grids around their centres, households around stations.
 */
export interface MedianProblem {
  readonly costs: NodeCosts
  /** What each node brings, ≥ 0. */
  readonly demand: Float64Array
  /** What each node can take when it is a median, itself included if it serves itself; 0: it cannot be one; Infinity: no limit. */
  readonly capacity: Float64Array
  /** How many medians to choose, the fixed ones among them. */
  readonly medians: number
  /** Nodes that are medians in every plan; none when left out. */
  readonly fixed?: readonly number[]
}

export interface MedianPlan {
  /** Node of each median, ascending. */
  readonly medians: Int32Array
  /** Index into `medians` by node. */
  readonly medianOf: Int32Array
  readonly cost: number
  /** Demand above capacity, summed over the medians; 0 where the plan is feasible. */
  readonly overload: number
}

/** Demand and capacity are sums of measured numbers in the rooms: rounding must not make a full median an overfull one. */
const ROUNDING = 1e-9

/** @throws RangeError with what was expected and what came, for input no plan could be made of */
export function checkMedianProblem({ costs, demand, capacity, medians, fixed = [] }: MedianProblem): void {
  const { count } = costs
  if (demand.length !== count || capacity.length !== count || costs.weight.length !== count) {
    throw new RangeError(`expected demand, capacity and weight of ${count} nodes, got ${demand.length}, ${capacity.length}, ${costs.weight.length}`)
  }
  const isAmount = (value: number) => value >= 0
  if (!demand.every((value) => isAmount(value) && Number.isFinite(value))) throw new RangeError('expected demands ≥ 0')
  if (!capacity.every(isAmount)) throw new RangeError('expected capacities ≥ 0')
  const sites = capacity.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)
  if (!Number.isInteger(medians) || medians < 1 || medians > sites) {
    throw new RangeError(`expected 1 to ${sites} medians, as many as nodes with capacity, got ${medians}`)
  }
  if (new Set(fixed).size !== fixed.length || fixed.length > medians || fixed.some((node) => !(capacity[node] > 0))) {
    throw new RangeError(`expected at most ${medians} different fixed medians, each with capacity, got ${fixed.join(', ')}`)
  }
}

/** Cost and overload of a plan, counted anew from nothing but the problem. */
export function measureMedianPlan(
  { costs, demand, capacity }: MedianProblem,
  medians: Int32Array,
  medianOf: Int32Array,
): Pick<MedianPlan, 'cost' | 'overload'> {
  const load = new Float64Array(medians.length)
  let cost = 0
  medianOf.forEach((median, node) => {
    cost += costs.of(node, medians[median])
    load[median] += demand[node]
  })
  let overload = 0
  medians.forEach((node, median) => (overload += overloadOf(load[median], capacity[node])))
  return { cost, overload }
}

/** Load above a limit, rounding aside. */
export function overloadOf(load: number, limit: number): number {
  return load > limit * (1 + ROUNDING) ? load - limit : 0
}
