import { SPECIAL_CATEGORY_CODES } from '@/core/categories'

/** Weeks on one sheet of a workbook: a quarter. */
export const WORKBOOK_WEEKS = 13
const DAY_MS = 86_400_000

/** Mondays of the weeks of a workbook, as yyyy-mm-dd, from the week of a day on. */
export function visitWeeks(from: string): string[] {
  const day = new Date(`${from}T00:00:00Z`)
  const monday = day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS
  return Array.from({ length: WORKBOOK_WEEKS }, (_, week) => new Date(monday + week * 7 * DAY_MS).toISOString().slice(0, 10))
}

/** A visit is due in every week for households of special groups, in every other week for the rest. */
export const isVisitWeek = (category: number | null, week: number): boolean =>
  (category !== null && SPECIAL_CATEGORY_CODES.includes(category)) || week % 2 === 0
