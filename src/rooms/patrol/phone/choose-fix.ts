import { straightM } from '@/core/places-in-metres'
import type { WalkFix } from './kept-walk'

/** Positions closer in time tell nothing new at walking pace (OSRM advises at most one in five seconds). */
const LEAST_MS = 5_000
/** Who moved less is taken to stand, and is asked again after so long only: it shows that the recording went on. */
const LEAST_M = 5
const STANDING_MS = 30_000

/** Whether a position is kept after the last one that was. */
export function isWorthKeeping(last: WalkFix | null, fix: WalkFix): boolean {
  if (!Number.isFinite(fix.lng) || !Number.isFinite(fix.lat)) return false
  if (last === null) return true
  const passedMs = fix.atMs - last.atMs
  if (passedMs < LEAST_MS) return false
  return passedMs >= STANDING_MS || straightM(last, fix) >= LEAST_M
}
