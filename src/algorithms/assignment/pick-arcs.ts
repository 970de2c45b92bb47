import { CLOSED, type TransportProblem } from './transport-problem'

/**
 * Indices of the `each` cheapest open arcs of every part and of every member, ascending; ties by index.
 * Complexity O(arcs) where few arcs come in falling order of cost, O(arcs × each) at worst.
 */
export function pickArcs({ supply, min, arcs }: TransportProblem, each: number): Int32Array {
  const ofPart = new Cheapest(supply.length, each)
  const ofMember = new Cheapest(min.length, each)
  const { part, member, cost } = arcs
  for (let arc = 0; arc < cost.length; arc++) {
    if (cost[arc] === CLOSED) continue
    ofPart.offer(part[arc], arc, cost[arc])
    ofMember.offer(member[arc], arc, cost[arc])
  }
  const isPicked = new Uint8Array(cost.length)
  for (const { arcs: kept } of [ofPart, ofMember]) {
    for (const arc of kept) if (arc >= 0) isPicked[arc] = 1
  }
  const picked = new Int32Array(isPicked.reduce((sum, flag) => sum + flag, 0))
  let count = 0
  for (let arc = 0; arc < cost.length; arc++) if (isPicked[arc]) picked[count++] = arc
  return picked
}

/** For each key the few cheapest of what is offered, in order. */
class Cheapest {
  readonly arcs: Int32Array
  private readonly costs: Float64Array

  constructor(keys: number, private readonly each: number) {
    this.arcs = new Int32Array(keys * each).fill(-1)
    this.costs = new Float64Array(keys * each).fill(Infinity)
  }

  offer(key: number, arc: number, cost: number): void {
    const first = key * this.each
    let at = first + this.each - 1
    if (cost >= this.costs[at]) return
    for (; at > first && this.costs[at - 1] > cost; at--) {
      this.costs[at] = this.costs[at - 1]
      this.arcs[at] = this.arcs[at - 1]
    }
    this.costs[at] = cost
    this.arcs[at] = arc
  }
}
