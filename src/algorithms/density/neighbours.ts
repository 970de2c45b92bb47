import type { CellTable } from './cell-table'

/** Who neighbours whom, each pair both ways, nobody itself: place k has neighbour[start[k]] … neighbour[start[k + 1] − 1], ascending. */
export interface Neighbours {
  readonly start: Uint32Array
  readonly neighbour: Int32Array
}

/** Distances that are equal but for rounding count as equal. */
const SLACK = 1 + 1e-12

/**
 * Binary weights by a band of distance.
 *
 * @param xyM x, y by place, metres
 * @param reachM neighbours lie within it, inclusive, > 0
 * Complexity: O(n · places within three reaches).
 */
export function neighboursWithin(xyM: Float64Array, reachM: number): Neighbours {
  if (!(reachM > 0)) throw new Error(`expected a reach above 0 m, got ${reachM}`)
  const count = xyM.length / 2
  const byBox = new Map<number, number[]>()
  const boxOf = (x: number, y: number) => Math.floor(y / reachM) * 2 ** 25 + Math.floor(x / reachM)
  for (let k = 0; k < count; k++) {
    const box = boxOf(xyM[2 * k], xyM[2 * k + 1])
    const there = byBox.get(box)
    if (there) there.push(k)
    else byBox.set(box, [k])
  }
  const most = reachM * reachM * SLACK
  return listNeighbours(count, (k) => {
    const [x, y] = [xyM[2 * k], xyM[2 * k + 1]]
    const found: number[] = []
    for (let down = -1; down <= 1; down++) {
      for (let right = -1; right <= 1; right++) {
        for (const other of byBox.get(boxOf(x, y) + down * 2 ** 25 + right) ?? []) {
          const [dx, dy] = [xyM[2 * other] - x, xyM[2 * other + 1] - y]
          if (other !== k && dx * dx + dy * dy <= most) found.push(other)
        }
      }
    }
    return found
  })
}

/** Binary weights by contiguity: hexagons that share a side; squares that share a side or a corner. */
export function neighboursTouching({ lattice, column, row }: CellTable): Neighbours {
  const indexByRow = new Map<number, Map<number, number>>()
  row.forEach((at, k) => {
    if (!indexByRow.has(at)) indexByRow.set(at, new Map())
    indexByRow.get(at)!.set(column[k], k)
  })
  return listNeighbours(row.length, (k) => {
    // Above and below a hexagon lie two: which two goes by the shift of its row.
    const [first, last] = lattice.shape === 'square' ? [-1, 1] : (row[k] & 1) === 1 ? [0, 1] : [-1, 0]
    const steps = [[-1, 0], [1, 0]]
    for (let right = first; right <= last; right++) steps.push([right, -1], [right, 1])
    return steps.map(([right, up]) => indexByRow.get(row[k] + up)?.get(column[k] + right) ?? -1).filter((other) => other >= 0)
  })
}

function listNeighbours(count: number, of: (place: number) => number[]): Neighbours {
  const start = new Uint32Array(count + 1)
  const lists: number[][] = []
  for (let k = 0; k < count; k++) {
    lists.push(of(k).sort((a, b) => a - b))
    start[k + 1] = start[k] + lists[k].length
  }
  const neighbour = new Int32Array(start[count])
  lists.forEach((list, k) => neighbour.set(list, start[k]))
  return { start, neighbour }
}
