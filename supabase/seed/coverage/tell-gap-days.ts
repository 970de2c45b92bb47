import { COVERAGE_SETTINGS, type GapDay } from '@/core/coverage/coverage-scope'
import { GAP_REASONS, mainReason, reasonBit } from '@/core/coverage/gap'

/** A household as it is judged today, and what changed about it day by day. Days count from 1970 in Shanghai. */
export interface HouseholdPast {
  /** Community index. */
  readonly community: number
  /** Reasons that hold today, as bits. */
  readonly reasons: number
  /** Days it may be without a visit; 0 where nobody has to visit. */
  readonly visitEvery: number
  /** Day its tie began: it counts as a visit where there was none. */
  readonly tiedOn: number
  /** Days of the visits that count, ascending. */
  readonly visited: readonly number[]
  /** Days patrols came by, ascending; null where its community judges none. */
  readonly passed: readonly number[] | null
}

export type GapDayData = Pick<GapDay, 'community' | 'households' | 'byMain' | 'byAny'> & { readonly dayNumber: number }

const OVERDUE = reasonBit('visit_overdue')
const NOT_PATROLLED = reasonBit('not_patrolled')

/**
 * What each community came to on some days that have passed: visits and patrols as they were by then, everything else as it is today.
 * Of patrols nothing is said before they had gone on for as long as a building may be without.
 *
 * @param patrolledSince first day of the patrols
 */
export function tellGapDays(past: readonly HouseholdPast[], communities: number, days: readonly number[], patrolledSince: number): GapDayData[] {
  const out: GapDayData[] = []
  for (const dayNumber of days) {
    const counts = Array.from({ length: communities }, () => ({ households: 0, byMain: GAP_REASONS.map(() => 0), byAny: GAP_REASONS.map(() => 0) }))
    for (const household of past) {
      const count = counts[household.community]
      const mask = maskOn(household, dayNumber, patrolledSince)
      const main = mainReason(mask)
      count.households++
      if (main) count.byMain[GAP_REASONS.indexOf(main)]++
      GAP_REASONS.forEach((_, k) => (count.byAny[k] += (mask >> k) & 1))
    }
    out.push(...counts.map((count, community) => ({ dayNumber, community, ...count })))
  }
  return out
}

function maskOn({ reasons, visitEvery, tiedOn, visited, passed }: HouseholdPast, day: number, patrolledSince: number): number {
  let mask = reasons & ~(OVERDUE | NOT_PATROLLED)
  if (visitEvery > 0 && day > (latest(visited, day) ?? tiedOn) + visitEvery) mask |= OVERDUE
  const { patrolDays } = COVERAGE_SETTINGS
  if (passed && day >= patrolledSince + patrolDays && (latest(passed, day) ?? 0) < day - patrolDays) mask |= NOT_PATROLLED
  return mask
}

/** The last of ascending days that is not after a day. */
const latest = (days: readonly number[], day: number): number | undefined => days.findLast((one) => one <= day)
