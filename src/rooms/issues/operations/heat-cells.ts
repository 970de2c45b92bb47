import { sumByCell, tableCells } from '@/algorithms/density/cell-table'
import { cellAt, cellCentre, cellCorners, type Lattice } from '@/algorithms/density/lattice'
import type { IssueColumns } from '@/core/issues/issue-scope'
import { doorsInMetres, toDegrees, toMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'

/** Sides of hexagons that can be chosen, metres. */
export const CELL_SIDES_M = [30, 60, 100, 200] as const

/**
 * Hexagons of one side over a street: those with a building or a slip. Their lattice hangs on the street's own frame,
 * so a place is in the same hexagon in every period, view and session.
 */
export interface HeatCells {
  readonly lattice: Lattice
  readonly count: number
  /** Cell by slip of the columns, and their places: metres in the frame, x and y by turns. */
  readonly slipCell: Int32Array
  readonly slipXYM: Float64Array
  /** Middles of buildings, metres. */
  readonly buildingXYM: Float64Array
  /** Households by cell. */
  readonly households: Int32Array
  /** Cell in a column and row of the lattice, −1 where there is none. */
  find(column: number, row: number): number
  /** Centre of a cell, degrees. */
  centre(cell: number): LngLat
  /** Its six corners from the lowest on, counter-clockwise, the first again at the end; degrees. */
  ring(cell: number): LngLat[]
  /** Cell at a place, −1 where there is none. */
  at(lng: number, lat: number): number
  /** The cell beyond each of its six sides, in the order of its corners; −1 none. */
  neighbours(cell: number): number[]
}

/** Hexagons of the street. O(slips + buildings). */
export function makeHeatCells(scope: Pick<Scope, 'buildings' | 'land'>, columns: Pick<IssueColumns, 'lngLat'>, sideM: number): HeatCells {
  const { frame } = scope.land
  const lattice: Lattice = { shape: 'hexagon', sideM, anchorXM: 0, anchorYM: 0 }
  const buildingXYM = doorsInMetres(scope.buildings, frame)
  const slipXYM = columns.lngLat.map((degrees, k) => (k % 2 === 0 ? (degrees - frame.lng0) * frame.mPerDegLng : (degrees - frame.lat0) * frame.mPerDegLat))
  const { table, cellOf: [buildingCell, slipCell] } = tableCells(lattice, [buildingXYM, slipXYM])
  const count = table.row.length
  const households = Int32Array.from(sumByCell(count, buildingCell, scope.buildings.households))
  const index = new Map<number, number>()
  const key = (column: number, row: number): number => row * 1e7 + column
  table.row.forEach((row, cell) => index.set(key(table.column[cell], row), cell))
  const find = (column: number, row: number): number => index.get(key(column, row)) ?? -1

  return {
    lattice,
    count,
    slipCell,
    slipXYM,
    buildingXYM,
    households,
    find,
    centre: (cell) => toDegrees(frame, ...cellCentre(lattice, table.column[cell], table.row[cell])),
    ring(cell) {
      const corners = cellCorners(lattice, table.column[cell], table.row[cell])
      return [0, 1, 2, 3, 4, 5, 0].map((k) => toDegrees(frame, corners[2 * k], corners[2 * k + 1]))
    },
    at(lng, lat) {
      return find(...cellAt(lattice, ...toMetres(frame, [lng, lat])))
    },
    neighbours(cell) {
      const [column, row] = [table.column[cell], table.row[cell]]
      const right = column + (row & 1)
      // Beyond the sides from the lowest corner on, counter-clockwise.
      return [find(right, row - 1), find(column + 1, row), find(right, row + 1), find(right - 1, row + 1), find(column - 1, row), find(right - 1, row - 1)]
    },
  }
}

/** Outline of a set of cells as lines: each side of a cell of the set beyond which none of the set lies. */
export function outlineOf(cells: HeatCells, among: ReadonlySet<number>): LngLat[][] {
  const lines: LngLat[][] = []
  for (const cell of among) {
    const ring = cells.ring(cell)
    cells.neighbours(cell).forEach((next, side) => {
      if (!among.has(next)) lines.push([ring[side], ring[side + 1]])
    })
  }
  return lines
}

/** Parts of a set of cells that hang together by sides, the largest first. */
export function joinCells(cells: HeatCells, among: ReadonlySet<number>): number[][] {
  const seen = new Set<number>()
  const parts: number[][] = []
  for (const first of among) {
    if (seen.has(first)) continue
    const part = [first]
    seen.add(first)
    for (let k = 0; k < part.length; k++) {
      for (const next of cells.neighbours(part[k])) {
        if (!among.has(next) || seen.has(next)) continue
        seen.add(next)
        part.push(next)
      }
    }
    parts.push(part)
  }
  return parts.sort((a, b) => b.length - a.length)
}
