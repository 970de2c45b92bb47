import type { Pair } from './source-geometry'

/** Twice the signed area of a ring, in its own units. */
export function ringArea2(ring: readonly Pair[]): number {
  let sum = 0
  // Relative to the first point: degrees have few significant digits to spare.
  const [x0, y0] = ring[0]
  for (let k = 1; k < ring.length; k++) {
    sum += (ring[k - 1][0] - x0) * (ring[k][1] - y0) - (ring[k][0] - x0) * (ring[k - 1][1] - y0)
  }
  return sum
}

/** Whether a point lies in a ring (even–odd). */
export function ringHolds(ring: readonly Pair[], point: Pair): boolean {
  let inside = false
  for (let k = 0, j = ring.length - 1; k < ring.length; j = k++) {
    const [x1, y1] = ring[k]
    const [x2, y2] = ring[j]
    if (y1 > point[1] !== y2 > point[1] && point[0] < ((x2 - x1) * (point[1] - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}

/** Polygons of outer and inner rings: each inner goes to the smallest outer that holds its first point; others are left over. */
export function nestRings(outers: readonly Pair[][], inners: readonly Pair[][]): { polygons: Pair[][][]; strays: number } {
  const areas = outers.map((ring) => Math.abs(ringArea2(ring)))
  const polygons: Pair[][][] = outers.map((ring) => [ring])
  let strays = 0
  for (const inner of inners) {
    let best = -1
    outers.forEach((outer, index) => {
      if ((best < 0 || areas[index] < areas[best]) && ringHolds(outer, inner[0])) best = index
    })
    if (best < 0) strays++
    else polygons[best].push(inner)
  }
  return { polygons, strays }
}
