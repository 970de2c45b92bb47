import { fillSites, refillSites, worthOfSites, type FilledSites, type SiteGround } from './fill-sites'
import type { SiteCosts } from './site-costs'
import type { SiteModel } from './site-model'
import { swapSites } from './swap-sites'

export interface SiteSearch {
  readonly isStopped?: () => boolean
}

/** So many sites are tried, the best by what they promise; fewer where a trial takes long. */
const MOST_TRIED = 12
const LEAST_TRIED = 2
const TRIED_ENTRIES = 2e6
const triedOf = ({ site }: SiteModel): number => Math.max(LEAST_TRIED, Math.min(MOST_TRIED, Math.floor(TRIED_ENTRIES / Math.max(1, site.length))))
const SEED = 1
/** Kicks without a better choice, where no site is ever full and a swap costs little. */
const PATIENCE = 40

/**
 * An answer at once: greedy opening and exchange; where no site is ever full the exchange is kicked and repeated.
 * @param count sites to open beside those that always are
 * Deterministic as long as it is not stopped.
 */
export function searchSites(ground: SiteGround, count: number, search: SiteSearch): FilledSites {
  const { model, isPlain } = ground
  if (!isPlain) return exchangeSites(ground, openSites(ground, count, 0, search), search)
  const all = model.always.reduce((sum, is) => sum + is, 0) + count
  return fillSites(ground, swapSites(wholeCosts(model), all, model.always, { seed: SEED, patience: PATIENCE, isStopped: search.isStopped }).open)
}

/** Costs of whole demands, for models in which no site is ever full. */
export function wholeCosts({ sites, demands, start, site, cost, units, unserved }: SiteModel): SiteCosts {
  const whole = Float64Array.from(cost)
  for (let demand = 0; demand < demands; demand++) for (let k = start[demand]; k < start[demand + 1]; k++) whole[k] *= units[demand]
  return { sites, demands, start, site, cost: whole, unservedCost: Float64Array.from(unserved, (each, demand) => each * units[demand]) }
}

/**
 * Open what saves most, one after the other, until so many are open or the cost is down to what is wanted. Of all sites those are tried
 * that save most on who goes nowhere or far now, and those that save most at the prices of what is open, which no site passes.
 */
export function openSites(ground: SiteGround, count: number, wantedCost: number, { isStopped }: SiteSearch): FilledSites {
  const most = triedOf(ground.model)
  let filled = fillSites(ground, ground.model.always)
  for (let opened = 0; opened < count && filled.cost > wantedCost; opened++) {
    let best: FilledSites | null = null
    const worthy = byWorth(ground, filled)
    const direct = ground.isPlain ? [] : byWorth(ground, { open: filled.open, prices: wayOfLast(ground.model, filled) })
    for (const { site, worth } of [...direct.slice(0, most), ...worthy.slice(0, most)]) {
      if (best && (filled.cost - worth >= best.cost || (isStopped?.() ?? false))) continue
      const tried = refillSites(ground, filled, { into: site })
      if (!best || tried.cost < best.cost) best = tried
    }
    if (!best || best.cost >= filled.cost) break
    filled = best
  }
  return filled
}

/** What the unit of a demand that is worst off costs now. */
function wayOfLast({ unserved }: SiteModel, { flows, prices }: FilledSites): Float64Array {
  if (!flows) return prices
  const { flow, problem } = flows.solution
  const worst = new Float64Array(unserved.length)
  flow.forEach((units, arc) => {
    if (units > 0) worst[problem.arcs.part[arc]] = Math.max(worst[problem.arcs.part[arc]], problem.arcs.cost[arc])
  })
  return worst
}

/** Exchange an open site for a closed one while that saves; the first saving that is found is taken. */
export function exchangeSites(ground: SiteGround, from: FilledSites, { isStopped }: SiteSearch): FilledSites {
  const { always } = ground.model
  const most = triedOf(ground.model)
  let best = from
  for (let found = true; found && !(isStopped?.() ?? false); ) {
    found = false
    for (let out = 0; out < always.length && !(isStopped?.() ?? false); out++) {
      if (best.open[out] === 0 || always[out] === 1) continue
      const without = refillSites(ground, best, { out })
      for (const { site, worth } of byWorth(ground, without).slice(0, most)) {
        if (site === out || without.cost - worth >= best.cost) continue
        const tried = refillSites(ground, without, { into: site })
        if (tried.cost >= best.cost) continue
        best = tried
        found = true
        break
      }
    }
  }
  return best
}

/** Close again what nobody is the worse for; the last opened numbers first. */
export function dropSites(ground: SiteGround, from: FilledSites): FilledSites {
  let best = from
  for (let site = from.open.length - 1; site >= 0; site--) {
    if (best.open[site] === 0 || ground.model.always[site] === 1) continue
    const without = refillSites(ground, best, { out: site })
    if (without.cost <= from.cost) best = without
  }
  return best
}

/** Closed sites that could save something, the worthiest first. */
function byWorth(ground: SiteGround, { open, prices }: Pick<FilledSites, 'open' | 'prices'>): { site: number; worth: number }[] {
  return [...worthOfSites(ground, prices)]
    .map((worth, site) => ({ site, worth }))
    .filter(({ site, worth }) => open[site] === 0 && worth > 0)
    .sort((a, b) => b.worth - a.worth || a.site - b.site)
}
