import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import { locatePoints } from '@/algorithms/topology/locate-points'
import { LATTICE_M } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import { BESIDE_M, countedCell } from './share-streets'

/** Where the segments of a network lie: columns by segment. */
export interface SegmentPlaces {
  /** Community index of its middle, −1 outside the land: a segment is counted in one community. */
  readonly community: Int32Array
  /** Grid index of its middle in the edition in force, −1 where there is none: it is counted in one grid. */
  readonly grid: Int32Array
  /** Grid index on either hand of its middle; differ where a street is the border. */
  readonly gridLeft: Int32Array
  readonly gridRight: Int32Array
  /** x, y of its middle, metres; 2s. */
  readonly middleXYM: Float64Array
}

/** Borders follow streets: so far to either hand one is surely off it. */
const OFF_M = 12
const PROBES = 5

/**
 * Middle of each segment by length, and where it lies. A segment that is the border counts where `shareStreets` counts its middle: what
 * coverage asks of a community is what its plans can walk. O(points).
 */
export function segmentPlaces(network: PatrolNetwork, { land, current }: Pick<Scope, 'land' | 'current'>): SegmentPlaces {
  const count = network.segmentFrom.length
  const middleXYM = new Float64Array(2 * count)
  // The middle, then places to the left and to the right of it: right beside it, and farther off.
  const probes = new Float64Array(2 * PROBES * count)
  for (let segment = 0; segment < count; segment++) {
    const { x, y, east, north } = middleOf(network, segment)
    middleXYM.set([x, y], 2 * segment)
    const besides = [BESIDE_M, OFF_M].flatMap((offM) => [x - offM * north, y + offM * east, x + offM * north, y - offM * east])
    probes.set([x, y, ...besides].map((metres) => metres / LATTICE_M), 2 * PROBES * segment)
  }
  const cells = locatePoints(land, probes)
  const counted = Int32Array.from({ length: count }, (_, segment) => countedCell(cells.subarray(PROBES * segment, PROBES * segment + 3), current.cellGrid))
  const gridAt = (probe: number): Int32Array => Int32Array.from({ length: count }, (_, segment) => current.cellGrid[cells[PROBES * segment + probe]] ?? -1)
  const of = (column: Int32Array): Int32Array => counted.map((cell) => column[cell] ?? -1)
  return { community: of(land.cellCommunity), grid: of(current.cellGrid), gridLeft: gridAt(3), gridRight: gridAt(4), middleXYM }
}

/** Place halfway along a segment, and the direction there, of length 1. */
function middleOf({ pathStart, pathXYM }: PatrolNetwork, segment: number): { x: number; y: number; east: number; north: number } {
  const [first, end] = [pathStart[segment], pathStart[segment + 1]]
  const stepM = (point: number): number => Math.hypot(pathXYM[2 * point + 2] - pathXYM[2 * point], pathXYM[2 * point + 3] - pathXYM[2 * point + 1])
  let halfM = 0
  for (let point = first; point + 1 < end; point++) halfM += stepM(point) / 2
  let point = first
  while (point + 2 < end && halfM > stepM(point)) halfM -= stepM(point++)
  const lengthM = stepM(point)
  const [x, y] = [pathXYM[2 * point], pathXYM[2 * point + 1]]
  if (!(lengthM > 0)) return { x, y, east: 1, north: 0 }
  const [east, north] = [(pathXYM[2 * point + 2] - x) / lengthM, (pathXYM[2 * point + 3] - y) / lengthM]
  return { x: x + halfM * east, y: y + halfM * north, east, north }
}
