import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proveMedians } from '@/algorithms/siting/prove-medians'
import { costOfChoice, costsOfTable, type SiteCosts } from '@/algorithms/siting/site-costs'
import { swapSites } from '@/algorithms/siting/swap-sites'

const UNSERVED = 50

/** A table of small whole costs; about a fifth of the pairs cannot serve. */
const table = fc.record({
  sites: fc.integer({ min: 1, max: 12 }),
  demands: fc.integer({ min: 1, max: 16 }),
  numbers: fc.array(fc.integer({ min: 0, max: 49 }), { minLength: 192, maxLength: 192 }),
}).map(({ sites, demands, numbers }) => costsOfTable(sites, demands, (demand, site) => (numbers[demand * 12 + site] > 39 ? Infinity : numbers[demand * 12 + site]), () => UNSERVED))

/** The least cost of all choices of so many sites with those kept. */
function leastOfAll(costs: SiteCosts, count: number, kept: Uint8Array): number {
  let least = Infinity
  for (let mask = 0; mask < 2 ** costs.sites; mask++) {
    const open = Uint8Array.from({ length: costs.sites }, (_, site) => (mask >> site) & 1)
    if (open.reduce((sum, is) => sum + is, 0) === count && kept.every((is, site) => open[site] >= is)) least = Math.min(least, costOfChoice(costs, open))
  }
  return least
}

describe('medians', () => {
  it('are the best of all choices, proved, those kept among them', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 12 }), fc.boolean(), (costs, keep, wanted, isWhole) => {
        const kept = new Uint8Array(costs.sites)
        if (keep === 1) kept[costs.sites - 1] = 1
        const count = Math.min(costs.sites, wanted)
        const first = swapSites(costs, count, kept, { seed: 3, patience: 0 })
        const proved = proveMedians(costs, count, kept, first, { isWhole })
        const least = leastOfAll(costs, count, kept)
        expect(first.cost).toBeGreaterThanOrEqual(least)
        expect(proved.cost).toBe(least)
        expect(proved.isOptimal).toBe(true)
        expect(proved.open.reduce((sum, is) => sum + is, 0)).toBe(count)
        expect(keep === 0 || proved.open[costs.sites - 1] === 1).toBe(true)
        expect(costOfChoice(costs, proved.open)).toBe(proved.cost)
      }),
      { numRuns: 150, seed: 21 },
    )
  })

  it('are proved from a poor choice too, and stopped at once the bound still holds', () => {
    fc.assert(
      fc.property(table, (costs) => {
        const kept = new Uint8Array(costs.sites)
        const poor = Uint8Array.from({ length: costs.sites }, (_, site) => Number(site === 0))
        const least = leastOfAll(costs, 1, kept)
        const from = { open: poor, cost: costOfChoice(costs, poor) }
        expect(proveMedians(costs, 1, kept, from, { isWhole: true }).cost).toBe(least)
        let asked = 0
        const bounds: number[] = []
        proveMedians(costs, 1, kept, from, { isWhole: true, isStopped: () => asked++ > 1, onNode: (bound) => bounds.push(bound) })
        expect(Math.max(0, ...bounds)).toBeLessThanOrEqual(least)
      }),
      { numRuns: 100, seed: 22 },
    )
  })

  it('leave a demand that no site reaches at what it costs unserved', () => {
    const costs = costsOfTable(2, 3, (demand, site) => (demand === 2 ? Infinity : 10 * Math.abs(demand - site)), () => UNSERVED)
    expect(swapSites(costs, 1, new Uint8Array(2), { seed: 1, patience: 2 }).cost).toBe(10 + UNSERVED)
  })

  it('are the same for the same seed', () => {
    const costs = costsOfTable(30, 60, (demand, site) => ((demand * 37 + site * 91) % 101) + 1, () => 200)
    const search = { seed: 5, patience: 20 }
    expect(swapSites(costs, 6, new Uint8Array(30), search)).toEqual(swapSites(costs, 6, new Uint8Array(30), search))
  })
})
