import type { JudgedHouseholds } from '@/core/coverage/coverage-scope'
import { GAP_REASONS, mainReason } from '@/core/coverage/gap'

/** Households of an area by what is wrong with them. `served` + `inGap` = `households`; the sum of `byMain` is `inGap`. */
export interface GapCounts {
  readonly households: number
  readonly served: number
  readonly inGap: number
  /** By `GAP_REASONS`, each household once, under its main reason. */
  readonly byMain: readonly number[]
  /** By `GAP_REASONS`, each household under every reason that holds. */
  readonly byAny: readonly number[]
  /** Households in gap for more than one reason. */
  readonly several: number
  /** Households of which something could not be judged, in gap for another reason or not. */
  readonly unjudged: number
}

interface Sum {
  households: number
  inGap: number
  several: number
  unjudged: number
  readonly byMain: number[]
  readonly byAny: number[]
}

const nothing = (): Sum => ({ households: 0, inGap: 0, several: 0, unjudged: 0, byMain: GAP_REASONS.map(() => 0), byAny: GAP_REASONS.map(() => 0) })
const asCounts = (sum: Sum): GapCounts => ({ ...sum, served: sum.households - sum.inGap })

/**
 * Counts by community index and of all of them, which is their sum. Linear in the households.
 * @param communities number of communities of the land
 */
export function countGaps(households: JudgedHouseholds, communities: number): { readonly total: GapCounts; readonly byCommunity: readonly GapCounts[] } {
  const sums = Array.from({ length: communities }, nothing)
  for (let h = 0; h < households.count; h++) {
    const sum = sums[households.community[h]]
    const mask = households.reasons[h]
    sum.households++
    if (households.unjudged[h] !== 0) sum.unjudged++
    if (mask === 0) continue
    sum.inGap++
    if ((mask & (mask - 1)) !== 0) sum.several++
    const main = mainReason(mask)
    GAP_REASONS.forEach((reason, k) => {
      if (reason === main) sum.byMain[k]++
      if ((mask & (1 << k)) !== 0) sum.byAny[k]++
    })
  }
  const total = nothing()
  for (const sum of sums) {
    total.households += sum.households
    total.inGap += sum.inGap
    total.several += sum.several
    total.unjudged += sum.unjudged
    sum.byMain.forEach((n, k) => (total.byMain[k] += n))
    sum.byAny.forEach((n, k) => (total.byAny[k] += n))
  }
  return { total: asCounts(total), byCommunity: sums.map(asCounts) }
}
