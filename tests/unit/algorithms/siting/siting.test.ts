import fc from 'fast-check'
import loadHighs, { type Highs } from 'highs'
import { beforeAll, describe, expect, it } from 'vitest'
import { runSiting } from '@/algorithms/siting/run-siting'
import type { SitingAim } from '@/core/coverage/siting'
import { SITE, type SitingAnswer, type SitingProblem } from '@/algorithms/siting/siting-problem'
import { FAR, problemOf, SITES, walkOf, world, type World } from './small-worlds'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

/** Least cost of sending all units to open sites or nowhere, one unit after the other along cheapest ways of change (Bellman and Ford). */
function leastCost(given: World, open: readonly boolean[], cost: (demand: number, site: number) => number, nowhere: (demand: number) => number): number {
  const units: number[] = []
  for (let demand = 0; demand < given.demands; demand++) for (let k = 0; k < given.units[demand]; k++) units.push(demand)
  const at = units.map(() => -2)
  const load = open.map(() => 0)
  const room = open.map((is, site) => (is ? given.capacity[site] || Infinity : 0))
  const price = (unit: number, to: number): number => (to === SITES ? nowhere(units[unit]) : open[to] ? cost(units[unit], to) : Infinity)
  let sum = 0
  units.forEach((_, added) => {
    const far = open.map(() => Infinity)
    const via = open.map((): readonly [number, number] => [-1, -1])
    for (let site = 0; site < SITES; site++) {
      far[site] = price(added, site)
      via[site] = [added, -1]
    }
    let end = price(added, SITES)
    let last: readonly [number, number] = [added, -1]
    for (let round = 0; round <= SITES; round++) {
      for (let from = 0; from < SITES; from++) {
        if (far[from] === Infinity) continue
        units.forEach((_, unit) => {
          if (at[unit] !== from) return
          for (let to = 0; to < SITES; to++) {
            const there = far[from] - price(unit, from) + price(unit, to)
            if (there < far[to] - 1e-9) {
              far[to] = there
              via[to] = [unit, from]
            }
          }
        })
      }
    }
    let target = SITES
    for (let site = 0; site < SITES; site++) {
      if (far[site] < end && load[site] < room[site]) {
        end = far[site]
        target = site
      }
      units.forEach((_, unit) => {
        const out = far[site] - price(unit, site) + nowhere(units[unit])
        if (at[unit] !== site || out >= end) return
        end = out
        target = SITES
        last = [unit, site]
      })
    }
    sum += end
    let [unit, from] = target === SITES ? last : via[target]
    if (target < SITES) load[target]++
    for (let to = target; ; [unit, from] = via[to]) {
      at[unit] = to
      if (from < 0) break
      to = from
    }
  })
  return sum
}

/** What an aim comes to with some sites open, counted plainly; the lower the better. */
function judge(aim: SitingAim, given: World, open: readonly boolean[]): number {
  const within = (limit: number) => (demand: number, site: number) => (walkOf(given, demand, site) <= limit ? 0 : Infinity)
  if (aim === 'most_served') return leastCost(given, open, within(given.limitCm), (demand) => given.weights[demand])
  const reaches = (demand: number) => Array.from({ length: SITES }, (_, site) => walkOf(given, demand, site)).some((walk) => walk < Infinity)
  if (aim === 'least_total_walk') return leastCost(given, open, (demand, site) => given.weights[demand] * walkOf(given, demand, site), (demand) => (reaches(demand) ? given.weights[demand] * FAR : 0))
  if (aim === 'fewest_stations') return leastCost(given, open, within(given.limitCm), () => 1) * 100 + open.filter((is, site) => is && given.state[site] !== SITE.kept).length
  const missing = leastCost(given, open, within(FAR), () => 1)
  for (const length of [...new Set([0, ...given.numbers])].sort((a, b) => a - b)) if (leastCost(given, open, within(length), () => 1) === missing) return missing * 100 + length
  throw new Error('expected a length that is enough')
}

function bestOfAll(aim: SitingAim, given: World, count: number): number {
  let best = Infinity
  for (let mask = 0; mask < 2 ** SITES; mask++) {
    const open = given.state.map((kind, site) => kind !== SITE.candidate || ((mask >> site) & 1) === 1)
    if (given.state.some((kind, site) => kind !== SITE.candidate && ((mask >> site) & 1) === 1)) continue
    const added = open.filter((is, site) => is && given.state[site] !== SITE.kept).length
    if (aim !== 'fewest_stations' && added > count) continue
    best = Math.min(best, judge(aim, given, open))
  }
  return best
}

/** What a judgement reads as in the units of the aim. */
function valueOf(aim: SitingAim, given: World, judged: number): number {
  if (aim === 'most_served') return given.units.slice(0, given.demands).reduce((sum, units, demand) => sum + units * given.weights[demand], 0) - judged
  return aim === 'fewest_stations' ? judged % 100 : (aim === 'least_worst_walk' ? judged % 100 : judged) / 100
}

const AIMS: readonly SitingAim[] = ['most_served', 'fewest_stations', 'least_total_walk', 'least_worst_walk']

describe.each(AIMS)('sites for %s', (aim) => {
  it('are the best of all choices, proved, with those kept and forced, capacities and weights', () => {
    fc.assert(
      fc.property(world, (given) => {
        const problem = problemOf(aim, given)
        const run = runSiting(problem)
        const first = run.first()
        const proved = run.prove(highs)
        const best = bestOfAll(aim, given, problem.count)
        const value = valueOf(aim, given, best)
        expect(proved.isProved).toBe(true)
        expect(proved.value).toBeCloseTo(value, 6)
        expect(proved.bound).toBeCloseTo(value, 6)
        expect(judge(aim, given, [...proved.open].map((is) => is === 1))).toBe(best)
        checkOpen(first, problem)
        checkOpen(proved, problem)
        checkBound(aim, first, value)
      }),
      { numRuns: 80, seed: 31 },
    )
  })

  it('hold a bound that is true whenever they are stopped', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 0, max: 6 }), (given, turns) => {
        const problem = problemOf(aim, given)
        const value = valueOf(aim, given, bestOfAll(aim, given, problem.count))
        let asked = 0
        const isStopped = () => asked++ >= turns
        const run = runSiting(problem)
        const answers = [run.first({ isStopped })]
        answers.push(run.prove(highs, { isStopped, onAnswer: (answer) => answers.push(answer) }))
        for (const answer of answers) {
          checkOpen(answer, problem)
          // Whom nobody can serve counts against all choices alike, so a stopped walk may be short and serve fewer.
          if (aim !== 'least_worst_walk') checkBound(aim, answer, value)
        }
      }),
      { numRuns: 40, seed: 32 },
    )
  })
})

function checkOpen({ open }: SitingAnswer, { state, count, aim }: SitingProblem): void {
  expect([...state.keys()].filter((site) => state[site] !== SITE.candidate && open[site] === 0)).toEqual([])
  const added = [...open.keys()].filter((site) => open[site] === 1 && state[site] !== SITE.kept).length
  if (aim !== 'fewest_stations') expect(added).toBeLessThanOrEqual(count)
}

function checkBound(aim: SitingAim, { bound, value, isProved }: SitingAnswer, best: number): void {
  const sign = aim === 'most_served' ? -1 : 1
  expect(sign * bound).toBeLessThanOrEqual(sign * best + 1e-6)
  expect(sign * value).toBeGreaterThanOrEqual(sign * best - 1e-6)
  if (isProved) expect(value).toBeCloseTo(best, 6)
}
