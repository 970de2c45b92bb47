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
  readonly flows: SiteFlows | null
}

/** A transportation problem over sites that are, or were, open; member 0 takes everybody that goes nowhere. */
interface SiteFlows {
  readonly solution: TransportSolution
  /** Member by site; −1: none yet. */
  readonly memberOf: Int32Array
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
  const { model, isPlain, siteStart, demand, each } = ground
  if (isPlain) return fillPlainly(model, open)
  const { demands, sites, units, unserved } = model
  const total = units.reduce((sum, count) => sum + count, 0)
  const memberOf = new Int32Array(sites).fill(-1)
  const max = [total]
  const part = Array.from({ length: demands }, (_, own) => own)
  const member = part.map(() => 0)
  const cost = [...unserved]
  for (let site = 0; site < sites; site++) {
    if (open[site] === 0) continue
    memberOf[site] = max.push(Math.min(model.capacity[site], total)) - 1
    for (let k = siteStart[site]; k < siteStart[site + 1]; k++) {
      part.push(demand[k])
      member.push(memberOf[site])
      cost.push(each[k])
    }
  }
  const solution = solveTransport({
    supply: units, min: new Int32Array(max.length), max: Int32Array.from(max),
    arcs: { part: Int32Array.from(part), member: Int32Array.from(member), cost: Int32Array.from(cost) },
  })
  return filledBy(open, model, { solution, memberOf })
}

/** The same with a site opened, closed, or one for another. */
export function refillSites(ground: SiteGround, from: FilledSites, change: { readonly out?: number; readonly into?: number }): FilledSites {
  const { model, siteStart, demand, each } = ground
  const open = from.open.slice()
  if (change.out !== undefined) open[change.out] = 0
  if (change.into !== undefined) open[change.into] = 1
  if (!from.flows) return fillSites(ground, open)
  const { solution, memberOf: before } = from.flows
  const { max } = solution.problem
  const limits = change.out === undefined ? [] : [{ member: before[change.out], min: 0, max: 0 }]
  const into = change.into ?? -1
  if (into < 0) return filledBy(open, model, { solution: resolveTransport(solution, { limits }), memberOf: before })
  const room = Math.min(model.capacity[into], max[0])
  if (before[into] >= 0) return filledBy(open, model, { solution: resolveTransport(solution, { limits: [...limits, { member: before[into], min: 0, max: room }] }), memberOf: before })
  const memberOf = before.slice()
  memberOf[into] = max.length
  const arcs: { part: number; member: number; cost: number }[] = []
  for (let k = siteStart[into]; k < siteStart[into + 1]; k++) arcs.push({ part: demand[k], member: max.length, cost: each[k] })
  return filledBy(open, model, { solution: resolveTransport(solution, { limits, members: [{ min: 0, max: room }], arcs }), memberOf })
}

function filledBy(open: Uint8Array, { unserved }: SiteModel, flows: SiteFlows): FilledSites {
  const { part } = flows.solution.prices
  return { open, cost: flows.solution.objective, prices: Float64Array.from(unserved, (most, demand) => Math.max(0, Math.min(most, part[demand]))), flows }
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
  return { open, cost: sum, prices, flows: null }
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
