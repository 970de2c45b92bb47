import type { PatrolAim, PatrolOccasion, StreetStretch } from '@/core/patrol/patrol'
import type { LngLat } from '@/core/units'

/** Days in Shanghai, ISO, both included. */
export interface PatrolPeriod {
  readonly fromDay: string
  readonly toDay: string
}

/** Periods offered by one press, days up to today. */
export const PERIOD_DAYS = [1, 7, 28] as const
/** The period one begins with. */
export const USUAL_DAYS = 7

/** Whoever wants the next clicks on streets: told the stretch between two crossings that was pressed. */
export interface StreetPick {
  /** What a click will do; key of this room. */
  readonly hintKey: string
  readonly hintValues?: Readonly<Record<string, string | number>>
  take(stretch: StreetStretch): void
}

/** Weekly streets of a plan by duty: none; those not walked for a week; all. */
export const WEEKLY_SHARES = ['none', 'due', 'all'] as const
export type WeeklyShare = (typeof WEEKLY_SHARES)[number]

/** Somebody to walk a route; named, or yet to be named. */
export interface Walker {
  readonly personId: string | null
  /** Grids of the zone of responsibility; empty: the whole community. */
  readonly gridIds: readonly string[]
}

/** What a plan is asked for. */
export interface PlanRequest {
  /** Community index. */
  readonly community: number
  readonly title: string
  readonly occasion: PatrolOccasion
  readonly aim: PatrolAim
  /** Occasion `duty`. */
  readonly weekly: WeeklyShare
  /** Occasion `hot_spots`: open issues at a street that make it one. */
  readonly leastIssues: number
  /** Occasion `unserved_households`: days since a building was passed. */
  readonly unservedDays: number
  /** Occasions `chosen` and `missed`. */
  readonly stretches: readonly StreetStretch[]
  /** Whether checkpoints that are due are come by. */
  readonly withCheckpoints: boolean
  readonly walkers: readonly Walker[]
  /** Where all begin; and whether they come back there, or end wherever. */
  readonly start: LngLat
  readonly returns: boolean
  readonly startMinute: number
  readonly shiftMinutes: number
  readonly serveMPerS: number
  readonly walkMPerS: number
  /** Monday first; all false: on `validFrom` only. */
  readonly weekdays: readonly boolean[]
  readonly validFrom: string
  readonly validTo: string | null
}
