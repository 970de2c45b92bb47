import type { StreetColumns, WalkBarriers } from '@/algorithms/routing/street-graph'
import type { CleanSettings } from '@/algorithms/tracks/clean-track'
import type { MatchSettings } from '@/algorithms/tracks/match-settings'
import type { CleanCounts, TrackFixes } from '@/algorithms/tracks/track-fixes'
import type { StreetStretch } from '@/core/patrol/patrol'

/** A track as it was recorded. */
export interface RawTrack extends TrackFixes {
  /** Given back with the match, nothing else. */
  readonly trackId: string
}

/** What tracks are matched from: streets once, tracks as many as there are. Metres of one plane frame. */
export interface MatchTracksInput {
  readonly streets: StreetColumns
  /** Database id by line of `streets`. */
  readonly streetIds: Int32Array
  /** Walls and closed gates; see `WalkBarriers`. */
  readonly barriers?: WalkBarriers
  readonly tracks: readonly RawTrack[]
  /** What differs from `CLEAN_SETTINGS` and `MATCH_SETTINGS`. */
  readonly clean?: Partial<CleanSettings>
  readonly match?: Partial<MatchSettings>
}

/** Part of one street walked once, in one direction; `fromCm` < `toCm` whichever. */
export interface WalkedStretch extends StreetStretch {
  /** Walked from `toCm` to `fromCm`. */
  readonly reversed: boolean
  /** When, milliseconds since 1970, between fixes by the length walked. */
  readonly fromAtMs: number
  readonly toAtMs: number
  /** 0 … 1: how much of the probability of all ways the fixes allow runs here. */
  readonly confidence: number
}

/** Part of a walk away from all streets: courtyards, stairs, ways no map knows. */
export interface OffNetworkStretch {
  /** x, y by point, metres. */
  readonly xyM: Float64Array
  readonly lengthM: number
  readonly fromAtMs: number
  readonly toAtMs: number
  readonly confidence: number
}

/** A track on the streets, in the order of time. */
export interface MatchedTrack {
  readonly trackId: string
  /** What is likelier than not; the rest is `doubtfulM`. */
  readonly walked: readonly WalkedStretch[]
  /** Metres along streets that were as likely walked elsewhere. */
  readonly doubtfulM: number
  readonly offNetwork: readonly OffNetworkStretch[]
  readonly cleaned: CleanCounts
  /** Spread of the fixes about the streets the match reckoned with, metres by axis. */
  readonly sigmaM: number
}

export interface MatchTracksResult {
  /** In the order of the input. */
  readonly tracks: readonly MatchedTrack[]
}
