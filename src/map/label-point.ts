type Position = readonly [number, number]

const STEPS = 14

/**
 * A point well inside polygons, for a label: of a lattice of points over the largest ring, the one inside that lies
 * farthest from every border. Degrees in and out; `lngScale` is metres of a degree east over metres of a degree north.
 * O(lattice × border points). After the idea of polylabel (V. Agafonkin), at one fixed precision.
 */
export function labelPoint(polygons: readonly (readonly (readonly Position[])[])[], lngScale: number): Position | null {
  let best: readonly (readonly Position[])[] | null = null
  let largest = 0
  for (const polygon of polygons) {
    const size = extent(polygon[0])
    if (size.area > largest) [best, largest] = [polygon, size.area]
  }
  if (!best) return null
  const { west, south, east, north } = extent(best[0])
  let found: Position | null = null
  let farthest = -1
  // Wide labels want room to the sides more than above and below.
  const wide = lngScale * 0.7
  for (let i = 1; i < STEPS; i++) {
    for (let j = 1; j < STEPS; j++) {
      const x = west + ((east - west) * i) / STEPS
      const y = south + ((north - south) * j) / STEPS
      const away = distanceInside(best, x, y, wide)
      if (away > farthest) [found, farthest] = [[x, y], away]
    }
  }
  return farthest > 0 ? found : null
}

function extent(ring: readonly Position[]): { west: number; south: number; east: number; north: number; area: number } {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return { west, south, east, north, area: (east - west) * (north - south) }
}

/** Distance to the nearest border where the point is inside, else −1. */
function distanceInside(rings: readonly (readonly Position[])[], x: number, y: number, lngScale: number): number {
  let inside = false
  let nearest = Infinity
  for (const ring of rings) {
    for (let k = 0, j = ring.length - 1; k < ring.length; j = k++) {
      const [xk, yk] = ring[k]
      const [xj, yj] = ring[j]
      if (yk > y !== yj > y && x < ((xj - xk) * (y - yk)) / (yj - yk) + xk) inside = !inside
      const dx = (xj - xk) * lngScale
      const dy = yj - yk
      const px = (x - xk) * lngScale
      const py = y - yk
      const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)))
      nearest = Math.min(nearest, Math.hypot(px - along * dx, py - along * dy))
    }
  }
  return inside ? nearest : -1
}
