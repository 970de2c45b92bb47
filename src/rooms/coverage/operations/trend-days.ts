import type { GapDay } from '@/core/coverage/coverage-scope'
import { GAP_REASONS } from '@/core/coverage/gap'

/** What the street, or one of its communities, came to on a day. */
export interface TrendDay {
  readonly day: string
  readonly households: number
  /** By `GAP_REASONS`; their sum is `inGap`. */
  readonly byMain: readonly number[]
  readonly inGap: number
  /** Communities of which that day was kept; a day with fewer than the others tells of less than the whole. */
  readonly communities: number
}

/** Days in their order, communities summed. Linear in the days but for their sorting. */
export function trendDays(days: readonly GapDay[], community: number | null): TrendDay[] {
  const sums = new Map<string, { households: number; byMain: number[]; communities: number }>()
  for (const one of days) {
    if (community !== null && one.community !== community) continue
    const sum = sums.get(one.day) ?? { households: 0, byMain: GAP_REASONS.map(() => 0), communities: 0 }
    sum.households += one.households
    sum.communities++
    one.byMain.forEach((n, k) => (sum.byMain[k] += n))
    sums.set(one.day, sum)
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, sum]) => ({ day, ...sum, inGap: sum.byMain.reduce((all, n) => all + n, 0) }))
}

/** Days that were kept, and today as it is counted now, in place of what was kept of it so far. */
export const withToday = (days: readonly GapDay[], today: string, byCommunity: readonly Pick<GapDay, 'households' | 'byMain' | 'byAny'>[]): GapDay[] => [
  ...days.filter(({ day }) => day !== today),
  ...byCommunity.flatMap(({ households, byMain, byAny }, community) => (households > 0 ? [{ day: today, community, households, byMain, byAny }] : [])),
]
