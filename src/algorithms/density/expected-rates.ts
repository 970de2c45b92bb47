/** What a rate is told for: so many households. */
const PER = 1000

/**
 * Counts per 1,000 of an exposure, small numbers masked: a single matter in a stairwell says who it was.
 *
 * @param counts by place
 * @param exposure households or hours by place
 * @param maskBelow counts of 1 … maskBelow − 1 are masked
 * @returns rate by place; NaN where masked or the exposure is 0
 */
export function ratesPerThousand(counts: ArrayLike<number>, exposure: ArrayLike<number>, maskBelow: number): Float64Array {
  return Float64Array.from(counts, (count, k) => (exposure[k] > 0 && (count === 0 || count >= maskBelow) ? (PER * count) / exposure[k] : NaN))
}

/**
 * Rates that can be compared between places of many and of few: how far the rate of a place lies from that of all, in
 * standard deviations of its own. 0 where there is no exposure: neither more nor less than expected.
 *
 * Complexity: O(n).
 * Source: empirical Bayes standardisation, Assunção and Reis, A new proposal to adjust Moran's I for population density,
 * Statistics in Medicine 18 (1999); a variance between places below 0 counts as none.
 */
export function standardizeRates(counts: ArrayLike<number>, exposure: ArrayLike<number>): Float64Array {
  let [found, exposed, places] = [0, 0, 0]
  for (let k = 0; k < counts.length; k++) {
    if (!(exposure[k] > 0)) continue
    found += counts[k]
    exposed += exposure[k]
    places++
  }
  const mean = exposed > 0 ? found / exposed : 0
  let squares = 0
  for (let k = 0; k < counts.length; k++) if (exposure[k] > 0) squares += exposure[k] * (counts[k] / exposure[k] - mean) ** 2
  const between = exposed > 0 ? Math.max(0, squares / exposed - mean / (exposed / places)) : 0
  return Float64Array.from(counts, (count, k) => {
    if (!(exposure[k] > 0) || mean === 0) return 0
    return (count / exposure[k] - mean) / Math.sqrt(between + mean / exposure[k])
  })
}
