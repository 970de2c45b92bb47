import { annealMedians } from './anneal-medians'
import { overloadOf } from './median-problem'
import { isBetter, type MedianState } from './median-state'
import { settleMedians } from './settle-medians'

export interface RegionSearch {
  readonly meanDemand: number
  /** Told how many moves were made since; returns the share of the pass that is done, 1 to end. */
  readonly share: (moves: number) => number
}

/** A region: as many clusters as hold about so many nodes, within these numbers. */
const REGION_NODES = 110
const FEWEST_CLUSTERS = 4
const MOST_CLUSTERS = 14
/**
 * Moves in a region for each of its nodes, and greatest temperature it begins with, times the mean cost of a node there: by level.
 * What is warm where nodes lie dense is cold where they lie sparse.
 */
const LEVELS: readonly { moves: number; heat: number }[] = [
  { moves: 250, heat: 0.1 },
  { moves: 1000, heat: 0.2 },
  { moves: 4000, heat: 0.4 },
  { moves: 16_000, heat: 0.8 },
]
/** A region begins at a random temperature between the greatest of its level and this part of it, and ends at the other. */
const LEAST_OF_HEAT = 0.1
const COLD = 0.006
/** Price of overload when a region begins and when it ends: above capacity by a mean demand costs so many mean costs of a node there. */
const PRICE = 30
const LAST_PRICE = 120
/** Chance that a median is taken away elsewhere and put into the region: on large plans most of the gain came so. */
const TRANSFER = 0.6
/** Nodes looked at for where a median is missed, and slots for which one is not. */
const TRANSFER_SAMPLE = 24
/** The pass has converged after so many regions of the deepest level without a better plan, and so many more for each median. */
const IDLE_REGIONS = 4
const IDLE_A_MEDIAN = 0.25

/**
 * Anneal one small region after another, shortly at low temperatures and long at higher ones in equal parts of the work, and keep
 * what is better; now and then with a median carried over from where it is missed least to where one is missed most, both places
 * annealed. (The decomposition of POPMUSIC, Taillard and Voss 2002, annealing as its solver.) Leaves the state at the best plan.
 */
export function improveRegions(state: MedianState, random: () => number, { meanDemand, share }: RegionSearch): void {
  let best = state.snapshot()
  const patience = IDLE_REGIONS + IDLE_A_MEDIAN * state.slots
  /** Moves for each node that a level has had; a level begins when those before it have had as many as it takes. */
  const spent = LEVELS.map(({ moves }) => moves)
  for (let idle = 0; idle < patience && share(0) < 1;) {
    const level = spent.indexOf(Math.min(...spent))
    const centres = [best.overload > 0 ? overloadedNode(state, random) : Math.floor(random() * state.slotOf.length)]
    if (best.overload === 0 && random() < TRANSFER && state.slots > state.fixedSlots) centres.splice(0, 1, ...transferMedian(state, random))
    const slots = slotsAround(state, centres)
    const nodes = membersOf(state, slots)
    const moves = LEVELS[level].moves * nodes.length
    spent[level] += LEVELS[level].moves
    const scale = meanCost(state, nodes) || 1
    const hot = scale * LEVELS[level].heat * LEAST_OF_HEAT ** random()
    const batch = Math.ceil(moves / 25)
    let made = 0
    annealMedians(state, random, {
      nodes,
      hot,
      cold: scale * COLD,
      price: (PRICE * scale) / meanDemand,
      lastPrice: (LAST_PRICE * scale) / meanDemand,
      batch,
      share: (more) => (share(more) < 1 ? (made += more) / moves : 1),
    })
    settleMedians(state, nodes, slots)
    const plan = state.snapshot()
    if (level === LEVELS.length - 1) idle++
    if (isBetter(plan, best)) idle = 0
    if (isBetter(best, plan)) state.begin(best.site, best.slotOf)
    else best = plan
  }
  state.begin(best.site, best.slotOf)
}

/** The median of a slot above its limit. */
function overloadedNode({ site, load, limit }: MedianState, random: () => number): number {
  const slots = site.filter((_, slot) => overloadOf(load[slot], limit[slot]) > 0)
  return slots[Math.floor(random() * slots.length)]
}

function membersOf(state: MedianState, slots: Int32Array): Int32Array {
  const members: number[] = []
  for (const slot of slots) for (let node = state.first[slot]; node >= 0; node = state.next[node]) members.push(node)
  return Int32Array.from(members)
}

function meanCost({ own }: MedianState, nodes: Int32Array): number {
  return nodes.reduce((sum, node) => sum + own[node], 0) / nodes.length
}

/** Slots whose medians lie nearest to these nodes, about a region's worth around each. */
function slotsAround(state: MedianState, centres: readonly number[]): Int32Array {
  const wanted = Math.round((REGION_NODES * state.slots) / state.slotOf.length / centres.length)
  const each = Math.min(state.slots, Math.max(FEWEST_CLUSTERS, Math.min(MOST_CLUSTERS, wanted)))
  const chosen = new Set<number>()
  for (const centre of centres) {
    const way = Float64Array.from(state.site, (site) => state.costs.way(centre, site))
    const order = Int32Array.from(way.keys()).sort((a, b) => way[a] - way[b] || a - b)
    for (const slot of order.subarray(0, each)) chosen.add(slot)
  }
  return Int32Array.from(chosen)
}

/** Dissolve the cluster that costs least to dissolve and make a median where that saves most, of a few at random; returns both places. */
function transferMedian(state: MedianState, random: () => number): [number, number] {
  const { costs, slotOf, own, site, slotAt, capacity, ground: { near, around }, fixedSlots, slots } = state
  let opened = -1
  let mostSaved = 0
  for (let trial = 0; trial < TRANSFER_SAMPLE; trial++) {
    const target = Math.floor(random() * slotOf.length)
    if (slotAt[target] >= 0 || capacity[target] === 0) continue
    let saved = own[target]
    for (let at = target * near.each; at < (target + 1) * near.each; at++) {
      saved += Math.max(0, own[near.node[at]] - costs.of(near.node[at], target))
    }
    if (saved <= mostSaved) continue
    mostSaved = saved
    opened = target
  }
  let closed = fixedSlots + Math.floor(random() * (slots - fixedSlots))
  if (opened < 0) return [site[closed], site[closed]]
  let leastLost = Infinity
  for (let trial = 0; trial < TRANSFER_SAMPLE; trial++) {
    const slot = fixedSlots + Math.floor(random() * (slots - fixedSlots))
    if (slot === slotOf[opened]) continue
    let lost = 0
    for (let node = state.first[slot]; node >= 0; node = state.next[node]) lost += costs.of(node, site[nextSlot(node, slot)]) - own[node]
    if (lost >= leastLost) continue
    leastLost = lost
    closed = slot
  }
  const left = site[closed]
  for (let node = state.first[closed]; node >= 0;) {
    const following = state.next[node]
    const target = nextSlot(node, closed)
    if (target !== closed) state.shift(node, target)
    node = following
  }
  state.relocate(closed, opened)
  if (slotOf[opened] !== closed) state.shift(opened, closed)
  return [opened, left]

  /** Cheapest other slot of the nodes around; the slot itself where all around are its own. */
  function nextSlot(node: number, slot: number): number {
    let next = slot
    let cheapest = Infinity
    for (let at = node * around.each; at < (node + 1) * around.each; at++) {
      const other = slotOf[around.node[at]]
      if (other === slot) continue
      const cost = costs.of(node, site[other])
      if (cost >= cheapest) continue
      cheapest = cost
      next = other
    }
    return next
  }
}
