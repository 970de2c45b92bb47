import type { Station } from '../scope'
import type { LngLat } from '../units'

/**
 * What new stations are to bring: most households within the limit (maximal covering, Church and ReVelle 1974), fewest stations that
 * reach all (set covering, Toregas 1971), least walking in all (p-median, Hakimi 1964), or the least longest walk (p-center).
 */
export const SITING_AIMS = ['most_served', 'fewest_stations', 'least_total_walk', 'least_worst_walk'] as const
export type SitingAim = (typeof SITING_AIMS)[number]

/** `draft` can be edited; the sites of a `published` one are stations; `dropped` was given up. */
export const SITING_STATES = ['draft', 'published', 'dropped'] as const
export type SitingState = (typeof SITING_STATES)[number]

/** Where candidates come from: doors of buildings in use for services, of all buildings, junctions of streets, or chosen on the map only. */
export const CANDIDATE_RULES = ['public_buildings', 'buildings', 'junctions', 'by_hand'] as const
export type CandidateRule = (typeof CANDIDATE_RULES)[number]

/** What was asked. */
export interface SitingTask {
  readonly aim: SitingAim
  /** Community indices served; empty: the whole land. */
  readonly communities: readonly number[]
  /** Longest walk, metres, inclusive. */
  readonly limitM: number
  /** Levels of stations that stay and serve too. */
  readonly keptLevels: readonly Station['level'][]
  /** Level of the new ones. */
  readonly level: Station['level']
  /** New stations at most; not asked by `fewest_stations`. */
  readonly count: number
  /** Households one new station can serve; 0: as many as come. */
  readonly capacity: number
  /** Whether stations that stay serve no more than their capacity (0 there: as many as come). */
  readonly keepsCapacity: boolean
  /** Most the new ones may cost together, and what one costs; 0: not looked at. Thousand yuan. */
  readonly budget: number
  readonly costEach: number
  /** How much a household of each category counts, 1 … 10; by category code, length 8. */
  readonly weights: readonly number[]
  readonly candidates: CandidateRule
  /** Candidates added by hand; places where a station is to be opened in any case, counted among the new ones; places where none may be. */
  readonly added: readonly LngLat[]
  readonly forced: readonly LngLat[]
  readonly barred: readonly LngLat[]
}

export interface SitedStation {
  readonly at: LngLat
  readonly name: string
  readonly level: Station['level']
  readonly capacity: number
  /** Community index. */
  readonly community: number
  /** Building it is in; null beside a street. */
  readonly buildingId: number | null
  /** Put there by hand rather than by the solver. */
  readonly byHand: boolean
}

/** Households and walks with all stations that stay and the sited ones open. Served + full + far + refused = households. */
export interface SitingFigures {
  readonly households: number
  /** Within the limit of a station that has room for them. */
  readonly served: number
  /** Within the limit, but every station there is full. */
  readonly full: number
  /** No station within the limit. */
  readonly far: number
  /** Could not be brought onto the streets, so not known. */
  readonly refused: number
  /** Served before anything was sited. */
  readonly servedBefore: number
  /** Mean and longest walk of all households that reach some station, metres. */
  readonly meanM: number
  readonly worstM: number
}

export interface SitingScenario {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly state: SitingState
  readonly task: SitingTask
  readonly sites: readonly SitedStation[]
  readonly figures: SitingFigures
  /** What the solver's aim came to, and what nothing can better; equal where it is proved. Units of the aim: weighted households, stations, weighted metres, metres. */
  readonly value: number
  readonly bound: number
  readonly revision: number
  readonly savedAt: string
  /** Masked. */
  readonly savedBy: string
}
