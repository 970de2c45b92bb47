/** The words of patrols (巡查), the same in SQL, in TypeScript and in the interface. */

/** How often a street is to be walked; `none`: it cannot or need not be patrolled, and counts as done. */
export const STREET_DUTIES = ['daily', 'weekly', 'none'] as const
export type StreetDuty = (typeof STREET_DUTIES)[number]

export const PATROL_KINDS = ['daily', 'special'] as const
export type PatrolKind = (typeof PATROL_KINDS)[number]

/** What a patrol was drawn up for: streets due by their duty, a choice on the map, or one of the occasions of a special patrol. */
export const PATROL_OCCASIONS = ['duty', 'chosen', 'hot_spots', 'overdue_streets', 'unserved_households', 'checkpoints', 'missed'] as const
export type PatrolOccasion = (typeof PATROL_OCCASIONS)[number]

/** `draft` can be edited; `published` is in force from its first day to its last; `ended` was replaced or stopped. */
export const PATROL_STATES = ['draft', 'published', 'ended'] as const
export type PatrolState = (typeof PATROL_STATES)[number]

/** The longest first, or the sum first with each within the shift. */
export const PATROL_AIMS = ['min_max', 'min_total'] as const
export type PatrolAim = (typeof PATROL_AIMS)[number]

/** Where a walk came from. */
export const TRACK_SOURCES = ['recorded', 'gpx'] as const
export type TrackSource = (typeof TRACK_SOURCES)[number]

/** `open` takes fixes; `ended` waits to be matched; `matched` has its walked stretches. */
export const TRACK_STATES = ['open', 'ended', 'matched'] as const
export type TrackState = (typeof TRACK_STATES)[number]

/** A checkpoint on a walk: seen there, probably there, or confirmed by hand on the spot. */
export const CHECKPOINT_MARKS = ['visited', 'probable', 'confirmed'] as const
export type CheckpointMark = (typeof CHECKPOINT_MARKS)[number]

/** What became of a stretch of street in a period. */
export const STREET_COVERAGES = ['covered', 'partial', 'missed', 'none'] as const
export type StreetCoverage = (typeof STREET_COVERAGES)[number]

/**
 * Part of a street: its database id and centimetres along its line from the first point, measured in the frame of the land
 * (`LandFrame`); from < to. The whole street ends at its length rounded to the centimetre. All that is kept of streets, duties,
 * routes and what was walked, is said in these.
 */
export interface StreetStretch {
  readonly streetId: number
  readonly fromCm: number
  readonly toCm: number
}

/** One part of a route in its order. */
export interface RouteStep extends StreetStretch {
  /** Walked from `toCm` to `fromCm`. */
  readonly reversed: boolean
  /** Looked at on this pass, or only passed on the way. A path assumed over a gap has `streetId` 0 and is only passed. */
  readonly served: boolean
}
