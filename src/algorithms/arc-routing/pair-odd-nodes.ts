import { matchByBlossoms } from './pair-odd-nodes-blossom'

/** Neighbours of each node that pairs are first sought among; of 12 the best pairs of all were among them nearly always. */
const NEAREST = 12
/** Costs are rounded to this part of their unit; whole ones are exact. */
const PARTS = 1000

/**
 * Every node paired with another at the least sum (Edmonds 1965). First among the nearest of each; then every pair left out is priced
 * by the duals and those that could lower the sum come in, until none does: so the pairs are the best of all and not only of the
 * nearest.
 *
 * @param count nodes, even
 * @param cost row after row, symmetric, ≥ 0, below 10⁹; Infinity where two cannot be paired
 * @returns partner by node; null where not everybody can be paired
 * Complexity: O(n³) at worst, O(n · 12 n) as met on streets, and O(n²) for the prices.
 */
export function pairOddNodes(count: number, cost: Float64Array): Int32Array | null {
  if (count % 2 !== 0 || cost.length !== count * count) {
    throw new Error(`expected costs between an even number of nodes, got ${cost.length} costs of ${count} nodes`)
  }
  const weightOf = (a: number, b: number): number => -2 * Math.round(PARTS * cost[a * count + b])
  for (let nearest = NEAREST; ; nearest *= 2) {
    const edges = nearestPairs(count, cost, nearest)
    const isAll = nearest >= count - 1
    for (;;) {
      const weight = edges.from.map((a, k) => weightOf(a, edges.to[k]))
      const { mate, reducedCost } = matchByBlossoms(count, { ...edges, weight })
      if (mate.includes(-1)) {
        if (isAll) return null
        break
      }
      let added = 0
      for (let a = 0; a < count && !isAll; a++) {
        for (let b = a + 1; b < count; b++) {
          if (cost[a * count + b] === Infinity || reducedCost(a, b, weightOf(a, b)) >= 0) continue
          edges.from.push(a)
          edges.to.push(b)
          added++
        }
      }
      if (added === 0) return mate
    }
  }
}

/** Sum of what pairs cost, each once. */
export function costOfPairs(mate: Int32Array, cost: Float64Array): number {
  return mate.reduce((sum, b, a) => (a < b ? sum + cost[a * mate.length + b] : sum), 0)
}

/** Each node with its nearest, each pair once. */
function nearestPairs(count: number, cost: Float64Array, nearest: number): { from: number[]; to: number[] } {
  const from: number[] = []
  const to: number[] = []
  const isThere = new Uint8Array(count * count)
  for (let a = 0; a < count; a++) {
    const others = Array.from({ length: count }, (_, b) => b).filter((b) => b !== a && cost[a * count + b] < Infinity)
    others.sort((b, c) => cost[a * count + b] - cost[a * count + c] || b - c)
    for (const b of others.slice(0, nearest)) {
      const at = a < b ? a * count + b : b * count + a
      if (isThere[at] === 1) continue
      isThere[at] = 1
      from.push(Math.min(a, b))
      to.push(Math.max(a, b))
    }
  }
  return { from, to }
}
