/** Points a square of the grid holds in the mean. */
const POINTS_A_SQUARE = 3

/**
 * Points in squares, to find those near a place. Coordinates of a square lie beside each other. Built in O(points).
 */
export class PointGrid {
  readonly side: number
  readonly columns: number
  readonly rows: number
  readonly left: number
  readonly bottom: number
  /** Points of square s are `index[start[s] … start[s + 1])`, ascending, with their coordinates in `x` and `y`. */
  readonly start: Int32Array
  readonly index: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array
  private squares: Float64Array
  private found: Int32Array

  /** @param x @param y metres, as many as there are points; finite */
  constructor(x: Float64Array, y: Float64Array) {
    const count = x.length
    const [left, right] = rangeOf(x)
    const [bottom, top] = rangeOf(y)
    const reach = Math.max(right - left, top - bottom, 1)
    const area = Math.max(right - left, reach / 1000) * Math.max(top - bottom, reach / 1000)
    this.side = Math.sqrt((area * POINTS_A_SQUARE) / Math.max(1, count))
    this.columns = Math.floor((right - left) / this.side) + 1
    this.rows = Math.floor((top - bottom) / this.side) + 1
    this.left = left
    this.bottom = bottom
    this.start = new Int32Array(this.columns * this.rows + 1)
    this.index = new Int32Array(count)
    this.x = new Float64Array(count)
    this.y = new Float64Array(count)
    this.squares = new Float64Array(count)
    this.found = new Int32Array(count)
    const square = new Int32Array(count)
    for (let point = 0; point < count; point++) {
      square[point] = this.rowOf(y[point]) * this.columns + this.columnOf(x[point])
      this.start[square[point] + 1]++
    }
    for (let at = 1; at < this.start.length; at++) this.start[at] += this.start[at - 1]
    const next = this.start.slice()
    for (let point = 0; point < count; point++) {
      const at = next[square[point]]++
      this.index[at] = point
      this.x[at] = x[point]
      this.y[at] = y[point]
    }
  }

  /** Column of squares at a place; that at the edge for one outside. */
  columnOf(x: number): number {
    return Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.left) / this.side)))
  }

  rowOf(y: number): number {
    return Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.bottom) / this.side)))
  }

  /**
   * The points nearest to a place, those of lower index first among equals; in no order. The answer is good until the next call.
   *
   * @param wanted at least one, at most as many as there are points
   * @returns points, their squared metres, and the farthest of them
   */
  nearest(x: number, y: number, wanted: number): { points: Int32Array; squares: Float64Array; last: number; lastSquare: number } {
    const { squares, found, columns, rows } = this
    const column = this.columnOf(x)
    const row = this.rowOf(y)
    let count = 0
    let kth = Infinity
    for (let radius = 0; ; radius++) {
      count = this.gatherRing(x, y, column, row, radius, count, kth)
      const isAll = column <= radius && row <= radius && column + radius >= columns - 1 && row + radius >= rows - 1
      if (isAll) break
      if (count < wanted) continue
      if (kth === Infinity) {
        kth = selectSmallest(squares, found, count, wanted)
        count = wanted
      }
      const clear = this.clearOf(x, y, column, row, radius)
      if (clear > 0 && clear * clear > kth) break
    }
    const lastSquare = count === wanted && kth < Infinity ? kth : selectSmallest(squares, found, count, wanted)
    return { points: found.subarray(0, wanted), squares: squares.subarray(0, wanted), last: found[wanted - 1], lastSquare }
  }

  /** Metres from a place to the nearest that can lie outside the squares up to a radius. */
  private clearOf(x: number, y: number, column: number, row: number, radius: number): number {
    const { left, bottom, side, columns, rows } = this
    let clear = Infinity
    if (column - radius > 0) clear = Math.min(clear, x - (left + (column - radius) * side))
    if (column + radius < columns - 1) clear = Math.min(clear, left + (column + radius + 1) * side - x)
    if (row - radius > 0) clear = Math.min(clear, y - (bottom + (row - radius) * side))
    if (row + radius < rows - 1) clear = Math.min(clear, bottom + (row + radius + 1) * side - y)
    // Rounding may have put a point that lies on an edge on either side of it.
    return clear - 1e-9 * side
  }

  /** Append the points of the squares at a radius that are no farther than the `most` squared metres. */
  private gatherRing(x: number, y: number, column: number, row: number, radius: number, count: number, most: number): number {
    const { columns, rows, start, squares, found } = this
    const first = Math.max(0, column - radius)
    const last = Math.min(columns - 1, column + radius)
    for (let r = Math.max(0, row - radius); r <= Math.min(rows - 1, row + radius); r++) {
      const isEdge = r === row - radius || r === row + radius
      const step = isEdge || radius === 0 ? 1 : 2 * radius
      for (let c = isEdge ? first : column - radius; c <= last; c += step) {
        if (c < 0) continue
        const end = start[r * columns + c + 1]
        for (let at = start[r * columns + c]; at < end; at++) {
          const dx = this.x[at] - x
          const dy = this.y[at] - y
          const square = dx * dx + dy * dy
          if (square > most) continue
          squares[count] = square
          found[count++] = this.index[at]
        }
      }
    }
    return count
  }
}

function rangeOf(values: Float64Array): [number, number] {
  let least = Infinity
  let most = -Infinity
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return values.length === 0 ? [0, 0] : [least, most]
}

/**
 * Bring the `wanted` smallest keys, ties by index, to the front of two columns, the largest of them last; its key comes back.
 * Hoare's selection, the median of three as pivot.
 */
function selectSmallest(keys: Float64Array, indices: Int32Array, count: number, wanted: number): number {
  const target = wanted - 1
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (isAfter(keys, indices, low, middle)) swap(keys, indices, low, middle)
    if (isAfter(keys, indices, low, high)) swap(keys, indices, low, high)
    if (isAfter(keys, indices, middle, high)) swap(keys, indices, middle, high)
    const key = keys[middle]
    const index = indices[middle]
    let i = low
    let j = high
    while (i <= j) {
      while (keys[i] < key || (keys[i] === key && indices[i] < index)) i++
      while (keys[j] > key || (keys[j] === key && indices[j] > index)) j--
      if (i <= j) swap(keys, indices, i++, j--)
    }
    if (target <= j) high = j
    else if (target >= i) low = i
    else break
  }
  return keys[target]
}

function isAfter(keys: Float64Array, indices: Int32Array, a: number, b: number): boolean {
  return keys[a] > keys[b] || (keys[a] === keys[b] && indices[a] > indices[b])
}

function swap(keys: Float64Array, indices: Int32Array, a: number, b: number): void {
  const key = keys[a]
  keys[a] = keys[b]
  keys[b] = key
  const index = indices[a]
  indices[a] = indices[b]
  indices[b] = index
}
