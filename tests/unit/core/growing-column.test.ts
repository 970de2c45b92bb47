import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resized, resizedStart, resizeRows, takenInHand } from '@/core/growing-column'

describe('columns in hand', () => {
  it('grow and shrink in place, and never write into a column of somebody else', () => {
    const shared = new Int32Array(10)
    const theirs = shared.subarray(0, 4)
    const longer = resized(theirs, 6)
    longer.fill(7)
    expect([...shared]).toEqual(new Array(10).fill(0))
    const again = resized(longer, 5)
    expect(again.buffer).toBe(longer.buffer)
    expect([...resized(again, 500).subarray(0, 5)]).toEqual([7, 7, 7, 7, 7])
  })

  /*   rows  aa|bbb|c|dd     sizes of a and c change    a|bbb|ccc|dd      */
  it('of rows keep what is in the rows that are not named, whatever sizes the others get', () => {
    const row = fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 5 })
    const change = fc.option(fc.integer({ min: 0, max: 6 }), { nil: null })
    fc.assert(
      fc.property(fc.array(fc.tuple(row, change), { minLength: 1, maxLength: 12 }), (rows) => {
        const start = takenInHand(new Uint32Array(rows.length + 1))
        rows.forEach(([entries], k) => (start[k + 1] = start[k] + entries.length))
        const item = takenInHand(Int32Array.from(rows.flatMap(([entries]) => entries)))
        const sizes = new Map(rows.flatMap(([, size], k) => (size === null ? [] : [[k, size] as const])))
        const columns = resizeRows(start, { item, half: Float64Array.from(item, (value) => value / 2) }, sizes)
        rows.forEach(([entries, size], k) => {
          expect(start[k + 1] - start[k]).toBe(size ?? entries.length)
          if (size !== null && size !== entries.length) return
          expect([...columns.item.subarray(start[k], start[k + 1])]).toEqual(entries)
          expect([...columns.half.subarray(start[k], start[k + 1])]).toEqual(entries.map((value) => value / 2))
        })
        expect(columns.item).toHaveLength(start[rows.length])
      }),
      { numRuns: 500, seed: 20261123 },
    )
  })

  it('of rows begin and end with empty ones', () => {
    const start = resizedStart(Uint32Array.from([0, 2, 3]), 4)
    expect([...start]).toEqual([0, 2, 3, 3, 3])
    expect([...resizedStart(start, 2)]).toEqual([0, 2, 3])
  })
})
