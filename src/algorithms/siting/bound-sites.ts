import { worthOfSites, type FilledSites, type SiteGround } from './fill-sites'

/** What no choice can cost less than, and sites that a better one has open or closed. */
export interface BoundedSites {
  readonly bound: number
  /** 0 undecided, 1 open, 2 closed in every choice that costs less than the one that is known; by site. */
  readonly fixed: Uint8Array
  /** By demand: prices that give the bound. */
  readonly prices: Float64Array
}

const FIRST_STEP = 1
const PATIENCE = 20
/** What sums of rounded numbers may be off by, as a share. */
const ROUNDING = 1e-9

/**
 * Lagrangian relaxation of "every unit goes somewhere or nowhere, once" (Cornuéjols, Fisher and Nemhauser 1977; with capacities
 * Geoffrion and McBride 1978), prices by subgradient steps from those of `from`. Holds whenever it is stopped.
 * Complexity: O(rounds · entries log entries of a site).
 */
export function boundSites(ground: SiteGround, known: FilledSites, from: BoundedSites, rounds: number, isStopped: () => boolean): BoundedSites {
  const { model, siteStart, demand, each } = ground
  const { demands, sites, units, unserved, always, capacity, count } = model
  const fixed = from.fixed.slice()
  let prices = from.prices.slice()
  let bestPrices = prices
  let bound = from.bound
  let step = FIRST_STEP
  let idle = 0
  const taken = new Float64Array(demands)
  for (let round = 0; round < rounds && step > 0.005; round++) {
    if (round > 0 && isStopped()) break
    const worth = worthOfSites(ground, prices)
    const order: number[] = []
    for (let site = 0; site < sites; site++) if (always[site] === 0 && fixed[site] !== 2) order.push(site)
    order.sort((a, b) => worth[b] - worth[a] || a - b)
    let here = 0
    for (let own = 0; own < demands; own++) here += prices[own] * units[own]
    const chosen = order.slice(0, count)
    for (let site = 0; site < sites; site++) if (always[site] === 1) chosen.push(site)
    for (const site of chosen) here -= worth[site]
    here -= ROUNDING * Math.abs(here)
    if (here > bound) {
      if (here > bound + 1e-5 * Math.abs(bound)) idle = 0
      bound = here
      bestPrices = prices.slice()
    }
    const enough = known.cost - 1 + 1e-6
    if (bound > enough) return { bound: Math.min(bound, known.cost), fixed, prices: bestPrices }
    fixByWorth(fixed, worth, order, count, here, enough)
    if (++idle > PATIENCE) {
      idle = 0
      step /= 2
      prices = bestPrices.slice()
      continue
    }
    // Units that the chosen sites take at these prices, against units there are.
    taken.fill(0)
    for (const site of chosen) {
      let room = capacity[site]
      const own: number[] = []
      for (let k = siteStart[site]; k < siteStart[site + 1]; k++) if (prices[demand[k]] > each[k]) own.push(k)
      if (room !== Infinity) own.sort((a, b) => prices[demand[b]] - each[b] - (prices[demand[a]] - each[a]))
      for (const k of own) {
        const here = Math.min(room, units[demand[k]])
        taken[demand[k]] += here
        room -= here
        if (room === 0) break
      }
    }
    let norm = 0
    for (let own = 0; own < demands; own++) norm += (units[own] - taken[own]) ** 2
    if (norm === 0) break
    const length = (step * (1.01 * known.cost + 1 - here)) / norm
    for (let own = 0; own < demands; own++) prices[own] = Math.max(0, Math.min(unserved[own], prices[own] + length * (units[own] - taken[own])))
  }
  return { bound: Math.min(bound, known.cost), fixed, prices: bestPrices }
}

/** Decide what a better choice cannot have otherwise: opening or closing the site would cost more than is saved. */
function fixByWorth(fixed: Uint8Array, worth: Float64Array, order: readonly number[], count: number, bound: number, enough: number): void {
  const [last, next] = [count > 0 ? worth[order[count - 1]] ?? 0 : 0, worth[order[count]] ?? 0]
  for (let k = 0; k < order.length; k++) {
    if (k < count && bound + worth[order[k]] - next > enough) fixed[order[k]] = 1
    if (k >= count && bound + last - worth[order[k]] > enough) fixed[order[k]] = 2
  }
}
