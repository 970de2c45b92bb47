import { excessOf, type MedianState } from './median-state'

export interface Annealing {
  /** Nodes that may begin a move. */
  readonly nodes: Int32Array
  /** Temperature at the beginning and at the end, in units of cost. */
  readonly hot: number
  readonly cold: number
  /** Price of a unit of demand above capacity, at the beginning and at the end. */
  readonly price: number
  readonly lastPrice: number
  /** Moves between two looks at `share`. */
  readonly batch: number
  /** Told how many moves were made since; returns the share of the annealing that is done, 1 to end. */
  readonly share: (moves: number) => number
}

/** Chance that a move is about the median of a cluster, times the nodes it has: such a move costs as much as the cluster has nodes. */
const RELOCATIONS_A_CLUSTER = 0.75
const SMALLEST_CLUSTER = 5
/** Chance of moving a node alone into a median that has room, and into one that has not. */
const ALONE_WITH_ROOM = 0.8
const ALONE_WITHOUT_ROOM = 0.2
/** Chance that the partner of a move goes on to a third median. */
const ONWARD = 0.4

/**
 * Simulated annealing of a plan: a node goes over to the median of a node near it; alone, or in exchange for that node, or
 * that node goes on to a third median; and medians wander within what they serve and to sites near by. Overload is priced, and
 * the price rises as the temperature falls, so that the way may lead through overloaded plans but does not end in one.
 * Complexity O(1) a move of nodes, O(nodes of the cluster) a move of a median, rare in proportion.
 */
export function annealMedians(state: MedianState, random: () => number, annealing: Annealing): void {
  const { costs, demand, slotOf, own, load, limit, site, slotAt, size, capacity, fixedSlots } = state
  const { near, nearSites } = state.ground
  const { nodes } = annealing
  let heat = annealing.hot
  let price = annealing.price

  const isTaken = (change: number) => change <= 0 || (change < 20 * heat && random() < Math.exp(-change / heat))

  function tryRelocation(slot: number, node: number, dice: number): void {
    const old = site[slot]
    const target = dice < 0.5 ? node : nearSites.node[old * nearSites.each + Math.floor((2 * dice - 1) * nearSites.each)]
    if (slotAt[target] >= 0 || capacity[target] === 0) return
    const overChange = excessOf(load[slot], capacity[target]) - excessOf(load[slot], limit[slot])
    const change = state.relocationCost(slot, target) + (overChange === 0 ? 0 : price * overChange)
    if (isTaken(change)) state.relocate(slot, target)
  }

  /** Change of overload when demand comes to a slot, or leaves it (< 0). */
  const overChange = (slot: number, amount: number) => excessOf(load[slot] + amount, limit[slot]) - excessOf(load[slot], limit[slot])

  function tryMove(node: number, partner: number): void {
    const from = slotOf[node]
    const to = slotOf[partner]
    const amount = demand[node]
    const change = costs.of(node, site[to]) - own[node]
    const hasRoom = load[to] + amount <= limit[to]
    if (random() < (hasRoom ? ALONE_WITH_ROOM : ALONE_WITHOUT_ROOM)) {
      if (isTaken(change + price * (overChange(to, amount) + overChange(from, -amount)))) state.shift(node, to)
      return
    }
    const back = demand[partner]
    const third = random() < ONWARD ? slotOf[near.node[partner * near.each + Math.floor(random() * near.each)]] : from
    if (third === to) return
    const both = change + costs.of(partner, site[third]) - own[partner]
    if (both > 20 * heat && load[from] <= limit[from] && load[to] <= limit[to]) return
    let over = overChange(to, amount - back)
    if (third === from) over += overChange(from, back - amount)
    else over += overChange(from, -amount) + overChange(third, back)
    if (!isTaken(both + price * over)) return
    state.shift(node, to)
    state.shift(partner, third)
  }

  for (let share = annealing.share(0); share < 1; share = annealing.share(annealing.batch)) {
    heat = annealing.hot * (annealing.cold / annealing.hot) ** share
    price = annealing.price * (annealing.lastPrice / annealing.price) ** share
    for (let move = 0; move < annealing.batch; move++) {
      const node = nodes[Math.floor(random() * nodes.length)]
      const slot = slotOf[node]
      const dice = random() * Math.max(size[slot], SMALLEST_CLUSTER)
      if (dice < RELOCATIONS_A_CLUSTER) {
        if (slot >= fixedSlots) tryRelocation(slot, node, dice / RELOCATIONS_A_CLUSTER)
        continue
      }
      const nearness = random()
      const partner = near.node[node * near.each + Math.floor(nearness * nearness * near.each)]
      if (slotOf[partner] !== slot) tryMove(node, partner)
    }
  }
}
