import { toLattice } from '@/core/land-frame'
import type { PlanContext } from '@/core/plan-context'
import { pointInRing } from '@/core/rings'
import { pointWithin } from './ring-geometry'

type Ground = Pick<PlanContext, 'buildings' | 'land'>

interface Places {
  /** x, y by outline point, lattice units. */
  readonly outline: Int32Array
  /** west, south, east, north by building. */
  readonly box: Float64Array
  /** x, y by building: a point inside its outline; NaN until asked for. */
  readonly inner: Float64Array
}

const kept = new WeakMap<Float64Array, Places>()

/** Outlines of a scope's buildings on the lattice, made once. O(outline points). */
function placesOf({ buildings, land }: Ground): Places {
  let places = kept.get(buildings.outline)
  if (places) return places
  const outline = new Int32Array(buildings.outline.length)
  const box = new Float64Array(4 * buildings.count)
  for (let b = 0; b < buildings.count; b++) {
    box.set([Infinity, Infinity, -Infinity, -Infinity], 4 * b)
    for (let p = buildings.outlineStart[b]; p < buildings.outlineStart[b + 1]; p++) {
      const [x, y] = toLattice(land.frame, buildings.outline[2 * p], buildings.outline[2 * p + 1])
      outline[2 * p] = x
      outline[2 * p + 1] = y
      box[4 * b] = Math.min(box[4 * b], x)
      box[4 * b + 1] = Math.min(box[4 * b + 1], y)
      box[4 * b + 2] = Math.max(box[4 * b + 2], x)
      box[4 * b + 3] = Math.max(box[4 * b + 3], y)
    }
  }
  places = { outline, box, inner: new Float64Array(2 * buildings.count).fill(NaN) }
  kept.set(buildings.outline, places)
  return places
}

/** Outline of a building, lattice units; empty where it has none. */
export function outlineOf(ground: Ground, building: number): Int32Array {
  const { outlineStart } = ground.buildings
  return placesOf(ground).outline.subarray(2 * outlineStart[building], 2 * outlineStart[building + 1])
}

/** A point inside a building, by which it belongs to a cell; that of its cell's label where it has no outline. */
export function innerPointOf(ground: Ground, building: number): readonly [x: number, y: number] {
  const { inner } = placesOf(ground)
  if (Number.isNaN(inner[2 * building])) {
    const ring = outlineOf(ground, building)
    if (ring.length < 6) {
      const cell = ground.buildings.cell[building]
      return [ground.land.cellLabelXY[2 * cell], ground.land.cellLabelXY[2 * cell + 1]]
    }
    inner.set(pointWithin(ring), 2 * building)
  }
  return [inner[2 * building], inner[2 * building + 1]]
}

/** Whether a building's box meets a box (west, south, east, north). */
export function isBuildingNear(ground: Ground, building: number, box: readonly number[]): boolean {
  const { box: boxes } = placesOf(ground)
  const at = 4 * building
  return boxes[at] <= box[2] && boxes[at + 2] >= box[0] && boxes[at + 1] <= box[3] && boxes[at + 3] >= box[1]
}

/**
 * How deep a line runs inside a ring: the greatest distance from the ring of its bends within and of the middles of its
 * stretches within, lattice units; 0 where it keeps outside or on the outline. O(segments × ring).
 */
export function depthInside(ring: ArrayLike<number>, line: ArrayLike<number>): number {
  let deepest = 0
  const probe = (x: number, y: number) => {
    if (pointInRing(ring, x, y) > 0) deepest = Math.max(deepest, distanceToRing(ring, x, y))
  }
  for (let p = 0; p + 3 < line.length; p += 2) {
    const [ax, ay, bx, by] = [line[p], line[p + 1], line[p + 2], line[p + 3]]
    const stops = [0, 1]
    for (let q = 0; q + 3 < ring.length; q += 2) {
      const [cx, cy, dx, dy] = [ring[q], ring[q + 1], ring[q + 2], ring[q + 3]]
      const across = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
      if (across === 0) continue
      const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / across
      const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / across
      if (t > 0 && t < 1 && u >= 0 && u <= 1) stops.push(t)
    }
    stops.sort((a, b) => a - b)
    for (const t of [0, 1]) probe(ax + t * (bx - ax), ay + t * (by - ay))
    for (let k = 0; k + 1 < stops.length; k++) {
      const t = (stops[k] + stops[k + 1]) / 2
      probe(ax + t * (bx - ax), ay + t * (by - ay))
    }
  }
  return deepest
}

function distanceToRing(ring: ArrayLike<number>, x: number, y: number): number {
  let least = Infinity
  for (let q = 0; q + 3 < ring.length; q += 2) {
    const [cx, cy] = [ring[q], ring[q + 1]]
    const [ux, uy] = [ring[q + 2] - cx, ring[q + 3] - cy]
    const length2 = ux * ux + uy * uy
    const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - cx) * ux + (y - cy) * uy) / length2))
    least = Math.min(least, Math.hypot(x - cx - t * ux, y - cy - t * uy))
  }
  return least
}
