import type { Land } from '@/core/land'
import { halfArcsOf, leftOf, originOf } from './build-half-arcs'
import { ringArea2, ringInRing } from '@/core/rings'

/** Closed lattice ring: x, y pairs, first point repeated at the end. */
export type Ring = Int32Array

/** Polygons of one grid: each an outer ring (counter-clockwise) followed by its holes (clockwise). */
export interface GridOutline {
  readonly polygons: readonly (readonly Ring[])[]
  /** Lattice area, square lattice steps; holes taken off. Exact. */
  readonly area2: number
}

/** Marks of the walk by half-arc, kept between calls so that a flip allocates nothing of the size of the land. */
const scratch = new WeakMap<object, { visited: Int32Array; nodeAt: Int32Array; stamp: number }>()

/**
 * Outline of all cells whose entry in a column equals a value, straight from shared arcs.
 *
 * `cells` lists the cells of the grid (ascending or not); without it the whole column is scanned. A ring that meets a
 * node twice is split there, so that every ring is simple as OGC asks. Cost depends on the arcs of these cells only.
 */
export function deriveGridOutline(
  land: Land,
  cellGrid: ArrayLike<number>,
  gridIndex: number,
  cells?: ArrayLike<number>,
): GridOutline {
  const halves = halfArcsOf(land)
  // Land that is redrawn keeps them from edit to edit.
  const key = land.redrawn ?? land
  let marks = scratch.get(key)
  const halfCount = land.arcLeft.length * 2
  const nodeCount = land.nodeXY.length / 2
  if (!marks || marks.visited.length < halfCount || marks.nodeAt.length < nodeCount) {
    const room = land.redrawn ? 1.1 : 1
    marks = { visited: new Int32Array(Math.ceil(room * halfCount)), nodeAt: new Int32Array(Math.ceil(room * nodeCount)).fill(-1), stamp: 0 }
    scratch.set(key, marks)
  }
  marks.stamp++
  const { visited, nodeAt, stamp } = marks
  const inside = (cell: number) => cell >= 0 && cellGrid[cell] === gridIndex
  const outers: Ring[] = []
  const holes: Ring[] = []
  let area2 = 0
  const keep = (path: number[]) => {
    const ring = ringOf(land, path)
    const a = ringArea2(ring)
    area2 += a
    ;(a > 0 ? outers : holes).push(ring)
  }
  const walkFrom = (first: number) => {
    const path: number[] = []
    let h = first
    do {
      visited[h] = stamp
      const node = originOf(land, h)
      if (nodeAt[node] >= 0) {
        // Back at a node of this ring: what was walked since is a ring of its own.
        const loop = path.splice(nodeAt[node])
        for (const g of loop) nodeAt[originOf(land, g)] = -1
        keep(loop)
      }
      nodeAt[node] = path.length
      path.push(h)
      h = halves.next[h]
      while (inside(leftOf(land, h ^ 1))) h = halves.next[h ^ 1]
    } while (h !== first)
    for (const g of path) nodeAt[originOf(land, g)] = -1
    if (path.length > 0) keep(path)
  }
  const visitCell = (cell: number) => {
    const around = halves.halvesOf(cell)
    for (let i = 0; i < around.length; i++) {
      const h = around[i]
      if (visited[h] !== stamp && !inside(leftOf(land, h ^ 1))) walkFrom(h)
    }
  }
  if (cells) for (let i = 0; i < cells.length; i++) visitCell(cells[i])
  else for (let c = 0; c < land.cellCommunity.length; c++) if (inside(c)) visitCell(c)
  return { polygons: nestHoles(outers, holes), area2: area2 / 2 }
}

/** Closed ring of a path of half-arcs. */
function ringOf(land: Land, path: readonly number[]): Ring {
  const { arcStart, arcXY } = land
  let count = 1
  for (const h of path) count += arcStart[(h >> 1) + 1] - arcStart[h >> 1] - 1
  const ring = new Int32Array(count * 2)
  let w = 0
  for (const h of path) {
    const s = arcStart[h >> 1]
    const e = arcStart[(h >> 1) + 1] - 1
    if (h & 1) {
      for (let p = e; p > s; p--) {
        ring[w++] = arcXY[2 * p]
        ring[w++] = arcXY[2 * p + 1]
      }
    } else {
      for (let p = s; p < e; p++) {
        ring[w++] = arcXY[2 * p]
        ring[w++] = arcXY[2 * p + 1]
      }
    }
  }
  ring[w++] = ring[0]
  ring[w] = ring[1]
  return ring
}

/** Give each hole to the smallest outer ring around it. */
function nestHoles(outers: Ring[], holes: Ring[]): Ring[][] {
  const polygons = outers.map((outer) => [outer])
  if (outers.length === 1) {
    polygons[0].push(...holes)
    return polygons
  }
  const areas = outers.map(ringArea2)
  for (const hole of holes) {
    let best = -1
    for (let i = 0; i < outers.length; i++) {
      if ((best < 0 || areas[i] < areas[best]) && ringInRing(hole, outers[i])) best = i
    }
    if (best >= 0) polygons[best].push(hole)
  }
  return polygons
}
