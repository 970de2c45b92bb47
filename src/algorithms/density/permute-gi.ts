import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { sumAround } from './local-gi'
import type { Neighbours } from './neighbours'

export interface Permutations {
  /** Draws for every place, 999 as is usual. */
  readonly runs: number
  /** Draws more for places where fewer than `ENOUGH` of the first were as extreme. */
  readonly furtherRuns: number
  readonly seed: number
}

export interface PermutedGi {
  /** Two-sided pseudo p by place: twice the smaller of the shares of draws at least as high and at least as low, the place itself counted as one; at most 1. */
  readonly p: Float64Array
  /** What p speaks of: 1 where fewer draws were as high as what was found than as low, −1 where fewer were as low, 0 else. */
  readonly side: Int8Array
  /** Places that took the further draws. */
  readonly refined: number
}

/** So many draws as extreme as what was found tell its p to within a third; fewer ask for more draws. */
const ENOUGH = 10

/**
 * Conditional permutations of Gi and Gi* with binary weights: the place keeps its value, its k neighbours get those of k
 * others at random. Own values are on both sides of the comparison, so p and its side are the same for Gi and Gi*; the sign of Gi* is not
 * that side: a high value among low ones can lift it above 0.
 *
 * One draw serves all places, as in PySAL and GeoDa: the first k of a random order of all values that are not the place
 * itself are a fair draw of k others. So with the sums along the order a draw costs a place one comparison, not k.
 * Where 999 draws say only "rarer than 0.002", `furtherRuns` tell how rare, which a correction for thousands of places
 * needs (Besag and Clifford, Biometrika 78 (1991), in two stages).
 *
 * Complexity: O(runs · (n + most neighbours)).
 * Source: Anselin, Local indicators of spatial association, Geographical Analysis 27 (1995), section 4.
 */
export function permuteGi(
  values: ArrayLike<number>, neighbours: Neighbours, { runs, furtherRuns, seed }: Permutations, control: SolverControl = {},
): PermutedGi {
  const count = values.length
  const found = sumAround(values, neighbours)
  const degree = Int32Array.from(found, (_, k) => neighbours.start[k + 1] - neighbours.start[k])
  const draws = new Draws(Float64Array.from(values), Math.min(count, degree.reduce((most, k) => Math.max(most, k), 0) + 1), seededRandom(seed))
  const high = new Int32Array(count)
  const low = new Int32Array(count)
  const all = Int32Array.from(found, (_, k) => k)
  const total = runs + furtherRuns
  for (let run = 0; run < runs; run++) {
    if ((run & 31) === 0) {
      if (control.signal?.aborted) break
      control.onProgress?.(run / total, 'permutations')
    }
    draws.next()
    draws.compare(all, degree, found, high, low)
  }
  const rare = all.filter((k) => Math.min(high[k], low[k]) < ENOUGH)
  for (let run = 0; run < furtherRuns && rare.length > 0; run++) {
    if ((run & 1023) === 0) {
      if (control.signal?.aborted) break
      control.onProgress?.((runs + run) / total, 'permutations')
    }
    draws.next()
    draws.compare(rare, degree, found, high, low)
  }
  const p = Float64Array.from(found, (_, k) => Math.min(1, (2 * (Math.min(high[k], low[k]) + 1)) / (runs + 1)))
  for (const k of rare) p[k] = Math.min(1, (2 * (Math.min(high[k], low[k]) + 1)) / (total + 1))
  const side = Int8Array.from(found, (_, k) => Math.sign(low[k] - high[k]))
  return { p, side, refined: furtherRuns > 0 ? rare.length : 0 }
}

/** Beginnings of random orders of some values, one after the other, with the sums along them. */
class Draws {
  private readonly order: Int32Array
  /** Sum of the first k values of the order. */
  private readonly sums: Float64Array
  /** Where in the drawn beginning a place stands; beyond it where it does not. */
  private readonly turn: Int32Array
  /** Sums of the same values in another order differ by rounding. */
  private readonly slack: number

  constructor(private readonly values: Float64Array, private readonly length: number, private readonly random: () => number) {
    this.order = Int32Array.from(values, (_, k) => k)
    this.sums = new Float64Array(length + 1)
    this.turn = new Int32Array(values.length).fill(length)
    this.slack = 1e-10 * values.reduce((sum, value) => sum + Math.abs(value), 0)
  }

  /** Fisher and Yates, as far as is needed; it goes on from the last order, which is as good as any. */
  next(): void {
    const { order, sums, turn, values, length, random } = this
    for (let k = 0; k < length; k++) turn[order[k]] = length
    for (let k = 0; k < length; k++) {
      const other = k + Math.floor(random() * (order.length - k))
      const place = order[other]
      order[other] = order[k]
      order[k] = place
      turn[place] = k
      sums[k + 1] = sums[k] + values[place]
    }
  }

  /** Count for some places whether the draw is at least as high, and at least as low, as what was found. */
  compare(places: Int32Array, degree: Int32Array, found: Float64Array, high: Int32Array, low: Int32Array): void {
    const { sums, turn, values, slack } = this
    for (let at = 0; at < places.length; at++) {
      const place = places[at]
      const k = degree[place]
      const drawn = turn[place] < k ? sums[k + 1] - values[place] : sums[k]
      const over = drawn - found[place]
      if (over >= -slack) high[place]++
      if (over <= slack) low[place]++
    }
  }
}
