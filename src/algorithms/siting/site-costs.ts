/**
 * Which sites can serve which demands, and for how much. Rows by demand, the cheapest site first; a site that is not in a row
 * cannot serve the demand. Plain columns, never mutated, so it passes to a worker as it is.
 */
export interface SiteCosts {
  readonly sites: number
  readonly demands: number
  /** Row of demand i is start[i] … start[i + 1] − 1; demands + 1. */
  readonly start: Uint32Array
  readonly site: Int32Array
  /** ≥ 0, weight of the demand times the way. */
  readonly cost: Float64Array
  /** What a demand costs that no open site serves; no less than any cost of its row. */
  readonly unservedCost: Float64Array
}

/**
 * Costs of a full table.
 * @param cost by demand, then site; Infinity where a site cannot serve
 * @param unserved what a demand costs that nothing serves
 * O(d s log s).
 */
export function costsOfTable(sites: number, demands: number, cost: (demand: number, site: number) => number, unserved: (demand: number) => number): SiteCosts {
  const start = new Uint32Array(demands + 1)
  const site: number[] = []
  const costs: number[] = []
  const unservedCost = new Float64Array(demands)
  for (let demand = 0; demand < demands; demand++) {
    const row = Array.from({ length: sites }, (_, k) => [cost(demand, k), k] as const)
      .filter(([value]) => Number.isFinite(value))
      .sort(([a, k], [b, l]) => a - b || k - l)
    for (const [value, k] of row) {
      costs.push(value)
      site.push(k)
    }
    start[demand + 1] = costs.length
    unservedCost[demand] = Math.max(unserved(demand), row.at(-1)?.[0] ?? 0)
  }
  return { sites, demands, start, site: Int32Array.from(site), cost: Float64Array.from(costs), unservedCost }
}

/** A choice of sites to open. */
export interface SiteChoice {
  /** 1 where open; by site. */
  readonly open: Uint8Array
  readonly cost: number
}

/** Sum of what every demand costs at its cheapest open site. O(entries). */
export function costOfChoice({ demands, start, site, cost, unservedCost }: SiteCosts, open: Uint8Array): number {
  let sum = 0
  for (let demand = 0; demand < demands; demand++) {
    let least = unservedCost[demand]
    for (let k = start[demand]; k < start[demand + 1]; k++) {
      if (open[site[k]] === 0) continue
      least = Math.min(least, cost[k])
      break
    }
    sum += least
  }
  return sum
}
