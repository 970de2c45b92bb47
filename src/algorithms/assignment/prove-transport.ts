import { CLOSED, type TransportPrices, type TransportProblem } from './transport-problem'

/** What flows, arc by arc, and what that leaves. */
export interface TransportFlow {
  readonly flow: Int32Array
  readonly load: Int32Array
  readonly unserved: Int32Array
  readonly short: Int32Array
}

/**
 * How far a plan can be from the best, by prices alone: the cost of every unit beyond what the prices allow (complementary
 * slackness; Ahuja, Magnanti and Orlin 1993, section 9.4). Penalties of what is unserved and short are part of the cost. Prices
 * that no plan could have are first lowered until they can be had, so the answer holds for any prices.
 *
 * @returns 0 where the plan is best; else at most so much could be saved. Exact in whole numbers. Complexity O(arcs).
 */
export function proveTransport(problem: TransportProblem, plan: TransportFlow, prices: TransportPrices): number {
  const { supply, min, max, arcs } = problem
  const memberPrice = prices.member.map((price) => Math.max(price, -prices.shortPenalty))
  const partPrice = new Float64Array(supply.length).fill(prices.unservedPenalty)
  const used: number[] = []
  const { part: partOf, member: memberOf, cost } = arcs
  const { flow } = plan
  for (let arc = 0; arc < cost.length; arc++) {
    if (flow[arc] !== 0) used.push(arc)
    const most = cost[arc] + memberPrice[memberOf[arc]]
    if (most < partPrice[partOf[arc]] && cost[arc] !== CLOSED) partPrice[partOf[arc]] = most
  }
  let gap = 0
  for (const arc of used) gap += flow[arc] * (cost[arc] + memberPrice[memberOf[arc]] - partPrice[partOf[arc]])
  for (let part = 0; part < supply.length; part++) gap += plan.unserved[part] * (prices.unservedPenalty - partPrice[part])
  for (let member = 0; member < min.length; member++) {
    const price = memberPrice[member]
    // A price above zero asks for a full member, one below for a member with no more than the minimum.
    const apart = price > 0 ? max[member] - plan.load[member] : min[member] - plan.load[member]
    gap += prices.shortPenalty * plan.short[member] + price * apart
  }
  return gap
}
