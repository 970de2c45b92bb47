import { costOfChoice, type SiteChoice, type SiteCosts } from './site-costs'
import { swapDown } from './swap-sites'

/** A choice of sites with what is proved of it. */
export interface ProvedChoice extends SiteChoice {
  /** No choice costs less. */
  readonly bound: number
  readonly isOptimal: boolean
  /** Nodes of the tree that were looked at. */
  readonly nodes: number
}

export interface MedianProof {
  /** Whether all costs are whole numbers: then a bound above the cost less one proves it. */
  readonly isWhole: boolean
  readonly isStopped?: () => boolean
  /** Hears of the bound and of the best choice after each node. */
  readonly onNode?: (bound: number, cost: number, open: Uint8Array) => void
}

/** A part of all choices: sites decided, the prices that bound it, and its bound. */
interface Branch {
  /** 0 undecided, 1 open, 2 closed; by site. */
  readonly fixed: Uint8Array
  readonly prices: Float64Array
  readonly bound: number
}

const ROOT_ROUNDS = 4000
const BRANCH_ROUNDS = 300
const PATIENCE = 60
/** The choice of the prices is improved by swaps in so many nodes. */
const SWAPPED_NODES = 400
const FIRST_STEP = 1.5
/** What sums of rounded numbers may be off by, as a share. */
const ROUNDING = 1e-9

/**
 * Proof of a p-median by branch and bound: Lagrangian relaxation of "every demand is served once" (Cornuéjols, Fisher and Nemhauser
 * 1977), prices by subgradient steps, sites fixed open or closed by what their opposite would cost, depth first.
 *
 * @param first a choice that is known; the better, the smaller the tree
 * @param kept sites that stay open
 * @returns the best choice, and the least that any choice can cost; stopped before the end, the bound of what was left
 */
export function proveMedians(costs: SiteCosts, count: number, kept: Uint8Array, first: SiteChoice, proof: MedianProof): ProvedChoice {
  let best = first
  const stack: Branch[] = [{ fixed: Uint8Array.from(kept), prices: firstPrices(costs, first.open), bound: 0 }]
  let nodes = 0
  const enough = (): number => (proof.isWhole ? best.cost - 1 + 1e-6 : best.cost - ROUNDING * Math.abs(best.cost) - 1e-9)
  while (stack.length > 0 && !(proof.isStopped?.() ?? false)) {
    const branch = stack.pop()!
    if (branch.bound > enough()) continue
    nodes++
    const seen = lookInto(costs, count, branch, nodes === 1 ? ROOT_ROUNDS : BRANCH_ROUNDS, best, enough, proof)
    if (seen.best.cost < best.cost) best = seen.best
    if (seen.bound <= enough() && nodes <= SWAPPED_NODES) {
      const open = seen.chosen.slice()
      const cost = swapDown(costs, open, kept)
      if (cost < best.cost) best = { open, cost }
    }
    proof.onNode?.(Math.min(seen.bound, ...stack.map(({ bound }) => bound), best.cost), best.cost, best.open)
    if (seen.bound > enough() || seen.branchOn < 0) continue
    for (const value of [2, 1]) {
      const fixed = seen.fixed.slice()
      fixed[seen.branchOn] = value
      stack.push({ fixed, prices: seen.prices, bound: seen.bound })
    }
  }
  const left = stack.filter(({ bound }) => bound <= enough())
  return { ...best, bound: Math.min(best.cost, ...left.map(({ bound }) => bound)), isOptimal: left.length === 0, nodes }
}

/** What serving each demand is worth at first: the mean of its two cheapest ways to the open sites. */
function firstPrices({ demands, start, site, cost, unservedCost }: SiteCosts, open: Uint8Array): Float64Array {
  return Float64Array.from({ length: demands }, (_, demand) => {
    const ways: number[] = []
    for (let k = start[demand]; k < start[demand + 1] && ways.length < 2; k++) if (open[site[k]] === 1) ways.push(cost[k])
    while (ways.length < 2) ways.push(unservedCost[demand])
    return (ways[0] + ways[1]) / 2
  })
}

interface Seen {
  readonly bound: number
  readonly prices: Float64Array
  readonly fixed: Uint8Array
  readonly best: SiteChoice
  /** What the last prices would open. */
  readonly chosen: Uint8Array
  /** Site to decide next; −1 where all are. */
  readonly branchOn: number
}

function lookInto(costs: SiteCosts, count: number, branch: Branch, rounds: number, known: SiteChoice, enough: () => number, proof: MedianProof): Seen {
  const { sites, demands, start, site, cost, unservedCost } = costs
  const fixed = branch.fixed.slice()
  let prices = branch.prices.slice()
  let bestPrices = prices
  let bound = branch.bound
  let best = known
  let step = FIRST_STEP
  let idle = 0
  const worth = new Float64Array(sites)
  const times = new Int32Array(demands)
  const chosen = new Uint8Array(sites)
  const taken = new Float64Array(sites)
  for (let round = 0; round < rounds; round++) {
    if (round % 64 === 63 && (proof.isStopped?.() ?? false)) break
    worth.fill(0)
    let sum = 0
    for (let demand = 0; demand < demands; demand++) {
      const price = prices[demand]
      sum += price
      for (let k = start[demand]; k < start[demand + 1] && cost[k] < price; k++) worth[site[k]] += price - cost[k]
    }
    const { order, need } = rank(fixed, worth, count)
    if (need < 0 || need > order.length) return { bound: Infinity, prices, fixed, best, chosen, branchOn: -1 }
    chosen.fill(0)
    let here = sum
    for (let one = 0; one < sites; one++) if (fixed[one] === 1) chosen[one] = 1
    for (let k = 0; k < need; k++) chosen[order[k]] = 1
    for (let one = 0; one < sites; one++) if (chosen[one] === 1) here -= worth[one]
    here -= ROUNDING * Math.abs(here)
    if (here > bound) {
      if (here > bound + 1e-5 * Math.abs(bound)) idle = 0
      bound = here
      bestPrices = prices.slice()
    }
    if (here > enough()) return { bound: here, prices, fixed, best, chosen, branchOn: -1 }
    fixByWorth(fixed, worth, order, need, here, enough())
    if (round % 20 === 0) {
      const value = costOfChoice(costs, chosen)
      if (value < best.cost) best = { open: chosen.slice(), cost: value }
    }
    if (++idle > PATIENCE) {
      idle = 0
      step /= 2
      if (step < 0.01) break
      prices = bestPrices.slice()
      continue
    }
    for (let k = 0; k < sites; k++) taken[k] = 0.9 * taken[k] + 0.1 * chosen[k]
    times.fill(0)
    for (let demand = 0; demand < demands; demand++) {
      for (let k = start[demand]; k < start[demand + 1] && cost[k] < prices[demand]; k++) times[demand] += chosen[site[k]]
    }
    let norm = 0
    for (let demand = 0; demand < demands; demand++) norm += (1 - times[demand]) ** 2
    if (norm === 0) break
    const length = (step * (1.02 * best.cost - here)) / norm
    for (let demand = 0; demand < demands; demand++) {
      prices[demand] = Math.max(0, Math.min(unservedCost[demand], prices[demand] + length * (1 - times[demand])))
    }
  }
  return { bound, prices: bestPrices, fixed, best, chosen, branchOn: undecided(fixed, taken, count) }
}

/** Undecided sites, the worthiest first, and how many of them are to be opened. */
function rank(fixed: Uint8Array, worth: Float64Array, count: number): { order: number[]; need: number } {
  let need = count
  const order: number[] = []
  for (let one = 0; one < fixed.length; one++) {
    if (fixed[one] === 1) need--
    else if (fixed[one] === 0) order.push(one)
  }
  return { order: order.sort((a, b) => worth[b] - worth[a] || a - b), need }
}

/** Decide what a better choice cannot have otherwise. */
function fixByWorth(fixed: Uint8Array, worth: Float64Array, order: readonly number[], need: number, bound: number, enough: number): void {
  if (need === 0) for (const one of order) fixed[one] = 2
  else if (need === order.length) for (const one of order) fixed[one] = 1
  else {
    const [last, next] = [worth[order[need - 1]], worth[order[need]]]
    for (let k = 0; k < need; k++) if (bound + worth[order[k]] - next > enough) fixed[order[k]] = 1
    for (let k = need; k < order.length; k++) if (bound + last - worth[order[k]] > enough) fixed[order[k]] = 2
  }
}

/** The undecided site that was chosen about half of the time. */
function undecided(fixed: Uint8Array, taken: Float64Array, count: number): number {
  let open = 0
  let best = -1
  for (let one = 0; one < fixed.length; one++) {
    if (fixed[one] === 1) open++
    else if (fixed[one] === 0 && (best < 0 || Math.abs(taken[one] - 0.5) < Math.abs(taken[best] - 0.5))) best = one
  }
  return open > count ? -1 : best
}
