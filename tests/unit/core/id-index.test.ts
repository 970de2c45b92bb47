import { describe, expect, it } from 'vitest'
import { makeIdIndex } from '@/core/id-index'

describe('makeIdIndex', () => {
  it.each([
    ['close together', [1003, 1000, 1001]],
    ['far apart', [7, 2_000_000_000, 90_000]],
    ['a single one', [42]],
    ['below zero', [-5, -3]],
  ])('finds ids %s, and nothing else', (_, ids) => {
    const index = makeIdIndex(Int32Array.from(ids))
    ids.forEach((id, place) => expect(index.get(id)).toBe(place))
    for (const id of [1002, 0, -4, 2_147_483_647, -2_147_483_648, 1000.5, NaN]) {
      if (!ids.includes(id)) expect(index.get(id)).toBeUndefined()
    }
  })

  it('finds nothing in an empty column', () => {
    expect(makeIdIndex(new Int32Array(0)).get(1)).toBeUndefined()
  })
})
