import { seededRandom } from '../shared/seeded-random'
import { costOfChoice, type SiteChoice, type SiteCosts } from './site-costs'

export interface SwapSearch {
  readonly seed: number
  /** Kicks without a better choice after which the search ends. */
  readonly patience: number
  readonly isStopped?: () => boolean
}

/** By demand: the cheapest open site, −1 none, what it costs, and what the next one would. */
interface Served {
  readonly by: Int32Array
  readonly cost: Float64Array
  readonly nextCost: Float64Array
}

/**
 * The p-median by greedy opening and interchange of an open site for a closed one, all swaps of a round weighed together (Whitaker
 * 1983; Resende and Werneck 2007), kicked and repeated (iterated local search). Sites in `kept` stay open.
 *
 * @param count sites to be open, those kept included; kept ≤ count ≤ sites
 * @returns the best choice found; deterministic for a seed
 * Complexity: O(rounds · (entries looked at + count · sites)).
 */
export function swapSites(costs: SiteCosts, count: number, kept: Uint8Array, { seed, patience, isStopped }: SwapSearch): SiteChoice {
  const random = seededRandom(seed)
  const open = openGreedily(costs, count, kept)
  const closed = (of: Uint8Array): number[] => [...of.keys()].filter((site) => of[site] === 0)
  const free = (of: Uint8Array): number[] => [...of.keys()].filter((site) => of[site] === 1 && kept[site] === 0)
  let best = { open, cost: swapDown(costs, open, kept) }
  for (let idle = 0; idle < patience && !(isStopped?.() ?? false); idle++) {
    const trial = best.open.slice()
    const kicks = 2 + Math.floor(random() * 3)
    for (let k = 0; k < kicks; k++) {
      const [out, into] = [free(trial), closed(trial)]
      if (out.length === 0 || into.length === 0) return best
      trial[out[Math.floor(random() * out.length)]] = 0
      trial[into[Math.floor(random() * into.length)]] = 1
    }
    const cost = swapDown(costs, trial, kept)
    if (cost < best.cost - 1e-9) idle = -1
    if (cost <= best.cost) best = { open: trial, cost }
  }
  return best
}

/** Open what saves most, one after the other. O(count · entries). */
export function openGreedily(costs: SiteCosts, count: number, kept: Uint8Array): Uint8Array {
  const { demands, start, site, cost, unservedCost } = costs
  const open = kept.slice()
  const served = unservedCost.slice()
  const take = (chosen: (site: number) => boolean): void => {
    for (let demand = 0; demand < demands; demand++) {
      for (let k = start[demand]; k < start[demand + 1] && cost[k] < served[demand]; k++) if (chosen(site[k])) served[demand] = cost[k]
    }
  }
  take((one) => open[one] === 1)
  let opened = open.reduce((sum, is) => sum + is, 0)
  for (; opened < count; opened++) {
    const saved = new Float64Array(costs.sites)
    for (let demand = 0; demand < demands; demand++) {
      for (let k = start[demand]; k < start[demand + 1] && cost[k] < served[demand]; k++) saved[site[k]] += served[demand] - cost[k]
    }
    let best = -1
    for (let one = 0; one < costs.sites; one++) if (open[one] === 0 && (best < 0 || saved[one] > saved[best])) best = one
    open[best] = 1
    take((one) => one === best)
  }
  return open
}

/** Swap while a swap saves; changes `open` and returns its cost. */
export function swapDown(costs: SiteCosts, open: Uint8Array, kept: Uint8Array): number {
  const served: Served = {
    by: new Int32Array(costs.demands),
    cost: new Float64Array(costs.demands),
    nextCost: new Float64Array(costs.demands),
  }
  for (;;) {
    serve(costs, open, served)
    const swap = bestSwap(costs, open, kept, served)
    if (!swap) return costOfChoice(costs, open)
    open[swap.out] = 0
    open[swap.into] = 1
  }
}

function serve({ demands, start, site, cost, unservedCost }: SiteCosts, open: Uint8Array, served: Served): void {
  for (let demand = 0; demand < demands; demand++) {
    let by = -1
    let next = unservedCost[demand]
    let here = next
    for (let k = start[demand]; k < start[demand + 1]; k++) {
      if (open[site[k]] === 0) continue
      if (by >= 0) {
        next = cost[k]
        break
      }
      by = site[k]
      here = cost[k]
    }
    served.by[demand] = by
    served.cost[demand] = here
    served.nextCost[demand] = next
  }
}

/** The swap that saves most; null where none saves. */
function bestSwap(costs: SiteCosts, open: Uint8Array, kept: Uint8Array, { by, cost: hereCost, nextCost }: Served): { out: number; into: number } | null {
  const { sites, demands, start, site, cost } = costs
  const leaving = [...open.keys()].filter((one) => open[one] === 1 && kept[one] === 0)
  const place = new Int32Array(sites).fill(-1)
  leaving.forEach((one, k) => (place[one] = k))
  const width = leaving.length
  const gain = new Float64Array(sites)
  const loss = new Float64Array(width)
  // What of a loss does not come about where a certain site opens instead.
  const spared = new Float64Array(sites * width)
  for (let demand = 0; demand < demands; demand++) {
    const [here, next] = [hereCost[demand], nextCost[demand]]
    const out = by[demand] >= 0 ? place[by[demand]] : -1
    if (out >= 0) loss[out] += next - here
    for (let k = start[demand]; k < start[demand + 1] && cost[k] < next; k++) {
      const into = site[k]
      if (open[into] === 1) continue
      if (cost[k] < here) gain[into] += here - cost[k]
      if (out >= 0) spared[into * width + out] += next - Math.max(cost[k], here)
    }
  }
  let best: { out: number; into: number } | null = null
  let most = 1e-9
  for (let into = 0; into < sites; into++) {
    if (open[into] === 1) continue
    for (let k = 0; k < width; k++) {
      const saving = gain[into] - loss[k] + spared[into * width + k]
      if (saving > most) {
        most = saving
        best = { out: leaving[k], into }
      }
    }
  }
  return best
}
