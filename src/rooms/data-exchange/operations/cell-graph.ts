import Flatbush from 'flatbush'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { ArcKind, type Land } from '@/core/land'
import { LATTICE_M, toLattice } from '@/core/land-frame'
import type { CleanStreet } from './clean-land'

/** What a metre of border costs, by what it follows: a border between houses is dear, one on a street cheap. */
const COST_PER_M: Readonly<Record<number, number>> = {
  [ArcKind.free]: 3,
  [ArcKind.lane]: 1.2,
  [ArcKind.wall]: 0.8,
  [ArcKind.street]: 0.5,
  [ArcKind.water]: 0.3,
  [ArcKind.railway]: 0.3,
  [ArcKind.boundary]: 0.3,
}
const MAIN_COST_PER_M = 0.1
const MAIN = new Set(['motorway', 'trunk', 'primary', 'secondary', 'tertiary'])
/** How near to a main street's line a border runs on it, lattice steps (3 m). */
const ON_LINE = 600

/**
 * Cells with their borders as units to be joined. Borders along main streets are cheapest, so that communities and grids follow what
 * people take for borders. O(arcs log streets).
 */
export function cellGraph(land: Land, households: ArrayLike<number>, streets: readonly CleanStreet[]): UnitGraph {
  const size = land.cellAreaM2.length
  const onMain = mainStreetFinder(land, streets)
  const borders: Map<number, number>[] = Array.from({ length: size }, () => new Map())
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    const [left, right] = [land.arcLeft[arc], land.arcRight[arc]]
    if (left < 0 || right < 0 || left === right) continue
    const kind = land.arcKind[arc]
    const perM = kind === ArcKind.street && onMain(arc) ? MAIN_COST_PER_M : (COST_PER_M[kind] ?? 1)
    const cost = Math.max(0.01, lengthM(land, arc) * perM)
    borders[left].set(right, (borders[left].get(right) ?? 0) + cost)
    borders[right].set(left, (borders[right].get(left) ?? 0) + cost)
  }
  const rows = borders.map((row) => [...row].sort(([a], [b]) => a - b))
  const start = new Uint32Array(size + 1)
  rows.forEach((row, cell) => (start[cell + 1] = start[cell] + row.length))
  return {
    start,
    neighbour: Int32Array.from(rows.flatMap((row) => row.map(([other]) => other))),
    edgeCost: Float64Array.from(rows.flatMap((row) => row.map(([, cost]) => cost))),
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
