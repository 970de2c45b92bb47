export interface ForecastHits {
  /** Places named. */
  readonly named: number
  /** Matters of the weeks held out in them. */
  readonly hits: number
  /** Prediction accuracy index: share of matters hit over share of area named. */
  readonly pai: number
  /** PEI*: hits over the most that as many places could have hit. */
  readonly pei: number
}

/**
 * How well places named beforehand caught what came after; places are of one size.
 *
 * @param named places, each once
 * @param later count by place in the weeks held out
 * @param elsewhere what came in none of the places: nothing could have named it
 * @returns figures of 0 where nothing was named or nothing came
 * Complexity: O(n log n).
 * Source: Chainey, Tompson and Uhlig, The utility of hotspot mapping for predicting spatial patterns of crime, Security
 * Journal 21 (2008); PEI* against the best choice of the same area: White, Hunt and Green, A discussion of current crime
 * forecasting indices and an improvement to the prediction efficiency index, Security Journal (2023).
 */
export function scoreForecast(named: ArrayLike<number>, later: ArrayLike<number>, elsewhere: number): ForecastHits {
  const sorted = Float64Array.from(later).sort().reverse()
  const all = sorted.reduce((sum, count) => sum + count, elsewhere)
  const most = sorted.subarray(0, named.length).reduce((sum, count) => sum + count, 0)
  let hits = 0
  for (let k = 0; k < named.length; k++) hits += later[named[k]]
  return {
    named: named.length,
    hits,
    pai: all > 0 && named.length > 0 ? hits / all / (named.length / later.length) : 0,
    pei: most > 0 ? hits / most : 0,
  }
}

/** The places with the highest values, the lower number first among equals. */
export function topPlaces(values: ArrayLike<number>, count: number): Int32Array {
  return Int32Array.from(values, (_, k) => k).sort((a, b) => values[b] - values[a] || a - b).slice(0, count)
}
