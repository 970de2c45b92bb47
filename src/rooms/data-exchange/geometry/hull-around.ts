import type { XY } from '@/core/units'

/** Convex hull of points, counter-clockwise, open (Andrew's monotone chain). O(n log n). */
function convexHull(points: readonly XY[]): XY[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (list: readonly XY[]): XY[] => {
    const chain: XY[] = []
    for (const point of list) {
      while (chain.length >= 2 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop()
      chain.push(point)
    }
    chain.pop()
    return chain
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

const turn = (a: XY, b: XY, c: XY): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

/** Corners by which a round padding is drawn. */
const CORNERS = 16

/** Convex hull of points (m) widened by a padding (m): closed ring. The hull of circles is the padded hull. */
export function hullAround(points: readonly XY[], paddingM: number): XY[] {
  const hull = convexHull(points)
  const widened = (hull.length > 0 ? hull : points).flatMap(([x, y]) =>
    Array.from({ length: CORNERS }, (_, k): XY => {
      const angle = (2 * Math.PI * k) / CORNERS
      return [x + paddingM * Math.cos(angle), y + paddingM * Math.sin(angle)]
    }),
  )
  const ring = convexHull(widened)
  return [...ring, ring[0]]
}
