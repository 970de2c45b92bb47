import { CLOSED, MOST_COST, type TransportProblem } from './transport-problem'

/** @throws Error where a problem is not one: what was expected, and what came at which index */
export function checkTransportProblem({ supply, min, max, arcs }: TransportProblem): void {
  if (max.length !== min.length) throw new Error(`as many maxima as minima expected (${min.length}), got ${max.length}`)
  const count = arcs.cost.length
  if (arcs.part.length !== count || arcs.member.length !== count) {
    throw new Error(`arc columns of one length expected, got ${arcs.part.length}, ${arcs.member.length}, ${count}`)
  }
  for (let part = 0; part < supply.length; part++) {
    if (supply[part] < 0) throw new Error(`supply ≥ 0 expected, got ${supply[part]} at part ${part}`)
  }
  for (let member = 0; member < min.length; member++) {
    if (min[member] < 0 || max[member] < min[member]) {
      throw new Error(`0 ≤ min ≤ max expected, got ${min[member]}, ${max[member]} at member ${member}`)
    }
  }
  for (let arc = 0; arc < count; arc++) {
    const cost = arcs.cost[arc]
    if (arcs.part[arc] >>> 0 >= supply.length || arcs.member[arc] >>> 0 >= min.length) {
      throw new Error(`parts below ${supply.length} and members below ${min.length} expected, got ${arcs.part[arc]}, ${arcs.member[arc]} at arc ${arc}`)
    }
    if ((cost > MOST_COST && cost !== CLOSED) || cost < -MOST_COST) {
      throw new Error(`cost between ±${MOST_COST} or CLOSED expected, got ${cost} at arc ${arc}`)
    }
  }
}
