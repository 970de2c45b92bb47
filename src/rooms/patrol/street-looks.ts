import type { StreetCoverage, StreetDuty } from '@/core/patrol/patrol'
import type { StreetTheme } from './map-data'
import { RECENCY_DAYS } from './operations/coverage-of-period'

/** How a street may look; shape of line first, colour second. */
export const STREET_LOOKS = ['daily', 'weekly', 'off', 'covered', 'partial', 'missed', 'age0', 'age1', 'age2', 'age3', 'age4', 'never'] as const
export type StreetLook = (typeof STREET_LOOKS)[number]

/** A line on the map and in the legend. `dash`: of its own width, drawn and left out by turns; null: drawn through. `scale`: of the width of a street. */
export interface LineStyle {
  readonly colour: string
  readonly dash: readonly number[] | null
  readonly scale: number
}

export const LINE_STYLES: Readonly<Record<StreetLook, LineStyle>> = {
  daily: { colour: '#0A5F5E', dash: null, scale: 1 },
  weekly: { colour: '#2A66AB', dash: [2.4, 1.1], scale: 1 },
  off: { colour: '#67747A', dash: [0.9, 2.2], scale: 0.5 },
  covered: { colour: '#0A5F5E', dash: null, scale: 1 },
  partial: { colour: '#C77700', dash: [3.2, 1], scale: 1 },
  missed: { colour: '#B3261E', dash: [1, 0.9], scale: 1.15 },
  age0: { colour: '#D6CDEA', dash: null, scale: 1 },
  age1: { colour: '#B3A2DA', dash: null, scale: 1 },
  age2: { colour: '#8B72C4', dash: null, scale: 1 },
  age3: { colour: '#5F3FA3', dash: null, scale: 1 },
  age4: { colour: '#33146F', dash: [2.2, 1], scale: 1 },
  never: { colour: '#1B2529', dash: [0.8, 1.2], scale: 0.8 },
}

/** Looks of a theme in the order of its legend. */
export const LOOKS_OF: Readonly<Record<StreetTheme, readonly StreetLook[]>> = {
  duty: ['daily', 'weekly', 'off'],
  coverage: ['covered', 'partial', 'missed', 'off'],
  recency: ['age0', 'age1', 'age2', 'age3', 'age4', 'never', 'off'],
  none: [],
}

export const lookOfDuty = (duty: StreetDuty): StreetLook => (duty === 'none' ? 'off' : duty)
export const lookOfCoverage = (coverage: StreetCoverage): StreetLook => (coverage === 'none' ? 'off' : coverage)

/** Five fixed classes, the same for any view and period. @param days whole days since it was walked, 0 today; null: not within what was read */
export function lookOfAge(days: number | null): StreetLook {
  if (days === null) return 'never'
  const step = RECENCY_DAYS.findIndex((most) => days <= most)
  return `age${step < 0 ? RECENCY_DAYS.length : step}` as StreetLook
}
