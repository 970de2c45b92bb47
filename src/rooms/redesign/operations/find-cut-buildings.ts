import { arcsByCell } from '@/core/cell-contents'
import { LATTICE_M, toLattice } from '@/core/land-frame'
import type { PlanState } from '@/core/plan-index'

/** A border that reaches less deep into a house than this follows its wall: rounding and survey, metres. */
const DEEP_M = 0.5

type Segment = readonly [x0: number, y0: number, x1: number, y1: number]

/**
 * Buildings that the border of a grid runs through, by index: a corner of the house lies beyond it, or a bend of the border
 * inside the house, by more than half a metre. O(outline points × border points of their cells).
 */
export function findCutBuildings({ context, document }: PlanState): number[] {
  const { buildings, land } = context
  const arcs = arcsByCell(land)
  const deep = DEEP_M / LATTICE_M
  const borders = new Map<number, { all: Segment[]; grid: Segment[] }>()
  const cut: number[] = []
  for (let b = 0; b < buildings.count; b++) {
    const cell = buildings.cell[b]
    if (cell < 0) continue
    const held = borders.get(cell) ?? bordersOf(cell)
    borders.set(cell, held)
    if (held.grid.length === 0) continue
    const corners = outlineOf(b)
    const walls = corners.map((corner, k): Segment => [...corner, ...corners[(k + 1) % corners.length]])
    const beyond = corners.some(([x, y]) => !isInside(x, y, held.all) && nearest(x, y, held.all).distance > deep && held.grid.includes(nearest(x, y, held.all).segment))
    const within = () => held.grid.some(([x, y]) => isInside(x, y, walls) && nearest(x, y, walls).distance > deep)
    if (beyond || within()) cut.push(b)
  }
  return cut

  function bordersOf(cell: number): { all: Segment[]; grid: Segment[] } {
    const all: Segment[] = []
    const grid: Segment[] = []
    for (let k = arcs.start[cell]; k < arcs.start[cell + 1]; k++) {
      const arc = arcs.item[k]
      if (land.arcLeft[arc] === land.arcRight[arc]) continue
      const other = land.arcLeft[arc] === cell ? land.arcRight[arc] : land.arcLeft[arc]
      for (let p = 2 * land.arcStart[arc]; p + 2 < 2 * land.arcStart[arc + 1]; p += 2) {
        const segment: Segment = [land.arcXY[p], land.arcXY[p + 1], land.arcXY[p + 2], land.arcXY[p + 3]]
        all.push(segment)
        if (other >= 0 && document.cellGrid[other] !== document.cellGrid[cell]) grid.push(segment)
      }
    }
    return { all, grid }
  }

  /** Corners of the house on the lattice; the ring is closed in the data. */
  function outlineOf(building: number): [number, number][] {
    const corners: [number, number][] = []
    for (let p = buildings.outlineStart[building]; p + 1 < buildings.outlineStart[building + 1]; p++) {
      corners.push(toLattice(land.frame, buildings.outline[2 * p], buildings.outline[2 * p + 1]))
    }
    return corners
  }
}

/** Even-odd. */
function isInside(x: number, y: number, ring: readonly Segment[]): boolean {
  let inside = false
  for (const [x0, y0, x1, y1] of ring) if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside
  return inside
}

function nearest(x: number, y: number, segments: readonly Segment[]): { distance: number; segment: Segment } {
  let distance = Infinity
  let segment = segments[0]
  for (const one of segments) {
    const [x0, y0, x1, y1] = one
    const [dx, dy] = [x1 - x0, y1 - y0]
    const along = dx * dx + dy * dy
    const t = along === 0 ? 0 : Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / along))
    const away = Math.hypot(x - x0 - t * dx, y - y0 - t * dy)
    if (away < distance) [distance, segment] = [away, one]
  }
  return { distance, segment }
}
