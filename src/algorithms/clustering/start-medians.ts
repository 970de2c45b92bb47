import type { MedianBound } from './bound-medians'
import { worthOf } from './bound-medians'
import { makeFillBuffer } from './fill-median'
import type { MedianGround, MedianState } from './median-state'
import { overloadOf } from './median-problem'

/**
 * First medians from the prices of the bound: one by one the site that saves most with the nodes not yet taken. Worths only
 * fall as nodes are taken, so a site is looked at again only when it comes first (lazy greedy, Minoux 1978).
 */
export function chooseFirstMedians({ problem, around }: MedianGround, { prices, worth }: Pick<MedianBound, 'prices' | 'worth'>): Int32Array {
  const { medians, fixed = [] } = problem
  const items = makeFillBuffer(problem.costs.count)
  const isFree = new Uint8Array(problem.costs.count).fill(1)
  const left = worth.slice()
  const chosen: number[] = []
  const choose = (site: number) => {
    chosen.push(site)
    left[site] = -1
    worthOf(problem, prices, site, around, items, false, isFree)
    for (let i = 0; i < items.count; i++) if (items.share[i] > 0.5) isFree[items.node[i]] = 0
  }
  for (const site of fixed) choose(site)
  while (chosen.length < medians) {
    let site = largestOf(left)
    for (;;) {
      left[site] = worthOf(problem, prices, site, around, items, false, isFree)
      const next = largestOf(left)
      if (next === site) break
      site = next
    }
    choose(site)
  }
  return Int32Array.from(chosen)
}

function largestOf(values: Float64Array): number {
  let largest = 0
  for (let i = 1; i < values.length; i++) if (values[i] > values[largest]) largest = i
  return largest
}

/**
 * Serve every node that is not served yet: those first that lose most when they come late (cost of the second best median
 * less that of the best), each from the cheapest with room; where none has room, from where least is too much.
 */
export function assignByRegret(state: MedianState): void {
  const { costs, demand, slots } = state
  const waiting = Int32Array.from(state.slotOf.keys()).filter((node) => state.slotOf[node] < 0)
  const regret = new Float64Array(costs.count)
  for (const node of waiting) {
    let best = Infinity
    let second = Infinity
    for (let slot = 0; slot < slots; slot++) {
      const cost = costs.of(node, state.site[slot])
      if (cost < best) {
        second = best
        best = cost
      } else if (cost < second) second = cost
    }
    regret[node] = slots > 1 ? second - best : 0
  }
  waiting.sort((a, b) => regret[b] - regret[a] || demand[b] - demand[a] || a - b)
  for (const node of waiting) state.shift(node, cheapestSlot(state, node))
}

function cheapestSlot({ costs, demand, load, limit, site, slots }: MedianState, node: number): number {
  let chosen = 0
  let excess = Infinity
  let cost = Infinity
  for (let slot = 0; slot < slots; slot++) {
    const slotExcess = overloadOf(load[slot] + demand[node], limit[slot])
    if (slotExcess > excess) continue
    const slotCost = costs.of(node, site[slot])
    if (slotExcess === excess && slotCost >= cost) continue
    chosen = slot
    excess = slotExcess
    cost = slotCost
  }
  return chosen
}
