import { CLOSED, MOST_COST, type TransportProblem } from './transport-problem'

/** @throws Error where a problem is not one: what was expected, and what came at which index. Complexity O(arcs). */
export function checkTransportProblem({ supply, min, max, arcs }: TransportProblem): void {
  if (max.length !== min.length) throw new Error(`as many maxima as minima expected (${min.length}), got ${max.length}`)
  const count = arcs.cost.length
  if (arcs.part.length !== count || arcs.member.length !== count) {
    throw new Error(`arc columns of one length expected, got ${arcs.part.length}, ${arcs.member.length}, ${count}`)
  }
  for (let part = 0; part < supply.length; part++) checkSupply(part, supply[part])
  for (let member = 0; member < min.length; member++) checkLimits(member, min[member], max[member])
  for (let arc = 0; arc < count; arc++) {
    checkEnds(arc, arcs.part[arc], arcs.member[arc], supply.length, min.length)
    checkCost(arc, arcs.cost[arc])
  }
}

export function checkSupply(part: number, units: number): void {
  if (!(units >= 0)) throw new Error(`supply ≥ 0 expected, got ${units} at part ${part}`)
}

export function checkLimits(member: number, min: number, max: number): void {
  if (!(min >= 0 && min <= max)) throw new Error(`0 ≤ min ≤ max expected, got ${min}, ${max} at member ${member}`)
}

export function checkEnds(arc: number, part: number, member: number, parts: number, members: number): void {
  if (part >= 0 && part < parts && member >= 0 && member < members) return
  throw new Error(`parts below ${parts} and members below ${members} expected, got ${part}, ${member} at arc ${arc}`)
}

export function checkCost(arc: number, cost: number): void {
  if ((cost >= -MOST_COST && cost <= MOST_COST) || cost === CLOSED) return
  throw new Error(`cost between ±${MOST_COST} or CLOSED expected, got ${cost} at arc ${arc}`)
}
