import type { Land } from '@/core/land'
import { PairTable } from '@/algorithms/shared/pair-table'
import { chainArcs } from '@/algorithms/topology/arcs'
import { assembleLand } from '@/algorithms/topology/assemble-land'
import { frame } from './random-quarter'

/** Side of a square, lattice steps: 10 m. */
export const SIDE = 2000

/**
 * Land of squares: `labels[row][column]` is the cell of each, −1 outside. Cells may be in pieces; what is derived from the
 * land can be counted by hand.
 */
export function squareLand(labels: readonly (readonly number[])[]): Land {
  const at = (r: number, c: number) => labels[r]?.[c] ?? -1
  const points = new PairTable(64)
  const a: number[] = [], b: number[] = [], left: number[] = [], right: number[] = []
  const push = (ax: number, ay: number, bx: number, by: number, l: number, r: number) => {
    if (l === r) return
    a.push(points.add(ax * SIDE, ay * SIDE))
    b.push(points.add(bx * SIDE, by * SIDE))
    left.push(l)
    right.push(r)
  }
  for (let r = 0; r <= labels.length; r++) {
    for (let c = 0; c <= labels[0].length; c++) {
      push(c, r, c + 1, r, at(r, c), at(r - 1, c))
      push(c, r, c, r + 1, at(r, c - 1), at(r, c))
    }
  }
  const arcs = chainArcs({
    points, count: a.length, a: Int32Array.from(a), b: Int32Array.from(b), left: Int32Array.from(left),
    right: Int32Array.from(right), flags: new Uint16Array(a.length),
  })
  const cells = Math.max(...labels.flat()) + 1
  return assembleLand(frame, points, arcs, new Int32Array(cells))
}
