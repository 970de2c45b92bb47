/**
 * Positions a device reported on one walk, as they came: n fixes, in no promised order. Plain columns, never mutated, so they
 * pass to a worker as they are.
 */
export interface TrackFixes {
  /** When, milliseconds since 1970; NaN where the source says nothing of it; n. */
  readonly atMs: Float64Array
  /** x, y by fix, metres of the plane frame of the streets; 2n. */
  readonly xyM: Float64Array
  /** Radius the device says the true place lies within at 68 %, metres; NaN = not said; n. */
  readonly accuracyM: Float64Array
}

/** Why fixes of a track are not used. A fix is counted once, under the first reason that holds. */
export const DROP_REASONS = ['invalid', 'inaccurate', 'backwards', 'duplicate', 'jump', 'lone'] as const
export type DropReason = (typeof DROP_REASONS)[number]

/** What became of the fixes of a track: given = used + dropped + standing + thinned. */
export interface CleanCounts {
  readonly given: number
  /** Fixes the match rests on. */
  readonly used: number
  /**
   * Dropped by reason. `invalid`: position or time no number; `inaccurate`: worse than the limit; `backwards`: earlier than a
   * fix before it; `duplicate`: at the moment of another; `jump`: cannot be walked to; `lone`: alone between two gaps.
   */
  readonly dropped: Readonly<Record<DropReason, number>>
  /** Fixes taken together into one place where nobody moved, and how long that was in all. */
  readonly standing: number
  readonly stops: number
  readonly stoppedMs: number
  /** Left out because they lie close to one that is used. */
  readonly thinned: number
  /** Pauses longer than the limit and leaps farther than it; the way between is not known. */
  readonly gaps: number
}
