import { overloadOf, type MedianProblem } from './median-problem'
import { nearNodes, type NearNodes } from './near-nodes'
import type { NodeCosts } from './node-costs'

/** A problem with what is near what. */
export interface MedianGround {
  readonly problem: MedianProblem
  /** Nodes around each node, several clusters wide. */
  readonly around: NearNodes
  /** Nodes near each node, where moves look for other medians. */
  readonly near: NearNodes
  /** Nodes with capacity near each node, where medians may go. */
  readonly nearSites: NearNodes
}

/**
 * Nodes looked at around a site, in clusters of mean size and their least number: at good prices few farther ones would gain, but more
 * where dense land lies beside sparse.
 */
const AROUND_CLUSTERS = 4
const FEWEST_AROUND = 300
/** Nodes near a node, in clusters of mean size, and their least and greatest number. */
const NEAR_CLUSTERS = 1.5
const FEWEST_NEAR = 12
const MOST_NEAR = 40

export function makeGround(problem: MedianProblem): MedianGround {
  const nodes = Int32Array.from(problem.demand.keys())
  const sites = nodes.filter((node) => problem.capacity[node] > 0)
  const size = nodes.length / problem.medians
  const around = nearNodes(problem.costs, Math.max(FEWEST_AROUND, Math.ceil(AROUND_CLUSTERS * size)), nodes)
  const near = nearest(around, Math.ceil(Math.min(MOST_NEAR, Math.max(FEWEST_NEAR, NEAR_CLUSTERS * size))))
  return { problem, around, near, nearSites: sites.length === nodes.length ? near : nearNodes(problem.costs, near.each, sites) }
}

/** The first of each. */
function nearest(around: NearNodes, wanted: number): NearNodes {
  const each = Math.min(wanted, around.each)
  const node = around.node.filter((_, at) => at % around.each < each)
  return { each, node }
}

/** Medians and assignment, copied out of a state. */
export interface MedianSnapshot {
  readonly site: Int32Array
  readonly slotOf: Int32Array
  cost: number
  overload: number
}

/**
 * A plan that is being changed: p slots, each with a site (the node that is its median) and its members as a linked list.
 * Slots of fixed medians come first.
 */
export class MedianState {
  readonly costs: NodeCosts
  readonly demand: Float64Array
  readonly capacity: Float64Array
  readonly slots: number
  readonly fixedSlots: number
  /** Node of each slot, and slot of each node that is a median (−1 for others). */
  readonly site: Int32Array
  readonly slotAt: Int32Array
  /** Slot that serves each node; −1 where none does yet. */
  readonly slotOf: Int32Array
  readonly own: Float64Array
  readonly load: Float64Array
  readonly limit: Float64Array
  readonly size: Int32Array
  readonly first: Int32Array
  readonly next: Int32Array
  readonly previous: Int32Array

  constructor(readonly ground: MedianGround) {
    const { costs, demand, capacity, medians, fixed = [] } = ground.problem
    this.costs = costs
    this.demand = demand
    this.capacity = capacity
    this.slots = medians
    this.fixedSlots = fixed.length
    this.site = new Int32Array(medians)
    this.slotAt = new Int32Array(costs.count)
    this.slotOf = new Int32Array(costs.count)
    this.own = new Float64Array(costs.count)
    this.load = new Float64Array(medians)
    this.limit = new Float64Array(medians)
    this.size = new Int32Array(medians)
    this.first = new Int32Array(medians)
    this.next = new Int32Array(costs.count)
    this.previous = new Int32Array(costs.count)
  }

  /** Begin with these medians and, where given, this assignment; else with nobody served. */
  begin(site: Int32Array, slotOf: Int32Array | null): void {
    this.site.set(site)
    this.slotAt.fill(-1)
    this.slotOf.fill(-1)
    this.own.fill(0)
    this.load.fill(0)
    this.size.fill(0)
    this.first.fill(-1)
    for (let slot = 0; slot < this.slots; slot++) {
      this.slotAt[site[slot]] = slot
      this.limit[slot] = this.capacity[site[slot]]
    }
    if (slotOf) for (let node = 0; node < slotOf.length; node++) if (slotOf[node] >= 0) this.put(node, slotOf[node])
  }

  /** Serve a node from a slot that is not its own. */
  shift(node: number, slot: number): void {
    if (this.slotOf[node] >= 0) this.take(node)
    this.put(node, slot)
  }

  /** Make another node, no median so far, the median of a slot. */
  relocate(slot: number, site: number): void {
    this.slotAt[this.site[slot]] = -1
    this.slotAt[site] = slot
    this.site[slot] = site
    this.limit[slot] = this.capacity[site]
    for (let node = this.first[slot]; node >= 0; node = this.next[node]) this.own[node] = this.costs.of(node, site)
  }

  /** Change of cost if a slot had another site. */
  relocationCost(slot: number, site: number): number {
    let change = 0
    for (let node = this.first[slot]; node >= 0; node = this.next[node]) change += this.costs.of(node, site) - this.own[node]
    return change
  }

  cost(): number {
    let cost = 0
    for (let node = 0; node < this.own.length; node++) cost += this.own[node]
    return cost
  }

  /** Overload of all slots; their loads are summed anew, as fractions drift under many moves. */
  overload(): number {
    this.load.fill(0)
    for (let node = 0; node < this.slotOf.length; node++) if (this.slotOf[node] >= 0) this.load[this.slotOf[node]] += this.demand[node]
    let overload = 0
    for (let slot = 0; slot < this.slots; slot++) overload += overloadOf(this.load[slot], this.limit[slot])
    return overload
  }

  snapshot(): MedianSnapshot {
    return { site: this.site.slice(), slotOf: this.slotOf.slice(), cost: this.cost(), overload: this.overload() }
  }

  private take(node: number): void {
    const slot = this.slotOf[node]
    const before = this.previous[node]
    const after = this.next[node]
    if (before >= 0) this.next[before] = after
    else this.first[slot] = after
    if (after >= 0) this.previous[after] = before
    this.load[slot] -= this.demand[node]
    this.size[slot]--
  }

  private put(node: number, slot: number): void {
    const head = this.first[slot]
    this.next[node] = head
    this.previous[node] = -1
    if (head >= 0) this.previous[head] = node
    this.first[slot] = node
    this.slotOf[node] = slot
    this.own[node] = this.costs.of(node, this.site[slot])
    this.load[slot] += this.demand[node]
    this.size[slot]++
  }
}

/** Load above a limit. */
export function excessOf(load: number, limit: number): number {
  return load > limit ? load - limit : 0
}

/** Whether a plan is better than another: less overload first, then less cost. */
export function isBetter(a: Pick<MedianSnapshot, 'cost' | 'overload'>, b: Pick<MedianSnapshot, 'cost' | 'overload'>): boolean {
  return a.overload !== b.overload ? a.overload < b.overload : a.cost < b.cost
}
