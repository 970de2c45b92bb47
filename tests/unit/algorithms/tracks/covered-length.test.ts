import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyStretch, coverStretch, sumByArea, uniteParts } from '@/algorithms/tracks/covered-length'

const unite = (lines: number, parts: readonly (readonly [line: number, fromM: number, toM: number, at: number])[]) => uniteParts(lines, {
  line: parts.map(([line]) => line), fromM: parts.map(([, fromM]) => fromM), toM: parts.map(([, , toM]) => toM), at: parts.map(([, , , at]) => at),
})

describe('what was covered', () => {
  it('is a union, cut where the latest walk changes', () => {
    // 1  0–––––––––60      at 5
    // 1       40–––––––100 at 9
    const covered = unite(3, [[1, 0, 60, 5], [1, 40, 100, 9], [1, 40, 50, 2], [2, 5, 10, 1]])
    expect([...covered.start]).toEqual([0, 0, 2, 3])
    expect([...covered.fromM]).toEqual([0, 40, 5])
    expect([...covered.toM]).toEqual([40, 100, 10])
    expect([...covered.latest]).toEqual([5, 9, 1])
    expect(coverStretch(covered, 1, 30, 45)).toEqual({ coveredM: 15, latest: 9 })
    expect(coverStretch(covered, 0, 0, 45)).toEqual({ coveredM: 0, latest: -Infinity })
  })

  it('refuses parts that run backwards or lie on no line', () => {
    expect(() => unite(1, [[0, 5, 5, 0]])).toThrow('expected a part')
    expect(() => unite(1, [[1, 0, 5, 0]])).toThrow('expected a part')
  })

  it('is classed by share, ends forgiven by a few metres', () => {
    const classOf = (parts: readonly (readonly [number, number])[], toM = 100) =>
      classifyStretch(unite(1, parts.map(([fromM, end]) => [0, fromM, end, 1] as const)), 0, 0, toM)
    expect(classOf([])).toBe('missed')
    expect(classOf([[0, 9]])).toBe('missed')
    expect(classOf([[0, 10]])).toBe('partial')
    expect(classOf([[0, 80]])).toBe('partial')
    expect(classOf([[0, 82]])).toBe('covered')
    expect(classOf([[9, 83]])).toBe('covered')
    // What is missing in the middle is not forgiven.
    expect(classOf([[0, 40], [52, 100]])).toBe('partial')
    // Two metres of twelve are not the whole by forgiveness.
    expect(classOf([[5, 7]], 12)).toBe('partial')
    expect(classOf([[2, 10]], 12)).toBe('covered')
  })

  it('never exceeds the line, whatever was walked how often, and areas add up to the whole', () => {
    const part = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 9 }))
      .filter(([, fromM, toM]) => fromM < toM)
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 })
    fc.assert(fc.property(fc.array(part, { maxLength: 30 }), fc.array(cuts, { minLength: 3, maxLength: 3 }), (parts, cutsByLine) => {
      const covered = unite(3, parts)
      // Brute force by metre.
      for (let line = 0; line < 3; line++) {
        let metres = 0
        for (let m = 0; m < 100; m++) if (parts.some(([on, fromM, toM]) => on === line && fromM <= m && m < toM)) metres++
        expect(coverStretch(covered, line, 0, 100).coveredM).toBeCloseTo(metres, 9)
      }
      const areas = cutsByLine.flatMap((places, line) => {
        const ends = [0, ...places.sort((a, b) => a - b), 100]
        return ends.slice(1).map((toM, k) => ({ line, fromM: ends[k], toM, area: (line + k) % 4 }))
      })
      const sums = sumByArea(covered, {
        line: areas.map(({ line }) => line), fromM: areas.map(({ fromM }) => fromM), toM: areas.map(({ toM }) => toM), area: areas.map(({ area }) => area),
      }, 4)
      const total = [0, 1, 2].reduce((sum, line) => sum + coverStretch(covered, line, 0, 100).coveredM, 0)
      expect(sums.coveredM.reduce((sum, metres) => sum + metres, 0)).toBeCloseTo(total, 9)
      expect(sums.totalM.reduce((sum, metres) => sum + metres, 0)).toBeCloseTo(300, 9)
    }))
  })
})
