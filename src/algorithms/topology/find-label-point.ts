import FlatQueue from 'flatqueue'
import { pointInRing } from '@/core/rings'

/** Search stops when no square can be better by more than this, lattice steps (0.5 m). */
const PRECISION = 100

/**
 * A lattice point well inside an area, for its label: the pole of inaccessibility (Garcia-Castellanos and Lombardo
 * 2007; quadtree search after Agafonkin's polylabel), rounded and checked to lie inside.
 */
export function findLabelPoint(polygons: readonly (readonly ArrayLike<number>[])[]): [x: number, y: number] {
  const rings = polygons.flat()
  if (rings.length === 0) return [0, 0]
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      x0 = Math.min(x0, ring[i])
      x1 = Math.max(x1, ring[i])
      y0 = Math.min(y0, ring[i + 1])
      y1 = Math.max(y1, ring[i + 1])
    }
  }
  const half = Math.max(1, Math.min(x1 - x0, y1 - y0) / 2)
  const queue = new FlatQueue<number>()
  const xs: number[] = []
  const ys: number[] = []
  const halves: number[] = []
  let bestX = 0
  let bestY = 0
  let bestDepth = -Infinity
  const probe = (x: number, y: number, h: number) => {
    const depth = signedDepth(rings, x, y)
    const rx = Math.round(x)
    const ry = Math.round(y)
    if (depth > bestDepth && depth > 1) {
      bestDepth = depth
      bestX = rx
      bestY = ry
    }
    if (depth + h * Math.SQRT2 - PRECISION > bestDepth) {
      queue.push(xs.length, -(depth + h * Math.SQRT2))
      xs.push(x)
      ys.push(y)
      halves.push(h)
    }
  }
  for (let x = x0 + half; x - half < x1; x += 2 * half) for (let y = y0 + half; y - half < y1; y += 2 * half) probe(x, y, half)
  for (let steps = 0; queue.length > 0 && steps < 2000; steps++) {
    const limit = -(queue.peekValue() as number)
    const i = queue.pop() as number
    if (limit - PRECISION <= bestDepth || halves[i] < 1) break
    const h = halves[i] / 2
    probe(xs[i] - h, ys[i] - h, h)
    probe(xs[i] + h, ys[i] - h, h)
    probe(xs[i] - h, ys[i] + h, h)
    probe(xs[i] + h, ys[i] + h, h)
  }
  return bestDepth > -Infinity ? [bestX, bestY] : [rings[0][0], rings[0][1]]
}

/** Distance to the nearest ring, positive inside. */
function signedDepth(rings: readonly ArrayLike<number>[], x: number, y: number): number {
  let least = Infinity
  let inside = 0
  for (const ring of rings) {
    inside += pointInRing(ring, x, y) > 0 ? 1 : 0
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const dx = ring[i + 2] - ring[i]
      const dy = ring[i + 3] - ring[i + 1]
      const t = Math.max(0, Math.min(1, ((x - ring[i]) * dx + (y - ring[i + 1]) * dy) / (dx * dx + dy * dy || 1)))
      const ex = x - ring[i] - t * dx
      const ey = y - ring[i + 1] - t * dy
      least = Math.min(least, ex * ex + ey * ey)
    }
  }
  return (inside % 2 === 1 ? 1 : -1) * Math.sqrt(least)
}
