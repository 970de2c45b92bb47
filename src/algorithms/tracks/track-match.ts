/** One edge of the street graph, or part of it, walked once in one direction. */
export interface WalkedPart {
  readonly edge: number
  /** Metres along the edge where it was begun and ended; fromM > toM where it was walked against the edge. */
  readonly fromM: number
  readonly toM: number
  /** Cleaned fixes between which it was walked. */
  readonly fromFix: number
  readonly toFix: number
  /** Milliseconds since 1970, between fixes by the length walked. */
  readonly fromMs: number
  readonly toMs: number
  /** 0 … 1. */
  readonly confidence: number
}

/** Part of a walk away from all streets. */
export interface OffPart {
  /** x, y by point, metres: from the street left, by the fixes, to the street come back to. */
  readonly xyM: Float64Array
  readonly fromFix: number
  readonly toFix: number
  readonly fromMs: number
  readonly toMs: number
  readonly confidence: number
}

/** Where a track went, in the order of time. */
export interface TrackMatch {
  readonly walked: readonly WalkedPart[]
  readonly off: readonly OffPart[]
  /** Spread of the fixes the match reckoned with, metres by axis. */
  readonly sigmaM: number
}
