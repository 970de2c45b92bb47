import fc from 'fast-check'
import loadHighs, { type Highs } from 'highs'
import { beforeAll, describe, expect, it } from 'vitest'
import { boundSites } from '@/algorithms/siting/bound-sites'
import { fillSites, groundOf, type SiteGround } from '@/algorithms/siting/fill-sites'
import { coverGround, medianGround } from '@/algorithms/siting/narrow-ground'
import { proveSites } from '@/algorithms/siting/prove-sites'
import { coverModel, medianModel } from '@/algorithms/siting/site-model'
import { FAR, problemOf, world, type World } from './small-worlds'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

/** Units are only covered, or walks are summed. */
const GROUNDS = [
  ['covering', (given: World) => groundOf(coverOf(given)), (given: World) => coverGround(problemOf('most_served', given), given.limitCm, (demand) => given.weights[demand])],
  ['walking', (given: World) => groundOf(medianModel(problemOf('least_total_walk', given))), (given: World) => medianGround(problemOf('least_total_walk', given))],
] as const
const coverOf = (given: World) => coverModel(problemOf('most_served', given), given.limitCm, (demand) => given.weights[demand])

/** Every choice with its cost. */
function choicesOf(ground: SiteGround): { open: Uint8Array; cost: number }[] {
  const { always, count } = ground.model
  const candidates = [...always.keys()].filter((site) => always[site] === 0)
  return Array.from({ length: 2 ** candidates.length }, (_, mask) => candidates.filter((_, k) => ((mask >> k) & 1) === 1))
    .filter((chosen) => chosen.length <= count)
    .map((chosen) => {
      const open = always.slice()
      for (const site of chosen) open[site] = 1
      return { open, cost: fillSites(ground, open).cost }
    })
}

describe.each(GROUNDS)('proofs of %s', (_, whole, narrowed) => {
  it('find the best by programming alone, from nothing', () => {
    fc.assert(
      fc.property(world, (given) => {
        const ground = narrowed(given)
        const { best, bound, isEnded } = proveSites(highs, ground, null, null, null, {})
        const least = Math.min(...choicesOf(ground).map(({ cost }) => cost))
        expect(isEnded).toBe(true)
        expect(best?.cost).toBe(least)
        expect(bound).toBeLessThanOrEqual(least + 1e-6 * least)
      }),
      { numRuns: 60, seed: 41 },
    )
  })

  it('bound all choices by prices, and decide only what every better choice has', () => {
    fc.assert(
      fc.property(world, fc.nat(), fc.integer({ min: 1, max: 60 }), (given, pick, rounds) => {
        const ground = narrowed(given)
        const choices = choicesOf(ground)
        const known = fillSites(ground, choices[pick % choices.length].open)
        const { bound, fixed } = boundSites(ground, known, { bound: 0, fixed: ground.model.always, prices: known.prices }, rounds, () => false)
        for (const { open, cost } of choices) {
          expect(Math.min(cost, known.cost)).toBeGreaterThanOrEqual(bound - 1e-6)
          if (cost < known.cost) expect([...fixed].every((state, site) => state === 0 || open[site] === Number(state === 1))).toBe(true)
        }
      }),
      { numRuns: 150, seed: 42 },
    )
  })

  it('say the same of less land: what is left out matters to no choice', () => {
    fc.assert(
      fc.property(world, (given) => {
        const [all, some] = [whole(given), narrowed(given)]
        for (const { open, cost } of choicesOf(all)) expect(fillSites(some, open).cost).toBe(cost)
      }),
      { numRuns: 80, seed: 43 },
    )
  })
})

describe('a site that another betters', () => {
  const given: World = {
    demands: 2, numbers: [0, 0, FAR, FAR, FAR, FAR, FAR, 0, FAR, FAR, FAR, FAR], units: [4, 4], weights: [1, 1], state: [0, 0, 0, 0, 0, 0], capacity: [6, 3, 1, 1, 1, 1], count: 1, limitCm: 10,
  }

  it('is opened all the same where it has more room', () => {
    const proved = proveSites(highs, coverGround(problemOf('most_served', given), given.limitCm, () => 1), null, null, null, {})
    expect([...proved.best!.open]).toEqual([1, 0, 0, 0, 0, 0])
  })
})
