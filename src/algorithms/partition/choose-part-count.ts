import type { PartLimits } from './partition-state'

/**
 * Number of parts for a total weight: one below the lower limit; else the number whose mean breaks the band least, and of
 * those the one whose mean lies nearest to the target (of equals, the smaller number).
 *
 * @param unitCount no more parts than units
 */
export function choosePartCount(total: number, { lower, upper, target }: PartLimits, unitCount: number): number {
  if (total < lower) return 1
  let best = 1
  let least = Infinity
  const most = Math.min(unitCount, Math.ceil(total / Math.max(1, lower)) + 1)
  for (let count = 1; count <= most; count++) {
    const mean = total / count
    const breach = Math.max(0, mean - upper, lower - mean)
    const cost = (1000 * breach) / target + Math.abs(mean - target) / target
    if (cost >= least - 1e-9) continue
    least = cost
    best = count
  }
  return best
}
