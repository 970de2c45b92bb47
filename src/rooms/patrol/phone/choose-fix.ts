import { metresPerDegree } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import type { WalkFix } from './kept-walk'

/** Positions closer in time tell nothing new at walking pace (OSRM advises at most one in five seconds). */
const LEAST_MS = 5_000
/** Who moved less is taken to stand, and is asked again after so long only: it shows that the recording went on. */
const LEAST_M = 5
const STANDING_MS = 30_000

/** Straight way between two places, metres; exact to a thousandth within a town. */
export function straightM([ax, ay]: LngLat, [bx, by]: LngLat): number {
  const { mPerDegLng, mPerDegLat } = metresPerDegree((ay + by) / 2)
  return Math.hypot((bx - ax) * mPerDegLng, (by - ay) * mPerDegLat)
}

/** Whether a position is kept after the last one that was. */
export function isWorthKeeping(last: WalkFix | null, fix: WalkFix): boolean {
  if (!Number.isFinite(fix.lng) || !Number.isFinite(fix.lat)) return false
  if (last === null) return true
  const passedMs = fix.atMs - last.atMs
  if (passedMs < LEAST_MS) return false
  return passedMs >= STANDING_MS || straightM([last.lng, last.lat], [fix.lng, fix.lat]) >= LEAST_M
}
