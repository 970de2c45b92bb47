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

/** Whether a point lies inside an area given by the even–odd rule. On the line counts as either. */
export function pointInRings(rings: readonly ArrayLike<number>[], x: number, y: number): boolean {
  let inside = false
  for (const ring of rings) {
    const n = ring.length
    let ax = ring[n - 2]
    let ay = ring[n - 1]
    for (let i = 0; i < n; i += 2) {
      const bx = ring[i]
      const by = ring[i + 1]
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
      ax = bx
      ay = by
    }
  }
  return inside
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

/** A point inside a ring: the middle of the widest stretch inside it on a line half-way up. */
export function pointWithin(ring: ArrayLike<number>): [x: number, y: number] {
  let low = Infinity
  let high = -Infinity
  for (let i = 1; i < ring.length; i += 2) {
    low = Math.min(low, ring[i])
    high = Math.max(high, ring[i])
  }
  // Between whole lattice lines, so that no corner lies on it.
  const y = Math.floor((low + high) / 2) + 0.5
  const crossings: number[] = []
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length
    if (ring[i + 1] > y === ring[j + 1] > y) continue
    crossings.push(ring[i] + ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]))
  }
  crossings.sort((a, b) => a - b)
  let x = crossings[0] ?? ring[0]
  let widest = 0
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    if (crossings[i + 1] - crossings[i] <= widest) continue
    widest = crossings[i + 1] - crossings[i]
    x = (crossings[i] + crossings[i + 1]) / 2
  }
  return [x, y]
}
