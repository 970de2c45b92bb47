import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { PATROL_SETTINGS, type PatrolScope } from '@/core/patrol/patrol-scope'
import { toDegrees, toMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

/*
 *  300  +---21--+---22--+---23--+---24--+     ways between the cells of the made-up street: 100 m blocks, 4 × 3,
 *       |       |       |       |       |     from x = 0 to 400, y = 0 to 300. Ways along x: ids 11, 12, 13, 14 from south to
 *  200  +-------+-------+-------+-------+     north; along y: 21 … 25 from west to east. The border of the two communities
 *       |       |       |       |       |     is way 23, x = 200.
 *  100  +-------+-------+-------+-------+
 *       |       |       |       |       |
 *    0  +-------+-------+-------+-------+
 */
const [COLUMNS, ROWS, SIDE_M] = [4, 3, 100]
const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k)

/** The made-up street with ways along the borders of its cells. */
export function makeStreet(): Scope {
  const scope = decodeSnapshot(makeSnapshot(COLUMNS, ROWS), buildCellAdjacency)
  const { frame } = scope.land
  const way = (id: number, from: [number, number], to: [number, number]) => ({ id, name: `${id}路`, class: 'residential', line: [toDegrees(frame, ...from), toDegrees(frame, ...to)] })
  const across = range(ROWS + 1).map((row) => way(11 + row, [0, row * SIDE_M], [COLUMNS * SIDE_M, row * SIDE_M]))
  const up = range(COLUMNS + 1).map((column) => way(21 + column, [column * SIDE_M, 0], [column * SIDE_M, ROWS * SIDE_M]))
  return { ...scope, streets: [...across, ...up] }
}

/** Its ways as a network: a node at each crossing, a segment a block. */
export function makeNetwork(scope: Scope): PatrolNetwork {
  const nodeAt = (column: number, row: number): number => row * (COLUMNS + 1) + column
  const segments = [
    ...range(ROWS + 1).flatMap((row) => range(COLUMNS).map((k) => ({ line: row, from: nodeAt(k, row), to: nodeAt(k + 1, row), k }))),
    ...range(COLUMNS + 1).flatMap((column) => range(ROWS).map((k) => ({ line: ROWS + 1 + column, from: nodeAt(column, k), to: nodeAt(column, k + 1), k }))),
  ]
  const nodeXYM = Float64Array.from(range(ROWS + 1).flatMap((row) => range(COLUMNS + 1).flatMap((column) => [column * SIDE_M, row * SIDE_M])))
  // The frame of the made-up street begins at its corner.
  const [x0, y0] = toMetres(scope.land.frame, scope.streets[0].line[0])
  if (Math.hypot(x0, y0) > 0.01) throw new Error('the made-up street does not begin at its corner')
  return {
    nodeXYM,
    segmentFrom: Int32Array.from(segments, ({ from }) => from),
    segmentTo: Int32Array.from(segments, ({ to }) => to),
    segmentLengthM: new Float64Array(segments.length).fill(SIDE_M),
    segmentLine: Int32Array.from(segments, ({ line }) => line),
    segmentFromCm: Int32Array.from(segments, ({ k }) => k * SIDE_M * 100),
    segmentToCm: Int32Array.from(segments, ({ k }) => (k + 1) * SIDE_M * 100),
    pathStart: Uint32Array.from(range(segments.length + 1), (k) => 2 * k),
    pathXYM: Float64Array.from(segments.flatMap(({ from, to }) => [...nodeXYM.subarray(2 * from, 2 * from + 2), ...nodeXYM.subarray(2 * to, 2 * to + 2)])),
    component: new Int32Array(nodeXYM.length / 2),
    componentLengthM: Float64Array.of(segments.length * SIDE_M),
  }
}

const DAY_MS = 86_400_000
/** Sunday, 22 November 2026, 18:00 in Shanghai. */
export const NOW_MS = Date.parse('2026-11-22T18:00:00+08:00')

/** Nothing planned, nothing walked. */
export function makePatrols(parts: Partial<PatrolScope> = {}): PatrolScope {
  const none = new Int32Array(0)
  return {
    landId: 1,
    nowMs: NOW_MS,
    fromDay: new Date(NOW_MS - 27 * DAY_MS).toISOString().slice(0, 10),
    toDay: '2026-11-22',
    settings: PATROL_SETTINGS,
    duties: [],
    gates: [],
    checkpoints: [],
    plans: [],
    tracks: [],
    walked: { count: 0, track: none, streetId: none, fromCm: none, toCm: none, fromS: new Uint32Array(0), toS: new Uint32Array(0), confidence: new Uint8Array(0) },
    marks: [],
    passes: { building: none, atS: new Uint32Array(0) },
    patrollers: [],
    ...parts,
  }
}
