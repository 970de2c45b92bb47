import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import { locatePoints } from '@/algorithms/topology/locate-points'
import { LATTICE_M } from '@/core/land-frame'
import type { Scope } from '@/core/scope'

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

/** Borders follow streets: so far to either hand one is surely beside it. */
const BESIDE_M = 12

/** Middle of each segment by length, and where it lies. A point on a border belongs to one side of it, always the same. O(points). */
export function segmentPlaces(network: PatrolNetwork, { land, current }: Pick<Scope, 'land' | 'current'>): SegmentPlaces {
  const count = network.segmentFrom.length
  const middleXYM = new Float64Array(2 * count)
  // The middle, then a place to the left and to the right of it.
  const probes = new Float64Array(6 * count)
  for (let segment = 0; segment < count; segment++) {
    const { x, y, east, north } = middleOf(network, segment)
    middleXYM.set([x, y], 2 * segment)
    probes.set([x, y, x - BESIDE_M * north, y + BESIDE_M * east, x + BESIDE_M * north, y - BESIDE_M * east].map((metres) => metres / LATTICE_M), 6 * segment)
  }
  const cells = locatePoints(land, probes)
  const of = (column: Int32Array, probe: number): Int32Array => Int32Array.from({ length: count }, (_, segment) => column[cells[3 * segment + probe]] ?? -1)
  return { community: of(land.cellCommunity, 0), grid: of(current.cellGrid, 0), gridLeft: of(current.cellGrid, 1), gridRight: of(current.cellGrid, 2), middleXYM }
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
