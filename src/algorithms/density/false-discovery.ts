/** Benjamini and Hochberg (1995) for independent tests; Benjamini and Yekutieli (2001) whatever their dependence. */
export type Correction = 'benjamini-hochberg' | 'benjamini-yekutieli'

/**
 * Adjusts p for many tests: those at most a level are discoveries of which in the mean at most that share is false.
 *
 * @param p by test, 0 … 1
 * @returns adjusted p by test, never below p, in the same order as p
 * Complexity: O(n log n).
 * Source: Benjamini and Hochberg, JRSS B 57 (1995); Benjamini and Yekutieli, Annals of Statistics 29 (2001), theorem 1.3.
 */
export function adjustDiscoveries(p: Float64Array, correction: Correction): Float64Array {
  const order = Array.from(p, (_, k) => k).sort((a, b) => p[a] - p[b] || a - b)
  const adjusted = new Float64Array(p.length)
  let factor = p.length
  if (correction === 'benjamini-yekutieli') factor *= order.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0)
  let least = 1
  for (let rank = order.length - 1; rank >= 0; rank--) {
    least = Math.min(least, (factor * p[order[rank]]) / (rank + 1))
    adjusted[order[rank]] = least
  }
  return adjusted
}
