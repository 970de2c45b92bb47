import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillMedian, makeFillBuffer } from '@/algorithms/clustering/fill-median'

const items = fc.array(fc.record({ gain: fc.integer({ min: 1, max: 60 }), demand: fc.integer({ min: 0, max: 20 }) }), { maxLength: 11 })

function fill(list: readonly { gain: number; demand: number }[], capacity: number, isWhole: boolean) {
  const buffer = makeFillBuffer(list.length)
  list.forEach(({ gain, demand }, node) => {
    buffer.node[node] = node
    buffer.gain[node] = gain
    buffer.demand[node] = demand
  })
  buffer.count = list.length
  const gain = fillMedian(buffer, capacity, isWhole)
  const chosen = [...buffer.node].map((node, at) => ({ ...list[node], share: buffer.share[at] }))
  return { gain, chosen }
}

/** Greatest gain over every set of items within the capacity. */
function bruteForce(list: readonly { gain: number; demand: number }[], capacity: number): number {
  let best = 0
  for (let set = 0; set < 1 << list.length; set++) {
    const taken = list.filter((_, i) => (set >> i) & 1)
    if (taken.reduce((sum, { demand }) => sum + demand, 0) > capacity) continue
    best = Math.max(best, taken.reduce((sum, { gain }) => sum + gain, 0))
  }
  return best
}

describe('what a median gains by the nodes it can hold', () => {
  it('is the most there is, and the choice says so', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 60 }), (list, capacity) => {
        const { gain, chosen } = fill(list, capacity, true)
        expect(gain).toBeCloseTo(bruteForce(list, capacity), 9)
        expect(chosen.reduce((sum, item) => sum + item.share * item.gain, 0)).toBeCloseTo(gain, 9)
        expect(chosen.reduce((sum, item) => sum + item.share * item.demand, 0)).toBeLessThanOrEqual(capacity)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('is never less when nodes may be divided', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 60 }), (list, capacity) => {
        const { gain, chosen } = fill(list, capacity, false)
        expect(gain).toBeGreaterThanOrEqual(bruteForce(list, capacity))
        expect(chosen.reduce((sum, item) => sum + item.share * item.demand, 0)).toBeLessThanOrEqual(capacity + 1e-9)
      }),
      { numRuns: 100, seed: 2 },
    )
  })
})
