import { resolveTransport } from '../assignment/resolve-transport'
import { solveTransport } from '../assignment/solve-transport'
import type { TransportSolution } from '../assignment/transport-problem'
import type { SiteModel } from './site-model'

/** A model with its entries by site too. */
export interface SiteGround {
  readonly model: SiteModel
  /** Entries of site j are siteStart[j] … siteStart[j + 1] − 1 of `demand` and `each`. */
  readonly siteStart: Uint32Array
  readonly demand: Int32Array
  readonly each: Int32Array
  /** No site is ever full: everybody goes to the cheapest. */
  readonly isPlain: boolean
}

/** Everybody at the sites that are open, at least cost. */
export interface FilledSites {
  /** By site. */
  readonly open: Uint8Array
  /** Without the base of the model. */
  readonly cost: number
  /** By demand: what one unit more would cost; no more than it costs unserved. */
  readonly prices: Float64Array
  /** Where sites can be full: the flows, to go on from. */
  readonly transport: TransportSolution | null
}

/** O(entries). */
export function groundOf(model: SiteModel): SiteGround {
  const { sites, demands, start, site, cost, capacity } = model
  const siteStart = new Uint32Array(sites + 1)
  for (const one of site) siteStart[one + 1]++
  for (let one = 0; one < sites; one++) siteStart[one + 1] += siteStart[one]
  const next = siteStart.slice()
  const demand = new Int32Array(site.length)
  const each = new Int32Array(site.length)
  for (let own = 0; own < demands; own++) {
    for (let k = start[own]; k < start[own + 1]; k++) {
      const at = next[site[k]]++
      demand[at] = own
      each[at] = cost[k]
    }
  }
  return { model, siteStart, demand, each, isPlain: capacity.every((most, one) => most === Infinity || siteStart[one] === siteStart[one + 1]) }
}

/** O(entries) where no site is ever full; else a transportation problem. */
export function fillSites(ground: SiteGround, open: Uint8Array): FilledSites {
  const { model, isPlain } = ground
  if (isPlain) return fillPlainly(model, open)
  const { demands, sites, start, site, cost, units, unserved } = model
  const entries = site.length
  const part = new Int32Array(entries + demands)
  const member = new Int32Array(entries + demands)
  const arcCost = new Int32Array(entries + demands)
  member.set(site)
  arcCost.set(cost)
  for (let own = 0; own < demands; own++) {
    part.fill(own, start[own], start[own + 1])
    part[entries + own] = own
    arcCost[entries + own] = unserved[own]
  }
  // One more who takes everybody that goes nowhere.
  member.fill(sites, entries)
  const total = units.reduce((sum, count) => sum + count, 0)
  const max = Int32Array.from({ length: sites + 1 }, (_, one) => (one === sites ? total : roomOf(model, one, open[one], total)))
  return filledBy(open, model, solveTransport({ supply: units, min: new Int32Array(sites + 1), max, arcs: { part, member, cost: arcCost } }))
}

/** The same with a site opened, closed, or one for another. */
export function refillSites(ground: SiteGround, from: FilledSites, change: { readonly out?: number; readonly into?: number }): FilledSites {
  const { model } = ground
  const open = from.open.slice()
  if (change.out !== undefined) open[change.out] = 0
  if (change.into !== undefined) open[change.into] = 1
  if (!from.transport) return fillSites(ground, open)
  const total = from.transport.problem.max[model.sites]
  const limits = [change.out, change.into].flatMap((one) => (one === undefined ? [] : [{ member: one, min: 0, max: roomOf(model, one, open[one], total) }]))
  return filledBy(open, model, resolveTransport(from.transport, { limits }))
}

const roomOf = ({ capacity }: SiteModel, site: number, isOpen: number, total: number): number => (isOpen === 1 ? Math.min(capacity[site], total) : 0)

function filledBy(open: Uint8Array, { unserved }: SiteModel, transport: TransportSolution): FilledSites {
  const prices = Float64Array.from(unserved, (most, demand) => Math.max(0, Math.min(most, transport.prices.part[demand])))
  return { open, cost: transport.objective, prices, transport }
}

function fillPlainly({ demands, start, site, cost, units, unserved }: SiteModel, open: Uint8Array): FilledSites {
  const prices = new Float64Array(demands)
  let sum = 0
  for (let demand = 0; demand < demands; demand++) {
    let least = unserved[demand]
    for (let k = start[demand]; k < start[demand + 1]; k++) {
      if (open[site[k]] === 0) continue
      least = Math.min(least, cost[k])
      break
    }
    prices[demand] = least
    sum += units[demand] * least
  }
  return { open, cost: sum, prices, transport: null }
}

/**
 * What each site is worth at some prices: the most it can save on those it has room for. Opening a closed one saves no more than that
 * at the prices of the sites that are open (weak duality). O(entries log entries of a site).
 */
export function worthOfSites({ model, siteStart, demand, each }: SiteGround, prices: Float64Array): Float64Array {
  const worth = new Float64Array(model.sites)
  for (let site = 0; site < model.sites; site++) {
    const room = model.capacity[site]
    let sum = 0
    let wanted = 0
    const saving: { each: number; units: number }[] = []
    for (let k = siteStart[site]; k < siteStart[site + 1]; k++) {
      const saved = prices[demand[k]] - each[k]
      if (saved <= 0) continue
      const units = model.units[demand[k]]
      sum += saved * units
      wanted += units
      if (room !== Infinity) saving.push({ each: saved, units })
    }
    if (wanted > room) {
      sum = 0
      let left = room
      for (const one of saving.sort((a, b) => b.each - a.each)) {
        const taken = Math.min(left, one.units)
        sum += one.each * taken
        left -= taken
        if (left === 0) break
      }
    }
    worth[site] = sum
  }
  return worth
}
