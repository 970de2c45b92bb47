import type { StreetStretch } from '@/core/patrol/patrol'

/** Days in Shanghai, ISO, both included. */
export interface PatrolPeriod {
  readonly fromDay: string
  readonly toDay: string
}

/** Periods offered by one press, days up to today. */
export const PERIOD_DAYS = [1, 7, 28] as const

/** Whoever wants the next clicks on streets: told the stretch between two crossings that was pressed, and the whole street with it. */
export interface StreetPick {
  /** What a click will do; key of this room. */
  readonly hintKey: string
  readonly hintValues?: Readonly<Record<string, string | number>>
  take(stretch: StreetStretch): void
}
