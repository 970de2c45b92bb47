import Flatbush from 'flatbush'
import { priceBorders } from '@/algorithms/partition/price-borders'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { ArcKind, type CellAdjacency, type Land } from '@/core/land'
import { LATTICE_M, toLattice } from '@/core/land-frame'
import type { CleanStreet } from './clean-land'

/** A metre of border on a main street costs this much less than on another: main streets are what people take for borders. */
const MAIN_DISCOUNT = 0.22
const MAIN = new Set(['motorway', 'trunk', 'primary', 'secondary', 'tertiary'])
/** How near to a main street's line a border runs on it, lattice steps (3 m). */
const ON_LINE = 600

/**
 * Cells with their borders as units to be joined. Borders along main streets are cheapest, so that communities and grids follow what
 * people take for borders. O(arcs log streets).
 */
export function cellGraph(land: Land, adjacency: CellAdjacency, households: ArrayLike<number>, streets: readonly CleanStreet[]): UnitGraph {
  const size = land.cellAreaM2.length
  const { start, neighbour } = adjacency
  const edgeCost = priceBorders(land, adjacency)
  const onMain = mainStreetFinder(land, streets)
  const lower = (cell: number, other: number, by: number) => {
    for (let k = start[cell]; k < start[cell + 1]; k++) if (neighbour[k] === other) edgeCost[k] = Math.max(1, edgeCost[k] - by)
  }
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    const [left, right] = [land.arcLeft[arc], land.arcRight[arc]]
    if (left < 0 || right < 0 || left === right || land.arcKind[arc] !== ArcKind.street || !onMain(arc)) continue
    const discount = MAIN_DISCOUNT * lengthM(land, arc)
    lower(left, right, discount)
    lower(right, left, discount)
  }
  return {
    start,
    neighbour,
    edgeCost,
    weight: Float64Array.from(households),
    x: Float64Array.from({ length: size }, (_, cell) => land.cellLabelXY[2 * cell] * LATTICE_M),
    y: Float64Array.from({ length: size }, (_, cell) => land.cellLabelXY[2 * cell + 1] * LATTICE_M),
  }
}

function lengthM(land: Land, arc: number): number {
  let sum = 0
  for (let k = land.arcStart[arc] + 1; k < land.arcStart[arc + 1]; k++) {
    sum += Math.hypot(land.arcXY[2 * k] - land.arcXY[2 * k - 2], land.arcXY[2 * k + 1] - land.arcXY[2 * k - 1])
  }
  return sum * LATTICE_M
}

/** Whether the middle of an arc lies on a main street. */
function mainStreetFinder(land: Land, streets: readonly CleanStreet[]): (arc: number) => boolean {
  const segments: number[][] = []
  for (const street of streets) {
    if (!MAIN.has(street.highway.replace(/_link$/, ''))) continue
    const line = street.line.map(([lng, lat]) => toLattice(land.frame, lng, lat))
    for (let k = 1; k < line.length; k++) segments.push([...line[k - 1], ...line[k]])
  }
  if (segments.length === 0) return () => false
  const index = new Flatbush(segments.length)
  for (const [x1, y1, x2, y2] of segments) index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2))
  index.finish()
  return (arc) => {
    const middle = (land.arcStart[arc] + land.arcStart[arc + 1] - 1) >> 1
    const [x, y] = [land.arcXY[2 * middle], land.arcXY[2 * middle + 1]]
    return index
      .search(x - ON_LINE, y - ON_LINE, x + ON_LINE, y + ON_LINE)
      .some((k) => distanceToSegment(x, y, segments[k]) <= ON_LINE)
  }
}

function distanceToSegment(x: number, y: number, [x1, y1, x2, y2]: readonly number[]): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const t = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy)
}
