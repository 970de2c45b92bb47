import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classOf, naturalBounds, quantileBounds } from '@/algorithms/density/class-bounds'
import { ratesPerThousand, standardizeRates } from '@/algorithms/density/expected-rates'
import { mannKendall } from '@/algorithms/density/mann-kendall'
import { MovingCounts } from '@/algorithms/density/moving-counts'
import { scoreForecast, topPlaces } from '@/algorithms/density/score-forecast'
import { TREND, trendClasses } from '@/algorithms/density/trend-classes'

/** Sum of squares within classes that begin at bounds. */
function within(values: readonly number[], bounds: readonly number[]): number {
  const classes = bounds.map((_, k) => values.filter((value) => classOf(bounds, value) === k))
  return classes.reduce((sum, one) => {
    const mean = one.reduce((total, value) => total + value, 0) / one.length
    return sum + one.reduce((total, value) => total + (value - mean) ** 2, 0)
  }, 0)
}

describe('classes of a legend', () => {
  it('by natural breaks have the least spread of all divisions into five', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 6, maxLength: 30 }), (values) => {
      const different = [...new Set(values)].sort((a, b) => a - b)
      const found = naturalBounds(values)
      expect(found).toHaveLength(Math.min(5, different.length))
      if (different.length < 6) return
      let least = Infinity
      for (let a = 1; a < different.length; a++) for (let b = a + 1; b < different.length; b++) for (let c = b + 1; c < different.length; c++) {
        for (let d = c + 1; d < different.length; d++) least = Math.min(least, within(values, [0, a, b, c, d].map((k) => different[k])))
      }
      expect(within(values, found)).toBeCloseTo(least, 6)
    }), { seed: 4, numRuns: 25 })
  })

  it('by quantiles hold as many, skip what is 0 or masked, and never repeat a bound', () => {
    expect(quantileBounds([0, NaN, ...Array.from({ length: 10 }, (_, k) => k + 1)])).toEqual([1, 3, 5, 7, 9])
    expect(quantileBounds([2, 2, 2, 2, 7])).toEqual([2, 7])
    expect(quantileBounds([0, 0])).toEqual([])
    expect([0, 1, 2, 9, NaN].map((value) => classOf([1, 3, 5], value))).toEqual([-1, 0, 0, 2, -1])
  })
})

describe('rates', () => {
  it('are masked where few matters are behind them', () => {
    expect([...ratesPerThousand([0, 2, 3, 5], [100, 100, 100, 0], 3)]).toEqual([0, NaN, 30, NaN])
  })

  it('are compared by how uncertain they are', () => {
    const [few, many, empty] = standardizeRates([2, 20, 7, 10, 10, 10], [10, 100, 0, 200, 200, 200])
    expect(many).toBeGreaterThan(few)
    expect(few).toBeGreaterThan(0)
    expect(empty).toBe(0)
    // A place of the mean rate stands at 0, however many live there.
    expect(standardizeRates([2, 4, 6], [100, 200, 300])).toEqual(Float64Array.of(0, 0, 0))
  })
})

describe('trend', () => {
  it('of Mann and Kendall allows for ties and continuity', () => {
    // S = 10, variance 5 · 4 · 15 / 18.
    expect(mannKendall([1, 2, 3, 4, 5])).toBeCloseTo(9 / Math.sqrt(50 / 3), 12)
    expect(mannKendall([5, 4, 3, 2, 1])).toBeCloseTo(-9 / Math.sqrt(50 / 3), 12)
    // S = 8; two ties of two take 2 · 2 · 1 · 9 / 18 off the variance.
    expect(mannKendall([1, 1, 2, 3, 3])).toBeCloseTo(7 / Math.sqrt((300 - 36) / 18), 12)
    expect([mannKendall([2, 2, 2, 2]), mannKendall([1, 2, 3]), mannKendall([])]).toEqual([0, 0, 0])
  })

  it('has a class by what was hot and where it goes', () => {
    const spans = { whole: [1, 1, 1, 1, 0, 0, 1], before: [0, 1, 1, 1, 0, 1, 0], recent: [1, 1, 1, 0, 0, 0, 0] }
    const { none, new: fresh, growing, steady, fading } = TREND
    expect([...trendClasses(spans, Float64Array.of(0, 3, 0, -3, 5, 0, -1))]).toEqual([fresh, growing, steady, fading, none, none, steady])
  })
})

describe('forecasts', () => {
  it('are held against the share of area and the best choice', () => {
    // 2 of 10 places named hit 6 of 12; the best two would have hit 9.
    const score = scoreForecast([0, 3], [5, 4, 0, 1, 2, 0, 0, 0, 0, 0], 0)
    expect(score).toEqual({ named: 2, hits: 6, pai: 0.5 / 0.2, pei: 6 / 9 })
    // Six more that came in no place were missed, and no choice would have hit them.
    expect(scoreForecast([0, 3], [5, 4, 0, 1, 2, 0, 0, 0, 0, 0], 6)).toEqual({ named: 2, hits: 6, pai: 6 / 18 / 0.2, pei: 6 / 9 })
    expect(scoreForecast([], [1, 2], 0)).toEqual({ named: 0, hits: 0, pai: 0, pei: 0 })
    expect([...topPlaces([1, 5, 5, 9], 3)]).toEqual([3, 1, 2])
  })
})

describe('counts that move', () => {
  it('are those of the span, and only cells something passed through are named', () => {
    const cellOf = fc.array(fc.tuple(fc.integer({ min: -1, max: 5 }), fc.integer({ min: 0, max: 50 })), { maxLength: 40 })
    const spans = fc.array(fc.tuple(fc.integer({ min: -5, max: 55 }), fc.integer({ min: -5, max: 55 })), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(cellOf, spans, (matters, moves) => {
      const moving = new MovingCounts(6, Int32Array.from(matters, ([cell]) => cell), Float64Array.from(matters, ([, s]) => s))
      for (const [fromS, toS] of moves) {
        const before = moving.counts.slice()
        const changed = new Set(moving.moveTo(fromS, toS))
        const expected = Int32Array.from({ length: 6 }, (_, cell) => matters.filter(([own, s]) => own === cell && s >= fromS && s < toS).length)
        expect(moving.counts).toEqual(expected)
        before.forEach((count, cell) => count !== expected[cell] && expect(changed).toContain(cell))
      }
    }), { seed: 9 })
  })
})
