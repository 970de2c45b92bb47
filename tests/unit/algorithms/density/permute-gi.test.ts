import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustDiscoveries } from '@/algorithms/density/false-discovery'
import { findHotSpots } from '@/algorithms/density/find-hot-spots'
import { sumAround } from '@/algorithms/density/local-gi'
import { neighboursWithin, type Neighbours } from '@/algorithms/density/neighbours'
import { permuteGi } from '@/algorithms/density/permute-gi'
import { seededRandom } from '@/algorithms/shared/seeded-random'

/** Two-sided p by all choices of neighbours. */
function exactP(values: readonly number[], near: Neighbours): number[] {
  const found = sumAround(values, near)
  return values.map((_, k) => {
    const others = values.filter((_, other) => other !== k)
    const wanted = near.start[k + 1] - near.start[k]
    let [all, high, low] = [0, 0, 0]
    for (let choice = 0; choice < 2 ** others.length; choice++) {
      const chosen = others.filter((_, at) => (choice >> at) & 1)
      if (chosen.length !== wanted) continue
      const sum = chosen.reduce((total, value) => total + value, 0)
      all++
      high += Number(sum >= found[k] - 1e-9)
      low += Number(sum <= found[k] + 1e-9)
    }
    return Math.min(1, (2 * Math.min(high, low)) / all)
  })
}

const LINE = neighboursWithin(Float64Array.from({ length: 20 }, (_, k) => (k % 2 === 0 ? 10 * (k / 2) : 0)), 20)

describe('conditional permutations', () => {
  it('come to the p of all choices of neighbours', () => {
    const values = [9, 8, 7, 0, 1, 0, 2, 1, 0, 0.5]
    const { p } = permuteGi(values, LINE, { runs: 40_000, furtherRuns: 0, seed: 3 })
    exactP(values, LINE).forEach((exact, k) => expect(Math.abs(p[k] - exact)).toBeLessThan(0.02))
  })

  it('are the same for a seed, and others for another', () => {
    const values = [9, 8, 7, 0, 1, 0, 2, 1, 0, 0.5]
    const run = (seed: number) => [...permuteGi(values, LINE, { runs: 199, furtherRuns: 0, seed }).p]
    expect(run(1)).toEqual(run(1))
    expect(run(1)).not.toEqual(run(2))
  })

  it('leave p at 1 where nothing can differ', () => {
    const alone = neighboursWithin(Float64Array.of(0, 0, 100, 0, 200, 0), 1)
    expect([...permuteGi([1, 5, 9], alone, { runs: 99, furtherRuns: 99, seed: 1 }).p]).toEqual([1, 1, 1])
    const everyone = neighboursWithin(Float64Array.of(0, 0, 1, 0, 2, 0), 10)
    expect([...permuteGi([0.1, 0.2, 0.3], everyone, { runs: 99, furtherRuns: 0, seed: 1 }).p]).toEqual([1, 1, 1])
    expect([...permuteGi([], neighboursWithin(new Float64Array(0), 1), { runs: 9, furtherRuns: 0, seed: 1 }).p]).toEqual([])
  })

  it('are told apart below 0.002 by further draws, where they are rare', () => {
    const xyM = Float64Array.from({ length: 800 }, (_, k) => 10 * (k % 2 === 0 ? (k / 2) % 20 : Math.floor(k / 40)))
    const near = neighboursWithin(xyM, 15)
    const random = seededRandom(5)
    const values = Float64Array.from({ length: 400 }, (_, k) => (xyM[2 * k] < 30 && xyM[2 * k + 1] < 30 ? 20 : Math.floor(3 * random())))
    const first = permuteGi(values, near, { runs: 999, furtherRuns: 0, seed: 1 })
    const second = permuteGi(values, near, { runs: 999, furtherRuns: 99_000, seed: 1 })
    expect(Math.min(...first.p)).toBe(0.002)
    expect(Math.min(...second.p)).toBeLessThan(0.0001)
    expect(second.refined).toBeGreaterThan(0)
    expect(second.refined).toBeLessThan(60)
    // Whoever was not rare keeps the p of the first draws.
    second.p.forEach((p, k) => first.p[k] > 0.05 && expect(p).toBe(first.p[k]))
    const test = { runs: 999, furtherRuns: 99_000, seed: 1, correction: 'benjamini-yekutieli', level: 0.05 } as const
    const { hot } = findHotSpots(values, near, test)
    expect(hot[21]).toBe(1)
    expect(hot[399]).toBe(0)
    expect([...findHotSpots(values, near, { ...test, furtherRuns: 0 }).hot].every((kind) => kind === 0)).toBe(true)
  })

  it('tell the side of what they held against one another: one high cell ringed by zeros is not hot', () => {
    const xyM = Float64Array.from({ length: 800 }, (_, k) => 10 * (k % 2 === 0 ? (k / 2) % 20 : Math.floor(k / 40)))
    const near = neighboursWithin(xyM, 25)
    const random = seededRandom(7)
    const awayM = (k: number, of: number) => Math.hypot(xyM[2 * k] - xyM[2 * of], xyM[2 * k + 1] - xyM[2 * of + 1])
    const [ringed, hollow] = [105, 294]
    const values = Float64Array.from({ length: 400 }, (_, k) =>
      k === ringed ? 60 : awayM(k, ringed) <= 25 || k === hollow ? 0 : awayM(k, hollow) <= 25 ? 6 : 1 + Math.floor(3 * random()))
    const { z, q, side, hot } = findHotSpots(values, near, { runs: 999, furtherRuns: 19_000, seed: 1, correction: 'benjamini-hochberg', level: 0.05 })
    expect(z[ringed]).toBeGreaterThan(0)
    expect(Math.max(q[ringed], q[hollow])).toBeLessThanOrEqual(0.05)
    expect([side[ringed], hot[ringed]]).toEqual([-1, -1])
    expect([side[hollow], hot[hollow]]).toEqual([1, 1])
    expect(hot.every((kind, k) => kind === (q[k] <= 0.05 ? side[k] : 0))).toBe(true)
  })
})

describe('false discoveries', () => {
  // Benjamini and Hochberg (1995), section 3.2: of these 15 the four smallest are discoveries at 0.05.
  const PUBLISHED = Float64Array.of(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1)

  it('are as in the example of Benjamini and Hochberg', () => {
    const q = adjustDiscoveries(PUBLISHED, 'benjamini-hochberg')
    expect(q.filter((adjusted) => adjusted <= 0.05)).toHaveLength(4)
    expect(q[0]).toBeCloseTo(0.0015, 12)
    expect(q[3]).toBeCloseTo(0.035625, 12)
    const harmonic = Array.from({ length: 15 }, (_, k) => 1 / (k + 1)).reduce((sum, share) => sum + share, 0)
    expect(adjustDiscoveries(PUBLISHED, 'benjamini-yekutieli')[0]).toBeCloseTo(0.0015 * harmonic, 12)
  })

  it('are found by the rule of the step-up procedure itself', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 }), (thousandths) => {
      const p = Float64Array.from(thousandths, (one) => one / 1000)
      const last = p.slice().sort().findLastIndex((one, rank) => one <= (0.1 * (rank + 1)) / p.length + 1e-12)
      const q = adjustDiscoveries(p, 'benjamini-hochberg')
      expect(q.filter((adjusted) => adjusted <= 0.1 + 1e-12)).toHaveLength(last + 1)
    }), { seed: 1 })
  })
})
