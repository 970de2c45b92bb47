import type { StreetCoverage, StreetStretch } from '@/core/patrol/patrol'
import type { Span } from '@/core/patrol/spans'
import type { LngLat } from '@/core/units'

/** What the colours of streets mean; one at a time. Routes, a walk and what is chosen are drawn above it. */
export const STREET_THEMES = ['duty', 'coverage', 'recency', 'none'] as const
export type StreetTheme = (typeof STREET_THEMES)[number]

/** A stretch as the map colours it by what was walked: of a period, of the persons and plans that are looked at. */
export interface CoveredStretch extends StreetStretch {
  readonly coverage: StreetCoverage
  /** Share of its length that was walked, 0 … 1. */
  readonly share: number
  /** Where it is partly walked: the parts that were, in order and apart; else empty. */
  readonly walked: readonly Span[]
  /** Whole days in Shanghai since it was walked last, 0 today; null: not within the days that were read. */
  readonly daysSince: number | null
}

/** What the map shows of one walk beside its matched stretches, which it takes from the columns; each only as far as the person may read it. */
export interface WalkTrace {
  readonly trackId: string
  /** Fixes in the order of time, metres of radius (−1 unknown); empty: not asked for. */
  readonly raw: readonly { readonly lngLat: LngLat; readonly accuracyM: number; readonly isDropped: boolean }[]
  /** Parts off the streets. */
  readonly yards: readonly (readonly LngLat[])[]
}
