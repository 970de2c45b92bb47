import type { WalkRows } from '@/algorithms/routing/walks-within'
import type { SitingFigures, SitingTask } from '@/core/coverage/siting'

/** Sites and demands of a task, in columns: what passes to the worker. */
export interface SolveSitingInput {
  readonly task: SitingTask
  /**
   * Sites that can be reached by demand (building door), as `walksWithin` measures them; place: the site. Within the limit is enough for
   * `most_served` and `fewest_stations`; the other aims, and mean and longest walk of the figures, look at all that are there.
   */
  readonly walks: WalkRows
  /** Households by category code, 8 a demand. */
  readonly households: Int32Array
  /** Households whose door could not be brought onto the streets; they stand in no demand. */
  readonly refused: number
  /** By site, a value of `SITE`: stations that stay, candidates, places that must be opened. Barred places are not among the sites. */
  readonly state: Uint8Array
  /** Households a station that stays can serve, by site; 0: as many as come. Not looked at for new ones, nor unless the task keeps it. */
  readonly capacity: Int32Array
}

/** Who goes where with some sites open; columns by demand unless named otherwise. Served + full + far = households of the demand. */
export interface ServedSites {
  /** Within the limit of an open station that has room for them. */
  readonly served: Int32Array
  /** Within the limit, but every station there is full: the residual need that capacity would mend. */
  readonly full: Int32Array
  /** No open station within the limit: the residual need that a site would mend. */
  readonly far: Int32Array
  /** Nearest open station, full or not, and the walk to it; −1 where none can be reached. */
  readonly nearest: Int32Array
  readonly nearestCm: Int32Array
  /** Households that go there, by site; never more than its capacity. */
  readonly load: Int32Array
  readonly figures: SitingFigures
}

/** Sites chosen so far, what is proved of them, and whom they serve. */
export interface SolvedSiting {
  /** 1 where open, stations that stay among them; by site. */
  readonly open: Uint8Array
  /** As `SitingScenario`: units of the aim. */
  readonly value: number
  readonly bound: number
  readonly isProved: boolean
  /** Difference of value and bound as a share of the bound; 0 where proved. */
  readonly gap: number
  /** Milliseconds since the beginning. */
  readonly ms: number
  readonly served: ServedSites
}
