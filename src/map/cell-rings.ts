import { arcsByCell } from '@/core/cell-contents'
import type { Land } from '@/core/land'
import { toLngLat } from '@/core/land-frame'

type Position = [number, number]

/**
 * Rings of every cell, in degrees: outer ring first, holes after. Half arcs with the cell on their left are walked end
 * to start; where a node offers several ways on, the sharpest turn to the left is taken, so that rings touch at nodes
 * but never cross. Linear in the points, but for nodes of high degree.
 */
export function cellRings(land: Land): Position[][][] {
  const cellCount = land.cellIds.length
  const arcCount = land.arcIds.length
  const halves: number[][] = Array.from({ length: cellCount }, () => [])
  // Half arc 2a runs forward with its cell on the left, 2a+1 backward.
  for (let a = 0; a < arcCount; a++) {
    if (land.arcLeft[a] === land.arcRight[a]) continue // an arc inside a cell bounds nothing
    if (land.arcLeft[a] >= 0) halves[land.arcLeft[a]].push(2 * a)
    if (land.arcRight[a] >= 0) halves[land.arcRight[a]].push(2 * a + 1)
  }
  return halves.map((own) => ringsOf(land, own))
}

/** Rings of one cell, degrees, outer ring first; `arcs` are those around it. */
export function ringsOfCell(land: Land, cell: number, arcs: Iterable<number>): Position[][] {
  const own: number[] = []
  for (const arc of arcs) {
    if (land.arcLeft[arc] === land.arcRight[arc]) continue
    if (land.arcLeft[arc] === cell) own.push(2 * arc)
    if (land.arcRight[arc] === cell) own.push(2 * arc + 1)
  }
  return ringsOf(land, own)
}

function ringsOf(land: Land, own: readonly number[]): Position[][] {
  // The start of half 2a is arcNodes[2a], that of 2a+1 is arcNodes[2a+1]: the half is its own index.
  const from = (half: number): number => land.arcNodes[half]
  const to = (half: number): number => land.arcNodes[half ^ 1]
  const leaving = new Map<number, number[]>()
  for (const half of own) {
    const list = leaving.get(from(half))
    if (list) list.push(half)
    else leaving.set(from(half), [half])
  }
  const used = new Set<number>()
  const rings: { points: Position[]; area: number }[] = []
  for (const start of own) {
    if (used.has(start)) continue
    const flat: number[] = []
    let half = start
    for (;;) {
      used.add(half)
      appendHalf(land, half, flat)
      const ways = (leaving.get(to(half)) ?? []).filter((way) => !used.has(way))
      if (ways.length === 0) break
      half = ways.length === 1 ? ways[0] : sharpestLeft(land, half, ways)
    }
    rings.push(closeRing(land, flat))
  }
  rings.sort((p, q) => q.area - p.area)
  return rings.map((ring) => ring.points)
}

function appendHalf(land: Land, half: number, flat: number[]): void {
  const arc = half >> 1
  const first = land.arcStart[arc]
  const last = land.arcStart[arc + 1] - 1
  if (half & 1) for (let p = last; p > first; p--) flat.push(land.arcXY[2 * p], land.arcXY[2 * p + 1])
  else for (let p = first; p < last; p++) flat.push(land.arcXY[2 * p], land.arcXY[2 * p + 1])
}

function sharpestLeft(land: Land, arriving: number, ways: readonly number[]): number {
  const back = direction(land, arriving ^ 1)
  let best = ways[0]
  let bestTurn = Infinity
  for (const way of ways) {
    // Angle from the way back, clockwise: the first met clockwise keeps the cell on the left.
    let turn = back - direction(land, way)
    while (turn <= 0) turn += 2 * Math.PI
    if (turn < bestTurn) {
      bestTurn = turn
      best = way
    }
  }
  return best
}

/** Direction in which a half arc leaves its start node. */
function direction(land: Land, half: number): number {
  const arc = half >> 1
  const at = half & 1 ? land.arcStart[arc + 1] - 1 : land.arcStart[arc]
  const next = half & 1 ? at - 1 : at + 1
  return Math.atan2(land.arcXY[2 * next + 1] - land.arcXY[2 * at + 1], land.arcXY[2 * next] - land.arcXY[2 * at])
}

function closeRing(land: Land, flat: readonly number[]): { points: Position[]; area: number } {
  const points: Position[] = []
  let area = 0
  for (let k = 0; k < flat.length; k += 2) {
    const j = (k + 2) % flat.length
    area += flat[k] * flat[j + 1] - flat[j] * flat[k + 1]
    points.push(toLngLat(land.frame, flat[k], flat[k + 1]))
  }
  if (points.length > 0) points.push(points[0])
  return { points, area }
}

/** The area all cells cover together: polygons with their holes, in degrees. */
export function boundaryPolygons(land: Land): Position[][][] {
  const own: number[] = []
  for (let arc = 0; arc < land.arcIds.length; arc++) {
    if (land.arcLeft[arc] >= 0 !== land.arcRight[arc] >= 0) own.push(land.arcLeft[arc] >= 0 ? 2 * arc : 2 * arc + 1)
  }
  return polygonsOf(land, own)
}

/** Polygons with holes of the cells that `inside` names. Asks of every cell; linear in the arcs of those named, but for the search of holes. */
export function unionPolygons(land: Land, inside: (cell: number) => boolean): Position[][][] {
  const cells = new Set<number>()
  for (let cell = 0; cell < land.cellIds.length; cell++) if (inside(cell)) cells.add(cell)
  const { start, item } = arcsByCell(land)
  const own: number[] = []
  for (const cell of cells) {
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const arc = item[k]
      const isLeft = land.arcLeft[arc] === cell
      if (!cells.has(isLeft ? land.arcRight[arc] : land.arcLeft[arc])) own.push(isLeft ? 2 * arc : 2 * arc + 1)
    }
  }
  return polygonsOf(land, own)
}

function polygonsOf(land: Land, own: readonly number[]): Position[][][] {
  const polygons: Position[][][] = []
  for (const ring of ringsOf(land, own)) {
    if (signedArea(ring) > 0) polygons.push([ring])
    // Rings come largest first, so the last polygon that holds a hole is the smallest one.
    else polygons.findLast(([outer]) => holds(outer, ring[0]))?.push(ring)
  }
  return polygons
}

function signedArea(ring: readonly Position[]): number {
  let sum = 0
  for (let k = 0; k + 1 < ring.length; k++) {
    sum += (ring[k][0] - ring[0][0]) * (ring[k + 1][1] - ring[0][1]) - (ring[k + 1][0] - ring[0][0]) * (ring[k][1] - ring[0][1])
  }
  return sum
}

function holds(ring: readonly Position[], [x, y]: Position): boolean {
  let inside = false
  for (let k = 0, j = ring.length - 1; k < ring.length; j = k++) {
    const [xk, yk] = ring[k]
    const [xj, yj] = ring[j]
    if (yk > y !== yj > y && x < ((xj - xk) * (y - yk)) / (yj - yk) + xk) inside = !inside
  }
  return inside
}
