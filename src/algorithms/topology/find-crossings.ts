import type { Land } from '@/core/land'

/**
 * Pairs of arcs that meet anywhere but at common end points of their segments. Exact: orientation signs of lattice
 * integers. Uniform grid; expected O(p).
 */
export function findCrossings(land: Land, limit = 100): [arcA: number, arcB: number][] {
  const { arcXY, arcStart } = land
  const segments: number[] = []
  const arcOf: number[] = []
  let x0 = Infinity
  let y0 = Infinity
  let x1 = -Infinity
  let y1 = -Infinity
  for (let k = 0; k < arcStart.length - 1; k++) {
    for (let p = arcStart[k]; p < arcStart[k + 1]; p++) {
      x0 = Math.min(x0, arcXY[2 * p])
      x1 = Math.max(x1, arcXY[2 * p])
      y0 = Math.min(y0, arcXY[2 * p + 1])
      y1 = Math.max(y1, arcXY[2 * p + 1])
      if (p + 1 === arcStart[k + 1]) continue
      segments.push(p)
      arcOf.push(k)
    }
  }
  const side = Math.max(1000, Math.sqrt(((x1 - x0 + 1) * (y1 - y0 + 1)) / (segments.length + 1)))
  const columns = Math.floor((x1 - x0) / side) + 1
  const buckets = new Map<number, number[]>()
  const found: [number, number][] = []
  for (let i = 0; i < segments.length; i++) {
    const p = segments[i] * 2
    const fromC = Math.floor((Math.min(arcXY[p], arcXY[p + 2]) - x0) / side)
    const toC = Math.floor((Math.max(arcXY[p], arcXY[p + 2]) - x0) / side)
    const fromR = Math.floor((Math.min(arcXY[p + 1], arcXY[p + 3]) - y0) / side)
    const toR = Math.floor((Math.max(arcXY[p + 1], arcXY[p + 3]) - y0) / side)
    for (let r = fromR; r <= toR; r++) {
      for (let c = fromC; c <= toC; c++) {
        const key = r * columns + c
        const bucket = buckets.get(key)
        if (!bucket) {
          buckets.set(key, [i])
          continue
        }
        for (const j of bucket) {
          if (!segmentsConflict(arcXY, p, segments[j] * 2)) continue
          found.push([arcOf[j], arcOf[i]])
          if (found.length >= limit) return found
        }
        bucket.push(i)
      }
    }
  }
  return found
}

/** Whether two segments (offsets of their first point in xy) share a point that is not an end of both. */
export function segmentsConflict(xy: ArrayLike<number>, p: number, q: number): boolean {
  const ax = xy[p], ay = xy[p + 1], bx = xy[p + 2], by = xy[p + 3]
  const cx = xy[q], cy = xy[q + 1], dx = xy[q + 2], dy = xy[q + 3]
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false
  const c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  const d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
  if ((c > 0 && d > 0) || (c < 0 && d < 0)) return false
  const a = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
  const b = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
  if ((a > 0 && b > 0) || (a < 0 && b < 0)) return false
  if (a === 0 && b === 0) {
    // Collinear: they conflict when they share more than one end point.
    const t = (x: number, y: number) => (x - ax) * (bx - ax) + (y - ay) * (by - ay)
    const len = t(bx, by)
    const tc = t(cx, cy)
    const td = t(dx, dy)
    return Math.max(Math.min(tc, td), 0) < Math.min(Math.max(tc, td), len)
  }
  const sharedEnd = (ax === cx && ay === cy) || (ax === dx && ay === dy) || (bx === cx && by === cy) || (bx === dx && by === dy)
  return !sharedEnd
}
