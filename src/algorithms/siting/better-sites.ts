import type { SiteGround } from './fill-sites'

/** Dominators that are named of one site at most. */
const NAMED = 3

/**
 * Sites that take the place of others at no loss where units are only covered: all that one reaches the other reaches, and has room for as
 * many. Some best choice opens the one only beside the other. Of sites that are alike the later stands behind the earlier.
 *
 * @param sites candidates, by index
 * @returns pairs [site, better], at most three of a site; complexity O(sites² · entries of a site), cut short at the first that differs
 */
export function betterSites({ model, siteStart, demand }: SiteGround, sites: readonly number[]): (readonly [site: number, better: number])[] {
  if (!model.isCover) return []
  const size = (site: number): number => siteStart[site + 1] - siteStart[site]
  const ordered = [...sites].sort((a, b) => size(a) - size(b) || b - a)
  const pairs: (readonly [number, number])[] = []
  const seen = new Int32Array(model.demands).fill(-1)
  ordered.forEach((better, at) => {
    for (let k = siteStart[better]; k < siteStart[better + 1]; k++) seen[demand[k]] = better
    for (const site of ordered.slice(0, at)) {
      if (model.capacity[site] > model.capacity[better]) continue
      if (demand.subarray(siteStart[site], siteStart[site + 1]).every((own) => seen[own] === better)) pairs.push([site, better])
    }
  })
  // The narrowest that is better says most: what stands behind it does so by itself.
  const named = new Map<number, number>()
  return pairs.filter(([site]) => {
    const count = named.get(site) ?? 0
    named.set(site, count + 1)
    return count < NAMED
  })
}

/** The same choice with better sites in the place of those they better. */
export function preferBetter(open: Uint8Array, pairs: readonly (readonly [number, number])[]): Uint8Array {
  const chosen = open.slice()
  for (let changed = true; changed; ) {
    changed = false
    for (const [site, better] of pairs) {
      if (chosen[site] === 0 || chosen[better] === 1) continue
      chosen[site] = 0
      chosen[better] = 1
      changed = true
    }
  }
  return chosen
}
