import type { Land } from '@/core/land'
import type { CellIndex } from './index-cells'

/**
 * Which cells a gesture means. All positions are lattice coordinates (5 mm, not necessarily whole), all results cell
 * indices in ascending order.
 */
export interface LatticePoint {
  readonly x: number
  readonly y: number
}

/** Cell that contains a point, or −1. A point on a border belongs to one of the cells beside it. */
export function cellAt(index: CellIndex, at: LatticePoint): number {
  for (const cell of index.boxes.search(at.x, at.y, at.x, at.y)) if (isInside(index, cell, at)) return cell
  return -1
}

/**
 * Cells that a round brush of radius `radius` (lattice units) touches on its way from `a` to `b`: those that contain
 * the way's start or whose border comes within the radius. The whole way counts, so a quick stroke leaves no holes.
 */
export function cellsUnderBrush(index: CellIndex, a: LatticePoint, b: LatticePoint, radius: number): number[] {
  const hits = index.boxes.search(
    Math.min(a.x, b.x) - radius,
    Math.min(a.y, b.y) - radius,
    Math.max(a.x, b.x) + radius,
    Math.max(a.y, b.y) + radius,
  )
  return hits
    .filter((cell) => isInside(index, cell, b) || bordersWithin(index, cell, a, b, radius))
    .sort((first, second) => first - second)
}

/** Cells whose label point lies in the box spanned by two corners. */
export function cellsInBox(index: CellIndex, a: LatticePoint, b: LatticePoint): number[] {
  const [west, east] = a.x < b.x ? [a.x, b.x] : [b.x, a.x]
  const [south, north] = a.y < b.y ? [a.y, b.y] : [b.y, a.y]
  return withLabel(index, west, south, east, north, () => true)
}

/** Cells whose label point lies in a free-hand ring; the ring closes itself, crossings count even-odd. */
export function cellsInLasso(index: CellIndex, ring: readonly LatticePoint[]): number[] {
  if (ring.length < 3) return []
  const xs = ring.map((point) => point.x)
  const ys = ring.map((point) => point.y)
  return withLabel(index, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys), (x, y) => {
    let inside = false
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      if (crossesRay(ring[j]!.x, ring[j]!.y, ring[i]!.x, ring[i]!.y, x, y)) inside = !inside
    }
    return inside
  })
}

function withLabel(
  index: CellIndex,
  west: number,
  south: number,
  east: number,
  north: number,
  accepts: (x: number, y: number) => boolean,
): number[] {
  const label = index.land.cellLabelXY
  return index.boxes
    .search(west, south, east, north)
    .filter((cell) => {
      const x = label[cell * 2]!
      const y = label[cell * 2 + 1]!
      return x >= west && x <= east && y >= south && y <= north && accepts(x, y)
    })
    .sort((first, second) => first - second)
}

/** Even-odd over all arcs of the cell: holes need no special case, for their arcs are arcs of the cell. */
function isInside(index: CellIndex, cell: number, at: LatticePoint): boolean {
  const { land, cellArc, cellArcStart } = index
  let inside = false
  for (let k = cellArcStart[cell]!; k < cellArcStart[cell + 1]!; k++) {
    const arc = cellArc[k]!
    // An arc with the cell on both sides bounds nothing.
    if (land.arcLeft[arc] === land.arcRight[arc]) continue
    for (let p = land.arcStart[arc]! + 1; p < land.arcStart[arc + 1]!; p++) {
      if (crossesRay(land.arcXY[p * 2 - 2]!, land.arcXY[p * 2 - 1]!, land.arcXY[p * 2]!, land.arcXY[p * 2 + 1]!, at.x, at.y))
        inside = !inside
    }
  }
  return inside
}

function crossesRay(x0: number, y0: number, x1: number, y1: number, x: number, y: number): boolean {
  return y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0
}

function bordersWithin(index: CellIndex, cell: number, a: LatticePoint, b: LatticePoint, radius: number): boolean {
  const { cellArc, cellArcStart } = index
  for (let k = cellArcStart[cell]!; k < cellArcStart[cell + 1]!; k++) {
    if (arcWithin(index.land, cellArc[k]!, a, b, radius)) return true
  }
  return false
}

function arcWithin(land: Land, arc: number, a: LatticePoint, b: LatticePoint, radius: number): boolean {
  for (let p = land.arcStart[arc]! + 1; p < land.arcStart[arc + 1]!; p++) {
    const c = { x: land.arcXY[p * 2 - 2]!, y: land.arcXY[p * 2 - 1]! }
    const d = { x: land.arcXY[p * 2]!, y: land.arcXY[p * 2 + 1]! }
    if (segmentsWithin(a, b, c, d, radius)) return true
  }
  return false
}

function segmentsWithin(a: LatticePoint, b: LatticePoint, c: LatticePoint, d: LatticePoint, radius: number): boolean {
  const limit = radius * radius
  return (
    segmentsCross(a, b, c, d) ||
    distance2(a, c, d) <= limit ||
    distance2(b, c, d) <= limit ||
    distance2(c, a, b) <= limit ||
    distance2(d, a, b) <= limit
  )
}

function segmentsCross(a: LatticePoint, b: LatticePoint, c: LatticePoint, d: LatticePoint): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

const turn = (a: LatticePoint, b: LatticePoint, c: LatticePoint): number =>
  Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x))

/** Squared distance of a point to a segment. */
function distance2(p: LatticePoint, a: LatticePoint, b: LatticePoint): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2))
  const ex = p.x - (a.x + t * dx)
  const ey = p.y - (a.y + t * dy)
  return ex * ex + ey * ey
}
