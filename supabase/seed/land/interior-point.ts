import type { XY } from '@/core/units'
import { between, centroid, insideRing, pointBesideLongestEdge, pointToCm, segmentDistanceM, type Ring } from '../geometry/plane'

/** A point well inside a footprint, on whole centimetres: the centroid, or of points beside it the one farthest from the walls. */
export function interiorPoint(ring: Ring): XY {
  const middle = centroid(ring)
  const wallM = (p: XY): number => ring.reduce((least, a, i) => Math.min(least, segmentDistanceM(p, a, ring[(i + 1) % ring.length])), Infinity)
  if (insideRing(middle, ring) && wallM(middle) > 0.8) return pointToCm(middle)
  let best = pointBesideLongestEdge(ring)
  let bestM = wallM(best)
  for (let i = 0; i < ring.length; i++) {
    for (let k = i + 2; k < ring.length; k++) {
      const p = between(ring[i], ring[k], 0.5)
      const gapM = insideRing(p, ring) ? wallM(p) : 0
      if (gapM > bestM) [best, bestM] = [p, gapM]
    }
  }
  return pointToCm(best)
}
