import { overloadOf } from './median-problem'
import type { MedianState } from './median-state'

/** Smallest gain that counts, as a share of the whole cost: below it is rounding. */
const LEAST_GAIN = 1e-12

/**
 * Descend to where no better median for one of these slots, none of these nodes moved over and none exchanged (towards the
 * medians of nodes near) makes the plan cheaper, overloading nothing. Complexity O(nodes × near × cluster) a pass.
 */
export function settleMedians(state: MedianState, nodes: Int32Array, slots: Int32Array): void {
  const least = LEAST_GAIN * state.cost()
  /** Node that looked at a slot last. */
  const seenBy = new Int32Array(state.slots)
  let isBetter = true
  while (isBetter) {
    isBetter = false
    seenBy.fill(-1)
    for (const slot of slots) if (slot >= state.fixedSlots && settleSlot(state, slot, least)) isBetter = true
    for (const node of nodes) if (settleNode(state, node, least, seenBy)) isBetter = true
  }
}

/** Move the median of a slot to the best of its nodes and of the sites near it. */
function settleSlot(state: MedianState, slot: number, least: number): boolean {
  const { ground: { nearSites }, site, slotAt, capacity, load, limit } = state
  let best = -1
  let bestChange = -least
  const look = (target: number) => {
    if (slotAt[target] >= 0 || overloadOf(load[slot], capacity[target]) > overloadOf(load[slot], limit[slot])) return
    if (capacity[target] === 0) return
    const change = state.relocationCost(slot, target)
    if (change < bestChange) {
      bestChange = change
      best = target
    }
  }
  for (let node = state.first[slot]; node >= 0; node = state.next[node]) look(node)
  for (let at = 0; at < nearSites.each; at++) look(nearSites.node[site[slot] * nearSites.each + at])
  if (best < 0) return false
  state.relocate(slot, best)
  return true
}

/** Move a node over, alone or in exchange, where that saves most. */
function settleNode(state: MedianState, node: number, least: number, seenBy: Int32Array): boolean {
  const { costs, ground: { near }, slotOf, own, demand, load, limit, site } = state
  const from = slotOf[node]
  const amount = demand[node]
  let bestChange = -least
  let bestSlot = -1
  let bestPartner = -1
  for (let at = node * near.each; at < (node + 1) * near.each; at++) {
    const to = slotOf[near.node[at]]
    if (to === from || seenBy[to] === node) continue
    seenBy[to] = node
    const change = costs.of(node, site[to]) - own[node]
    if (change < bestChange && load[to] + amount <= limit[to]) {
      bestChange = change
      bestSlot = to
      bestPartner = -1
    }
    for (let partner = state.first[to]; partner >= 0; partner = state.next[partner]) {
      const more = amount - demand[partner]
      const both = change + costs.of(partner, site[from]) - own[partner]
      if (both >= bestChange || load[to] + more > limit[to] || load[from] - more > limit[from]) continue
      bestChange = both
      bestSlot = to
      bestPartner = partner
    }
  }
  if (bestSlot < 0) return false
  state.shift(node, bestSlot)
  if (bestPartner >= 0) state.shift(bestPartner, from)
  return true
}
