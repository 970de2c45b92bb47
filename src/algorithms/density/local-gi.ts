import type { Neighbours } from './neighbours'

export interface GiChoice {
  /** Gi*: a place is its own neighbour. Gi: it is left out altogether, of its own mean and variance too. */
  readonly star: boolean
  /**
   * What Gi*'s variance is divided by: `n`, as PySAL and GeoDa do and Ord and Getis (1995) write; `n - 1`, as the figures
   * Getis and Ord (1992) print for Gi*. Gi always stands on the n − 1 others.
   */
  readonly variance: 'n' | 'n - 1'
}

export const GI_STAR: GiChoice = { star: true, variance: 'n' }

/**
 * Local statistic of Getis and Ord by place, as standard deviations from what no clustering would give.
 *
 * @param values by place
 * @param neighbours binary weights
 * @returns z by place; 0 where nothing can vary: no neighbours (Gi), all are neighbours, or all values are equal
 * Complexity: O(n + neighbours).
 * Source: Ord and Getis, Local spatial autocorrelation statistics, Geographical Analysis 27 (1995), equations 5 and 6.
 */
export function localGi(values: ArrayLike<number>, neighbours: Neighbours, { star, variance }: GiChoice): Float64Array {
  const count = values.length
  const z = new Float64Array(count)
  let sum = 0
  let squares = 0
  for (let k = 0; k < count; k++) {
    sum += values[k]
    squares += values[k] * values[k]
  }
  const around = sumAround(values, neighbours)
  for (let k = 0; k < count; k++) {
    const own = values[k]
    const weights = neighbours.start[k + 1] - neighbours.start[k] + Number(star)
    const found = around[k] + (star ? own : 0)
    const among = star ? count : count - 1
    const mean = (star ? sum : sum - own) / among
    const meanSquare = (star ? squares : squares - own * own) / among
    const spread = meanSquare - mean * mean
    // What is left of a difference of equal numbers is rounding.
    if (!(spread > 1e-12 * meanSquare)) continue
    const scale = star && variance === 'n - 1' ? among / (among - 1) : 1
    const spreadOfSum = (spread * scale * weights * (among - weights)) / (among - 1)
    if (spreadOfSum > 0) z[k] = (found - weights * mean) / Math.sqrt(spreadOfSum)
  }
  return z
}

/** Sum of the neighbours' values by place, its own left out. */
export function sumAround(values: ArrayLike<number>, { start, neighbour }: Neighbours): Float64Array {
  const sum = new Float64Array(values.length)
  for (let k = 0; k < sum.length; k++) {
    let found = 0
    for (let at = start[k]; at < start[k + 1]; at++) found += values[neighbour[at]]
    sum[k] = found
  }
  return sum
}
