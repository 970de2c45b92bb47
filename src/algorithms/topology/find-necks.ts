import Delaunator from 'delaunator'
import type { Land } from '@/core/land'
import { halfArcsOf, leftOf } from './build-half-arcs'
import { segmentsConflict } from './find-crossings'
import { LATTICE2_PER_M2, LATTICE_PER_M } from './load-land'
import { pointInRing } from '@/core/rings'

/** Steps along a cell's outline between which a chord may span, metres. */
const STEP_M = 2.5

/** Outer outline of a cell in short steps; the cell lies on the left. */
export interface SteppedRing {
  readonly cell: number
  /** x, y pairs, not closed. */
  readonly xy: Int32Array
  /** Arc point at which the segment begins on which a step starts, and the half-arc it belongs to. */
  readonly segment: Int32Array
  readonly half: Int32Array
  /** Length of the outline up to a point, metres; n+1. */
  readonly alongM: Float64Array
  /** Sum of cross products up to a point; n+1. */
  readonly cross: Float64Array
}

/** A chord across a cell between two steps of its outline, i < j; it parts the cell in two. */
export interface Neck {
  readonly i: number
  readonly j: number
  readonly widthM: number
  /** Area on the side of the outline from i to j, and on the other. */
  readonly insideM2: number
  readonly outsideM2: number
}

/** Outer outline of a cell in steps; null where it has none. Points put between two corners are rounded to the lattice. */
export function stepRing(land: Land, cell: number): SteppedRing | null {
  const { next, halvesOf } = halfArcsOf(land)
  const seen = new Set<number>()
  for (const first of Array.from(halvesOf(cell))) {
    if (seen.has(first)) continue
    const walk: number[] = []
    for (let h = first; !seen.has(h); h = next[h]) {
      seen.add(h)
      walk.push(h)
    }
    const ring = stepsOf(land, cell, walk)
    if (ring.cross[ring.cross.length - 1] > 0) return ring
  }
  return null
}

function stepsOf(land: Land, cell: number, walk: readonly number[]): SteppedRing {
  const xy: number[] = []
  const segment: number[] = []
  const half: number[] = []
  for (const h of walk) {
    const s = land.arcStart[h >> 1]
    const e = land.arcStart[(h >> 1) + 1] - 1
    for (let k = 0; k < e - s; k++) {
      const from = h & 1 ? e - k : s + k
      const to = h & 1 ? from - 1 : from + 1
      const ax = land.arcXY[2 * from], ay = land.arcXY[2 * from + 1]
      const dx = land.arcXY[2 * to] - ax, dy = land.arcXY[2 * to + 1] - ay
      const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / LATTICE_PER_M / STEP_M))
      for (let i = 0; i < steps; i++) {
        xy.push(Math.round(ax + (dx * i) / steps), Math.round(ay + (dy * i) / steps))
        segment.push(Math.min(from, to))
        half.push(h)
      }
    }
  }
  const n = segment.length
  const alongM = new Float64Array(n + 1)
  const cross = new Float64Array(n + 1)
  const x0 = xy[0]
  const y0 = xy[1]
  for (let i = 0; i < n; i++) {
    const j = (i + 1) % n
    alongM[i + 1] = alongM[i] + Math.hypot(xy[2 * j] - xy[2 * i], xy[2 * j + 1] - xy[2 * i + 1]) / LATTICE_PER_M
    cross[i + 1] = cross[i] + (xy[2 * i] - x0) * (xy[2 * j + 1] - y0) - (xy[2 * j] - x0) * (xy[2 * i + 1] - y0)
  }
  return { cell, xy: Int32Array.from(xy), segment: Int32Array.from(segment), half: Int32Array.from(half), alongM, cross }
}

/**
 * Candidates for chords narrower than `widestM` that part a cell into two pieces of at least `leastM2` each, where the way around is at
 * least `detour` times the chord: the Delaunay edges between steps of the outline, since the narrowest place between two
 * stretches of border is one of them, or within a step of one. O(n log n) a cell. Some may run outside the cell: ask
 * `chordIsInside`, which is O(n) and therefore left to those that matter.
 *
 *      ___________        the chord i–j parts a tentacle
 *     |        ___i======
 *     |       |___j______   from the body of the cell
 *     |___________|
 */
export function findNecks(ring: SteppedRing, widestM: number, leastM2: number, detour: number): Neck[] {
  const n = ring.segment.length
  if (n < 4) return []
  const coordinates = Float64Array.from(ring.xy)
  const { triangles, halfedges } = new Delaunator(coordinates)
  const perimeterM = ring.alongM[n]
  const totalM2 = ring.cross[n] / 2 / LATTICE2_PER_M2
  const x0 = ring.xy[0]
  const y0 = ring.xy[1]
  const found: Neck[] = []
  for (let h = 0; h < triangles.length; h++) {
    if (halfedges[h] >= 0 && halfedges[h] < h) continue
    const p = triangles[h]
    const q = triangles[h % 3 === 2 ? h - 2 : h + 1]
    const i = Math.min(p, q)
    const j = Math.max(p, q)
    const ax = ring.xy[2 * i], ay = ring.xy[2 * i + 1], bx = ring.xy[2 * j], by = ring.xy[2 * j + 1]
    const widthM = Math.hypot(bx - ax, by - ay) / LATTICE_PER_M
    if (widthM > widestM || widthM === 0) continue
    const between = ring.alongM[j] - ring.alongM[i]
    if (Math.min(between, perimeterM - between) < detour * widthM) continue
    const closing = (bx - x0) * (ay - y0) - (ax - x0) * (by - y0)
    const insideM2 = (ring.cross[j] - ring.cross[i] + closing) / 2 / LATTICE2_PER_M2
    const outsideM2 = totalM2 - insideM2
    if (insideM2 < leastM2 || outsideM2 < leastM2) continue
    found.push({ i, j, widthM, insideM2, outsideM2 })
  }
  return found
}

/** Whether the chord between two steps runs within the cell all along. Exact. */
export function chordIsInside(ring: SteppedRing, i: number, j: number): boolean {
  const n = ring.segment.length
  const { xy } = ring
  const four = new Float64Array(8)
  four.set([xy[2 * i], xy[2 * i + 1], xy[2 * j], xy[2 * j + 1]])
  const lowX = Math.min(four[0], four[2]), highX = Math.max(four[0], four[2])
  const lowY = Math.min(four[1], four[3]), highY = Math.max(four[1], four[3])
  for (let k = 0; k < n; k++) {
    const m = k + 1 === n ? 0 : k + 1
    if ((xy[2 * k] < lowX && xy[2 * m] < lowX) || (xy[2 * k] > highX && xy[2 * m] > highX)) continue
    if ((xy[2 * k + 1] < lowY && xy[2 * m + 1] < lowY) || (xy[2 * k + 1] > highY && xy[2 * m + 1] > highY)) continue
    four[4] = xy[2 * k]
    four[5] = xy[2 * k + 1]
    four[6] = xy[2 * m]
    four[7] = xy[2 * m + 1]
    if (segmentsConflict(four, 0, 4)) return false
  }
  return pointInRing(xy, (xy[2 * i] + xy[2 * j]) / 2, (xy[2 * i + 1] + xy[2 * j + 1]) / 2) > 0
}

/** Narrowest chord of each cell that parts off at least `leastM2`, metres; Infinity where none is below `widestM`. */
export function narrowestNecks(land: Land, widestM = 6, leastM2 = 100): Float64Array {
  return Float64Array.from(land.cellCommunity, (_, cell) => {
    const ring = stepRing(land, cell)
    if (!ring) return Infinity
    const necks = findNecks(ring, widestM, leastM2, 2).sort((p, q) => p.widthM - q.widthM)
    return necks.find((neck) => chordIsInside(ring, neck.i, neck.j))?.widthM ?? Infinity
  })
}

/** Cell on the other side of a step. */
export const acrossStep = (land: Land, ring: SteppedRing, i: number): number => leftOf(land, ring.half[i] ^ 1)
