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
