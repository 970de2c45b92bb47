import { describe, expect, it } from 'vitest'
import { costOfPairs, pairOddNodes } from '@/algorithms/arc-routing/pair-odd-nodes'
import { seededRandom } from '@/algorithms/shared/seeded-random'

/** Least sum over all ways to pair, by trying them; Infinity where there is none. */
function leastSum(count: number, cost: Float64Array, used = 0): number {
  let a = 0
  while (a < count && ((used >> a) & 1) === 1) a++
  if (a === count) return 0
  let least = Infinity
  for (let b = a + 1; b < count; b++) {
    if (((used >> b) & 1) === 1) continue
    least = Math.min(least, cost[a * count + b] + leastSum(count, cost, used | (1 << a) | (1 << b)))
  }
  return least
}

function costsOf(count: number, between: (a: number, b: number) => number): Float64Array {
  const cost = new Float64Array(count * count)
  for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) cost[a * count + b] = cost[b * count + a] = between(a, b)
  return cost
}

function onPlane(seed: number, count: number): Float64Array {
  const random = seededRandom(seed)
  const xy = Array.from({ length: count }, () => [random() * 1000, random() * 1000])
  return costsOf(count, (a, b) => Math.round(Math.hypot(xy[a][0] - xy[b][0], xy[a][1] - xy[b][1])))
}

describe('pairs of odd nodes', () => {
  it('have the least sum of all, near and far, with pairs that cannot be, to 10 nodes', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const random = seededRandom(seed)
      const count = 2 + 2 * Math.floor(random() * 5)
      const cost = seed % 2 === 0 ? onPlane(seed, count) : costsOf(count, () => (random() < 0.3 ? Infinity : Math.floor(random() * 10)))
      const mate = pairOddNodes(count, cost)
      expect(mate ? costOfPairs(mate, cost) : Infinity, `seed ${seed}`).toBe(leastSum(count, cost))
      mate?.forEach((b, a) => expect(mate[b]).toBe(a))
    }
  })

  // Sums found by networkx 3.6, max_weight_matching over all pairs.
  it.each([[60, 2517], [200, 4599], [400, 6277]])('%i nodes on a plane: %i', (count, sum) => {
    const cost = onPlane(count, count)
    expect(costOfPairs(pairOddNodes(count, cost)!, cost)).toBe(sum)
  })

  // Two crowds of 15, 1000 apart, nearest 12 all in the own crowd: one pair has to cross over.
  it('look beyond the nearest where those leave somebody alone', () => {
    const cost = costsOf(30, (a, b) => (a < 15 === b < 15 ? 1 : 1000))
    expect(costOfPairs(pairOddNodes(30, cost)!, cost)).toBe(1014)
  })

  // 15 at the middle, 0 apart; 15 around it, 10 or 10.5 from the middle and 11 from one another: their nearest are all at the middle.
  it('let pairs in that were not among the nearest where they save', () => {
    const cost = costsOf(30, (a, b) => (a < 15 ? (b < 15 ? 0 : (a + b) % 15 < 12 ? 10 : 10.5) : 11))
    expect(costOfPairs(pairOddNodes(30, cost)!, cost)).toBe(7 * 0 + 10 + 7 * 11)
  })
})
