import type { SolverControl } from '../shared/solver-control'
import { adjustDiscoveries, type Correction } from './false-discovery'
import { GI_STAR, localGi } from './local-gi'
import type { Neighbours } from './neighbours'
import { permuteGi, type Permutations } from './permute-gi'

export interface HotSpotTest extends Permutations {
  readonly correction: Correction
  /** Share of false discoveries allowed, 0 … 1. */
  readonly level: number
}

export interface HotSpots {
  /** Gi*, variance over n. */
  readonly z: Float64Array
  /** Two-sided, by conditional permutations. */
  readonly p: Float64Array
  /** p adjusted for the number of places. */
  readonly q: Float64Array
  /** Whether the neighbours are high, 1, or low, −1, among the draws; 0 neither. */
  readonly side: Int8Array
  /** The side where q is at most the level: 1 hot, −1 cold; 0 elsewhere. */
  readonly hot: Int8Array
  /** Places that took further draws. */
  readonly refined: number
}

/**
 * Places with more, or less, around them than chance would put there; see the passes for sources and complexity. Chance and side
 * are told by the same draws, which hold the place's own value: one high place among low ones is not hot, whatever its Gi*.
 */
export function findHotSpots(values: ArrayLike<number>, neighbours: Neighbours, test: HotSpotTest, control?: SolverControl): HotSpots {
  const z = localGi(values, neighbours, GI_STAR)
  const { p, side, refined } = permuteGi(values, neighbours, test, control)
  const q = adjustDiscoveries(p, test.correction)
  return { z, p, q, side, hot: side.map((one, k) => (q[k] <= test.level ? one : 0)), refined }
}
