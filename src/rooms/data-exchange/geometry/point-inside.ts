import type { LngLat } from '@/core/units'
import type { Pair } from '../model'
import { ringArea2, ringHolds } from '@/formats/ring-shapes'

/** A point inside a simple ring: its centre of mass where that lies inside, else the middle of the widest stretch at its height. */
export function pointInside(ring: readonly Pair[]): LngLat {
  const centre = centreOfMass(ring)
  if (ringHolds(ring, centre)) return centre
  const meets: number[] = []
  for (let k = 1; k < ring.length; k++) {
    const [x1, y1] = ring[k - 1]
    const [x2, y2] = ring[k]
    if (y1 > centre[1] !== y2 > centre[1]) meets.push(x1 + ((centre[1] - y1) / (y2 - y1)) * (x2 - x1))
  }
  meets.sort((a, b) => a - b)
  let best: LngLat = [ring[0][0], ring[0][1]]
  let widest = 0
  for (let k = 0; k + 1 < meets.length; k += 2) {
    const width = meets[k + 1] - meets[k]
    if (width > widest) {
      widest = width
      best = [(meets[k] + meets[k + 1]) / 2, centre[1]]
    }
  }
  return best
}

function centreOfMass(ring: readonly Pair[]): Pair {
  const area2 = ringArea2(ring)
  const [x0, y0] = ring[0]
  if (area2 === 0) return [x0, y0]
  let x = 0
  let y = 0
  for (let k = 1; k < ring.length; k++) {
    const [ax, ay] = [ring[k - 1][0] - x0, ring[k - 1][1] - y0]
    const [bx, by] = [ring[k][0] - x0, ring[k][1] - y0]
    const cross = ax * by - bx * ay
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [x0 + x / (3 * area2), y0 + y / (3 * area2)]
}
