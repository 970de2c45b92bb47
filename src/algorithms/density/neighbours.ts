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
  const start = new Uint32Array(count + 1)
  const lists: number[][] = []
  for (let k = 0; k < count; k++) {
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
    lists.push(found.sort((a, b) => a - b))
    start[k + 1] = start[k] + found.length
  }
  const neighbour = new Int32Array(start[count])
  lists.forEach((list, k) => neighbour.set(list, start[k]))
  return { start, neighbour }
}
