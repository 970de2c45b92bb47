import type { SitingAim } from '@/core/coverage/siting'
import type { WalkRows } from '../routing/walks-within'

/** What a site is: it may be opened, is a station that stays, or has to be opened and counts as new. */
export const SITE = { candidate: 0, kept: 1, forced: 2 } as const

/**
 * Which sites to open. Units of a demand are alike and may go to different sites; nobody goes to a site that is closed or full.
 * - `most_served`: most units, each times its weight, within the limit.
 * - `fewest_stations`: fewest new sites with which as many units are within the limit of one that has room as can be.
 * - `least_total_walk`: least sum of weight times walk, without limit; a unit that none has room for counts `farCm`.
 * - `least_worst_walk`: as many units go somewhere as can, and the longest walk is the least; weights and limit are not looked at.
 */
export interface SitingProblem {
  readonly aim: SitingAim
  /** Rows by demand: sites that can be reached, the nearest first; place: the site. */
  readonly walks: WalkRows
  /** Units (households) by demand, whole ≥ 0. */
  readonly units: Int32Array
  /** What one unit of the demand counts, whole ≥ 1. */
  readonly weight: Int32Array
  /** Inclusive. */
  readonly limitCm: number
  /** What a unit counts that goes nowhere, where walks are summed; no shorter than any walk. */
  readonly farCm: number
  /** By site, a value of `SITE`. */
  readonly state: Uint8Array
  /** Units a site can serve; 0: as many as come. */
  readonly capacity: Int32Array
  /** New sites at most, those that have to be opened among them; `fewest_stations` does not look at it. */
  readonly count: number
}

/** Sites chosen, and what is proved of them. */
export interface SitingAnswer {
  /** 1 where open, kept sites among them; by site. */
  readonly open: Uint8Array
  /** What the aim comes to: weighted units, new sites, weighted metres, metres. Demands that can reach no site at all add nothing. */
  readonly value: number
  /** What no choice can better. */
  readonly bound: number
  /** `bound` equals `value`; sums of metres within a millionth. */
  readonly isProved: boolean
}
