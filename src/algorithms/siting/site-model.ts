import { SITE, type SitingProblem } from './siting-problem'

/**
 * Sites and demands with a cost for each unit at each site, the least to be found. What does not depend on the choice is left out and
 * stands in `base`, and demands that are alike are one. Whole numbers throughout.
 */
export interface SiteModel {
  readonly sites: number
  readonly demands: number
  /** Row of demand i is start[i] … start[i + 1] − 1, the cheapest site first. */
  readonly start: Uint32Array
  readonly site: Int32Array
  /** Of one unit; 0 throughout where units are only covered or not. */
  readonly cost: Int32Array
  readonly units: Int32Array
  /** What one unit costs that goes nowhere; no less than any cost of its row. */
  readonly unserved: Int32Array
  /** 1 where the site is open in every choice. */
  readonly always: Uint8Array
  /** Infinity: as many as come. */
  readonly capacity: Float64Array
  /** Further sites that may be opened. */
  readonly count: number
  /** Cost of what was left out; where units are only covered, that of those that can reach no site too. */
  readonly base: number
  /** Whether costs are only those of units that go nowhere. */
  readonly isCover: boolean
}

/** Further sites a problem may open beside those it must. */
export const freeCount = ({ state, count }: SitingProblem): number => {
  const [forced, candidates] = [SITE.forced, SITE.candidate].map((kind) => state.reduce((sum, own) => sum + Number(own === kind), 0))
  return Math.max(0, Math.min(candidates, count - forced))
}

/**
 * The problem as covering: a unit costs its weight where no open site within the limit has room for it, else nothing.
 * @param weight by demand
 * Complexity: O(entries log row).
 */
export function coverModel(problem: SitingProblem, limitCm: number, weight: (demand: number) => number): SiteModel {
  const { walks } = problem
  return makeModel(problem, true, (demand) => {
    let end = walks.start[demand]
    while (end < walks.start[demand + 1] && walks.walkCm[end] <= limitCm) end++
    return { end, each: 0, unserved: weight(demand) }
  })
}

/** The problem as least weighted walking, centimetres. Complexity: O(entries log row). */
export function medianModel(problem: SitingProblem): SiteModel {
  const { walks, weight, farCm } = problem
  return makeModel(problem, false, (demand) => ({ end: walks.start[demand + 1], each: weight[demand], unserved: weight[demand] * farCm }))
}

interface ModelRow {
  readonly sites: Int32Array
  readonly costs: Int32Array
  readonly unserved: number
  units: number
}

interface Row {
  readonly end: number
  /** What a centimetre costs. */
  readonly each: number
  readonly unserved: number
}

function makeModel(problem: SitingProblem, isCover: boolean, rowOf: (demand: number) => Row): SiteModel {
  const { walks, units, state } = problem
  const capacity = Float64Array.from(problem.capacity, (most) => (most === 0 ? Infinity : most))
  const always = Uint8Array.from(state, (kind) => Number(kind !== SITE.candidate))
  const merged = new Map<string, ModelRow>()
  const rows: ModelRow[] = []
  let base = 0
  for (let demand = 0; demand < units.length; demand++) {
    const { end: last, each, unserved } = rowOf(demand)
    const begin = walks.start[demand]
    let end = begin
    let isEndless = false
    // Nobody goes farther than to a site that is open anyway and never full.
    while (end < last && !isEndless) {
      const site = walks.place[end++]
      isEndless = always[site] === 1 && capacity[site] === Infinity
    }
    if (end === begin && isCover) base += units[demand] * unserved
    if (units[demand] === 0 || end === begin || (isEndless && isCover)) continue
    if (isEndless && end === begin + 1) {
      base += units[demand] * each * walks.walkCm[begin]
      continue
    }
    const sites = walks.place.slice(begin, end)
    if (isCover) {
      const key = `${unserved} ${sites.sort().join()}`
      const known = merged.get(key)
      if (known) {
        known.units += units[demand]
        continue
      }
      const row = { sites, costs: new Int32Array(sites.length), unserved, units: units[demand] }
      merged.set(key, row)
      rows.push(row)
    } else rows.push({ sites, costs: walks.walkCm.slice(begin, end).map((cm) => each * cm), unserved, units: units[demand] })
  }
  const start = new Uint32Array(rows.length + 1)
  rows.forEach((row, demand) => (start[demand + 1] = start[demand] + row.sites.length))
  const site = new Int32Array(start[rows.length])
  const cost = new Int32Array(site.length)
  rows.forEach((row, demand) => {
    site.set(row.sites, start[demand])
    cost.set(row.costs, start[demand])
  })
  return {
    sites: state.length,
    demands: rows.length,
    start,
    site,
    cost,
    units: Int32Array.from(rows, (row) => row.units),
    unserved: Int32Array.from(rows, (row) => row.unserved),
    always,
    capacity,
    count: freeCount(problem),
    base,
    isCover,
  }
}
