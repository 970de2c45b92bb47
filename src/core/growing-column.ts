/** A column of numbers by index. */
export type Column = Int32Array | Uint32Array | Float64Array | Uint8Array

/** Columns taken into hand: only these may be written beyond their length, for behind others lies what is not ours. */
const own = new WeakSet<ArrayBufferLike>()

const SLACK = 64

/**
 * The column with another length: the same memory where there is room, else a copy with room to grow. What is new at the end
 * holds no certain number. A column of somebody else's is copied, whatever its length. O(1), O(length) now and then.
 */
export function resized<C extends Column>(column: C, length: number): C {
  const Kind = column.constructor as new (from: number | ArrayBufferLike, at?: number, length?: number) => C
  if (own.has(column.buffer) && length * column.BYTES_PER_ELEMENT <= column.buffer.byteLength) {
    return length === column.length ? column : new Kind(column.buffer, 0, length)
  }
  const room = new Kind(length + (length >> 3) + SLACK)
  own.add(room.buffer)
  room.set(length < column.length ? column.subarray(0, length) : column)
  return new Kind(room.buffer, 0, length)
}

/** A copy of one's own that may be written and grow. O(length). */
export function takenInHand<C extends Column>(column: C): C {
  const Kind = column.constructor as new (from: number | ArrayBufferLike, at?: number, length?: number) => C
  const room = new Kind(column.length + (column.length >> 3) + SLACK)
  own.add(room.buffer)
  room.set(column)
  return new Kind(room.buffer, 0, column.length)
}

/**
 * Give rows of compressed columns other sizes: row i owns entries start[i] … start[i+1]−1 of each column. Rows that are named
 * hold no certain numbers afterwards, all others are moved to where they belong.
 * Complexity O(rows named), and one move of the memory behind the first of them where the sizes differ.
 */
export function resizeRows<C extends Record<string, Column>>(start: Uint32Array, columns: C, sizes: ReadonlyMap<number, number>): C {
  const rows = [...sizes.keys()].filter((row) => sizes.get(row) !== start[row + 1] - start[row]).sort((a, b) => a - b)
  if (rows.length === 0) return columns
  const rowCount = start.length - 1
  const end = start[rowCount]
  let shift = 0
  const stretches = rows.map((row, i) => {
    shift += sizes.get(row)! - (start[row + 1] - start[row])
    const lastRow = i + 1 < rows.length ? rows[i + 1] : rowCount
    return { firstRow: row + 1, lastRow, from: start[row + 1], to: start[lastRow], shift }
  })
  const roomy = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, resized(column, Math.max(end, end + shift))]),
  ) as Record<string, Column>
  // Stretches that move down go first from the front, those that move up from the back: none lands on one still to move.
  const move = (stretch: (typeof stretches)[number]) => {
    for (const column of Object.values(roomy)) column.copyWithin(stretch.from + stretch.shift, stretch.from, stretch.to)
  }
  for (const stretch of stretches) if (stretch.shift < 0) move(stretch)
  for (const stretch of [...stretches].reverse()) if (stretch.shift > 0) move(stretch)
  for (const { firstRow, lastRow, shift: by } of stretches) {
    if (by !== 0) for (let row = firstRow; row <= lastRow; row++) start[row] += by
  }
  return Object.fromEntries(Object.entries(roomy).map(([name, column]) => [name, resized(column, end + shift)])) as C
}

/** Rows added at the end, empty, or empty rows taken off. */
export function resizedStart(start: Uint32Array, rowCount: number): Uint32Array {
  const before = start.length - 1
  const after = resized(start, rowCount + 1)
  for (let row = before; row < rowCount; row++) after[row + 1] = after[row]
  return after
}
