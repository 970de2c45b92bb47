/** Twice the signed area of a ring of x, y pairs (closed or not); counter-clockwise is positive. Exact on a lattice. */
export function ringArea2(ring: ArrayLike<number>): number {
  const n = ring.length
  if (n < 6) return 0
  const x0 = ring[0]
  const y0 = ring[1]
  let sum = 0
  for (let i = 0; i + 3 < n; i += 2) {
    sum += (ring[i] - x0) * (ring[i + 3] - y0) - (ring[i + 2] - x0) * (ring[i + 1] - y0)
  }
  return sum
}

/** 1 inside, 0 on the line, −1 outside, for one ring (closed or not). Exact on a lattice. */
export function pointInRing(ring: ArrayLike<number>, x: number, y: number): number {
  let inside = false
  const n = ring.length
  let ax = ring[n - 2]
  let ay = ring[n - 1]
  for (let i = 0; i < n; i += 2) {
    const bx = ring[i]
    const by = ring[i + 1]
    if (ay > y !== by > y) {
      const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
      if (side === 0) return 0
      if (side > 0 === by > ay) inside = !inside
    } else if (ay === y && by === y && (ax - x) * (bx - x) <= 0) {
      return 0
    } else if (bx === x && by === y) {
      return 0
    }
    ax = bx
    ay = by
  }
  return inside ? 1 : -1
}

/** Whether ring a lies in ring b, when the two may touch but never cross. */
export function ringInRing(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i += 2) {
    const where = pointInRing(b, a[i], a[i + 1])
    if (where !== 0) return where > 0
  }
  // All corners on b: try the middles of the edges.
  for (let i = 0; i + 3 < a.length; i += 2) {
    const where = pointInRing(b, (a[i] + a[i + 2]) / 2, (a[i + 1] + a[i + 3]) / 2)
    if (where !== 0) return where > 0
  }
  return false
}

/**
 * Turn from a over b to c: positive to the left, 0 in line. Exact on a lattice of 300 km: products stay below 2^53.
 */
export function turn(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
}

/**
 * Whether direction a comes before direction b counter-clockwise from east: exact on lattice vectors, where an
 * arctangent would confuse two borders that leave a node almost in one line.
 */
export function compareDirections(ax: number, ay: number, bx: number, by: number): number {
  const upperA = ay > 0 || (ay === 0 && ax > 0) ? 0 : 1
  const upperB = by > 0 || (by === 0 && bx > 0) ? 0 : 1
  if (upperA !== upperB) return upperA - upperB
  const cross = ax * by - ay * bx
  return cross > 0 ? -1 : cross < 0 ? 1 : 0
}
