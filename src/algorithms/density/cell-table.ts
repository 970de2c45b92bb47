import { cellAt, cellCentre, type Lattice } from './lattice'

/** Cells of a lattice that count, by row, then column; the others are not there. */
export interface CellTable {
  readonly lattice: Lattice
  readonly column: Int32Array
  readonly row: Int32Array
  /** x, y of the centre by cell, metres. */
  readonly centreXYM: Float64Array
}

/** Columns lie within ± this. */
const MOST_COLUMNS = 2 ** 21

/**
 * Cells that hold at least one of some points, and the cell of every point. Order and cells depend on where points lie,
 * not on the order they come in.
 *
 * @param parts x, y by turns, metres; one list after the other
 * @returns `cellOf` by part: the cell of each of its points
 * @throws where a position is not finite or lies more than two million columns away
 * Complexity: O(p + c log c) for p points in c cells.
 */
export function tableCells(lattice: Lattice, parts: readonly Float64Array[]): { table: CellTable; cellOf: Int32Array[] } {
  const keys = parts.map((xyM) => keysOf(lattice, xyM))
  const seen = new Set<number>()
  for (const part of keys) for (const key of part) seen.add(key)
  const sorted = Float64Array.from(seen).sort()
  const indexByKey = new Map<number, number>()
  sorted.forEach((key, index) => indexByKey.set(key, index))
  const row = Int32Array.from(sorted, rowOfKey)
  const column = Int32Array.from(sorted, (key, k) => key - row[k] * 2 * MOST_COLUMNS - MOST_COLUMNS)
  const centreXYM = new Float64Array(2 * sorted.length)
  row.forEach((_, k) => centreXYM.set(cellCentre(lattice, column[k], row[k]), 2 * k))
  return { table: { lattice, column, row, centreXYM }, cellOf: keys.map((part) => Int32Array.from(part, (key) => indexByKey.get(key)!)) }
}

/** Cell by point, −1 where the point lies in none of the table. */
export function findCells(table: CellTable, xyM: Float64Array): Int32Array {
  const indexByKey = new Map<number, number>()
  table.row.forEach((row, k) => indexByKey.set(keyOf(table.column[k], row), k))
  return Int32Array.from(keysOf(table.lattice, xyM), (key) => indexByKey.get(key) ?? -1)
}

/** Sum by cell of a weight by point, 1 where none is given; points of cell −1 are passed over. */
export function sumByCell(cellCount: number, cellOf: Int32Array, weight?: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(cellCount)
  for (let k = 0; k < cellOf.length; k++) if (cellOf[k] >= 0) sum[cellOf[k]] += weight ? weight[k] : 1
  return sum
}

const keyOf = (column: number, row: number) => row * 2 * MOST_COLUMNS + column + MOST_COLUMNS
const rowOfKey = (key: number) => Math.floor(key / (2 * MOST_COLUMNS))

function keysOf(lattice: Lattice, xyM: Float64Array): Float64Array {
  const keys = new Float64Array(xyM.length / 2)
  for (let k = 0; k < keys.length; k++) {
    const [column, row] = cellAt(lattice, xyM[2 * k], xyM[2 * k + 1])
    if (!(Math.abs(column) < MOST_COLUMNS && Math.abs(row) < MOST_COLUMNS)) {
      throw new Error(`expected finite metres near the anchor, got ${xyM[2 * k]}, ${xyM[2 * k + 1]} at point ${k}`)
    }
    keys[k] = keyOf(column, row)
  }
  return keys
}
