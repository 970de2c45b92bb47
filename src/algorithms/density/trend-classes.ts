import { GI_STAR, localGi } from './local-gi'
import { mannKendall } from './mann-kendall'
import type { Neighbours } from './neighbours'

/** Class of a place over the weeks. */
export const TREND = { none: 0, new: 1, growing: 2, steady: 3, fading: 4 } as const

/** z of a trend at 5 %, two-sided. */
const TREND_Z = 1.96

/** Where a place was hot, 1 by place: in all weeks together, in those before the recent ones, in the recent ones. */
export interface HotSpans {
  readonly whole: ArrayLike<number>
  readonly before: ArrayLike<number>
  readonly recent: ArrayLike<number>
}

/**
 * Trend by place: z of Mann and Kendall over its Gi* week by week.
 *
 * @param weekly counts by week, then by place
 * Complexity: O(weeks · neighbours + n · weeks²).
 */
export function weeklyTrend(weekly: readonly ArrayLike<number>[], neighbours: Neighbours): Float64Array {
  const byWeek = weekly.map((counts) => localGi(counts, neighbours, GI_STAR))
  const series = new Float64Array(weekly.length)
  return Float64Array.from({ length: neighbours.start.length - 1 }, (_, place) => {
    for (let week = 0; week < series.length; week++) series[week] = byWeek[week][place]
    return mannKendall(series)
  })
}

/**
 * New: hot in the recent weeks, not before. Growing and fading: hot in any of the spans, and its weekly Gi* rises or falls.
 * Steady: hot in all weeks together without such a trend. None: the rest. Whether a place was hot is told by tests that
 * allow for the number of places, so chance makes few places new.
 *
 * Source: in the manner of emerging hot spot analysis (Harris et al., Using spatial statistics to identify emerging hot spots
 * of forest loss, Environmental Research Letters 12 (2017)), with four classes.
 */
export function trendClasses({ whole, before, recent }: HotSpans, trendZ: Float64Array): Uint8Array {
  return Uint8Array.from(trendZ, (z, place) => {
    const [isHot, wasHot, isNow] = [whole[place] === 1, before[place] === 1, recent[place] === 1]
    if (isNow && !wasHot) return TREND.new
    if (!isHot && !wasHot) return TREND.none
    if (z > TREND_Z) return TREND.growing
    if (z < -TREND_Z) return TREND.fading
    return isHot ? TREND.steady : TREND.none
  })
}
