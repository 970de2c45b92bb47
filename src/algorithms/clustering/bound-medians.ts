import { fillMedian, makeFillBuffer, type FillBuffer } from './fill-median'
import type { MedianProblem } from './median-problem'
import type { MedianGround } from './median-state'
import type { NearNodes } from './near-nodes'

/** What the bound knows: a proved least cost, and the prices that prove it. */
export interface MedianBound {
  /** No plan costs less. */
  readonly bound: number
  /** What serving each node is worth. */
  readonly prices: Float64Array
  /** What each node saves as a median at these prices, ≥ 0; −1 where it cannot be one. */
  readonly worth: Float64Array
}

export interface BoundSearch {
  readonly rounds: number
  /** Cost of a plan that is known: steps are sized by how far off it is. */
  readonly upper: number
  /** Prices to begin with; what a node far out in a cluster of mean size costs when left out. */
  readonly prices?: Float64Array
  readonly isStopped?: () => boolean
}

/** Rounds without a better bound before steps are halved. */
const PATIENCE = 8
const FIRST_STEP = 1.6
/** Part of the last direction kept in the next, against going to and fro (Camerini, Fratta and Maffioli 1975). */
const KEPT_DIRECTION = 0.4
/** Prices below this part of their mean move like such. */
const LEAST_STRETCH = 0.03
/** Clusters of up to so many nodes are filled with whole nodes in every round; larger ones, where it tells little, at last only. */
const WHOLE_UP_TO = 15
/** Taken off the bound, as a share of all prices: the sums it is made of are rounded. */
const ROUNDING = 1e-11

/**
 * A proved lower bound of the capacitated p-median by Lagrangian relaxation of "every node is served once": each site then
 * fills itself with the nodes that gain most at the prices, a knapsack, and the p best sites are taken. Prices by subgradient
 * steps (as in Lorena and Senne 2004, section 3); at last all nodes are looked at from every site, so that the bound holds
 * whatever was near. Complexity O(rounds × nodes × reach).
 */
export function boundMedians({ problem, around }: MedianGround, search: BoundSearch): MedianBound {
  const { costs: { count }, capacity } = problem
  const usual = firstPrices(problem, around)
  const stretch = stretchOf(usual)
  let prices = search.prices?.slice() ?? usual
  const isWhole = count / problem.medians <= WHOLE_UP_TO
  const items = makeFillBuffer(count)
  const worth = new Float64Array(count)
  const served = new Float64Array(count)
  const direction = new Float64Array(count)
  let bestPrices = prices.slice()
  let bestBound = -Infinity
  let step = FIRST_STEP
  let idle = 0
  for (let round = 0; round < search.rounds && !(search.isStopped?.() ?? false); round++) {
    for (let site = 0; site < count; site++) worth[site] = capacity[site] > 0 ? worthOf(problem, prices, site, around, items, isWhole) : -1
    const chosen = bestSites(problem, worth)
    const bound = total(prices) - chosen.reduce((sum, site) => sum + worth[site], 0)
    if (bound > bestBound) {
      if (bound > bestBound + 1e-5 * Math.abs(bound)) idle = 0
      bestBound = bound
      bestPrices = prices.slice()
    }
    if (++idle > PATIENCE) {
      idle = 0
      step /= 2
      prices = bestPrices.slice()
      direction.fill(0)
      if (step < 1e-3) break
    }
    served.fill(0)
    for (const site of chosen) {
      worthOf(problem, prices, site, around, items, isWhole)
      for (let i = 0; i < items.count; i++) served[items.node[i]] += items.share[i]
    }
    let norm = 0
    for (let node = 0; node < count; node++) {
      direction[node] = KEPT_DIRECTION * direction[node] + (1 - KEPT_DIRECTION) * (1 - served[node])
      norm += stretch[node] * direction[node] ** 2
    }
    if (norm < 1e-12) break
    const length = (step * Math.max(search.upper - bound, 1e-4 * search.upper)) / norm
    for (let node = 0; node < count; node++) prices[node] += length * stretch[node] * direction[node]
  }
  for (let site = 0; site < count; site++) {
    items.count = 0
    for (let node = 0; node < count; node++) addItem(problem, bestPrices, site, node, items)
    worth[site] = capacity[site] > 0 ? fillMedian(items, capacity[site], true) : -1
  }
  const bound = total(bestPrices) - bestSites(problem, worth).reduce((sum, site) => sum + worth[site], 0)
  return { bound: Math.max(0, bound - ROUNDING * total(bestPrices)), prices: bestPrices, worth }
}

/** What a site saves by the best nodes it can serve; `items` then tells which. @param isFree nodes it may take; all when left out */
export function worthOf(
  problem: MedianProblem,
  prices: Float64Array,
  site: number,
  around: NearNodes,
  items: FillBuffer,
  isWhole: boolean,
  isFree?: Uint8Array,
): number {
  items.count = 0
  if (!isFree || isFree[site] === 1) addItem(problem, prices, site, site, items)
  for (let at = site * around.each; at < (site + 1) * around.each; at++) {
    const node = around.node[at]
    if (!isFree || isFree[node] === 1) addItem(problem, prices, site, node, items)
  }
  return fillMedian(items, problem.capacity[site], isWhole)
}

function addItem({ costs, demand, capacity }: MedianProblem, prices: Float64Array, site: number, node: number, items: FillBuffer): void {
  const gain = prices[node] - costs.of(node, site)
  if (gain <= 0 || demand[node] > capacity[site]) return
  items.node[items.count] = node
  items.gain[items.count] = gain
  items.demand[items.count] = demand[node]
  items.count++
}

function firstPrices({ costs, medians }: MedianProblem, around: NearNodes): Float64Array {
  const rank = Math.min(around.each, Math.ceil(costs.count / medians)) - 1
  return Float64Array.from({ length: costs.count }, (_, node) => 1.1 * costs.of(node, around.node[node * around.each + rank]))
}

/**
 * How far a price moves beside others: in proportion to what it usually is. Where nodes lie dense, prices are small, and steps that
 * suit sparse land would throw them about.
 */
function stretchOf(usual: Float64Array): Float64Array {
  const least = (LEAST_STRETCH * total(usual)) / usual.length
  return usual.map((price) => Math.max(price, least))
}

/** The fixed sites and the best others. */
function bestSites({ medians, fixed = [] }: MedianProblem, worth: Float64Array): number[] {
  const isFixed = new Set(fixed)
  const others = [...worth.keys()].filter((site) => worth[site] >= 0 && !isFixed.has(site))
  others.sort((a, b) => worth[b] - worth[a] || a - b)
  return [...fixed, ...others.slice(0, medians - fixed.length)]
}

function total(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
