import type { WalkRows } from '@/algorithms/routing/walks-within'
import type { SitingTask } from '@/core/coverage/siting'

/** Sites and demands of a task, in columns: what passes to the worker. */
export interface SolveSitingInput {
  readonly task: SitingTask
  /**
   * Sites that can be reached by demand (building door), as `walksWithin` measures them; place: the site. Within the limit is enough for
   * `most_served` and `fewest_stations`; the other aims look at all that are there.
   */
  readonly walks: WalkRows
  /** Households by category code, 8 a demand. */
  readonly households: Int32Array
  /** By site, a value of `SITE`: stations that stay, candidates, places that must be opened. Barred places are not among the sites. */
  readonly state: Uint8Array
  /** Households a station that stays can serve, by site; 0: as many as come. Not looked at for new ones, nor unless the task keeps it. */
  readonly capacity: Int32Array
}

/** Sites chosen so far, and what is proved of them. */
export interface SolvedSiting {
  /** 1 where open, stations that stay among them; by site. */
  readonly open: Uint8Array
  /** As in a `SitingScenario`: units of the aim. */
  readonly value: number
  readonly bound: number
  /** Nothing is better; sums of metres within a millionth. */
  readonly isProved: boolean
  /** Difference of value and bound as a share of the bound; 0 where proved. */
  readonly gap: number
  /** Milliseconds since the beginning. */
  readonly ms: number
}
