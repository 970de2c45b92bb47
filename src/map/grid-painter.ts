import type { Land } from '@/core/land'
import type { Scope } from '@/core/scope'
import type { ShownGrids } from '@/core/workspace'
import { SOURCE, type MapEngine } from './contracts'
import { GRID_FILLS } from './palette'

/** Colour index by grid slot, neighbours differing; see the colouring of grids. */
export type GridColours = ArrayLike<number>

/** Fill of a cell by its grid; the plan's own colours or a theme. Null leaves the cell bare. */
export type CellFill = (cell: number, gridIndex: number) => string | null

/** Arcs of each cell, in compressed rows; made once a land, so that a flipped cell finds its borders at once. */
export interface CellArcs {
  readonly start: Uint32Array
  readonly arc: Int32Array
}

export function cellArcs(land: Land): CellArcs {
  const start = new Uint32Array(land.cellIds.length + 1)
  const count = (cell: number): void => {
    if (cell >= 0) start[cell + 1]++
  }
  for (let a = 0; a < land.arcIds.length; a++) {
    count(land.arcLeft[a])
    count(land.arcRight[a])
  }
  for (let c = 0; c < land.cellIds.length; c++) start[c + 1] += start[c]
  const at = start.slice()
  const arc = new Int32Array(start[land.cellIds.length])
  for (let a = 0; a < land.arcIds.length; a++) {
    if (land.arcLeft[a] >= 0) arc[at[land.arcLeft[a]]++] = a
    if (land.arcRight[a] >= 0) arc[at[land.arcRight[a]]++] = a
  }
  return { start, arc }
}

/**
 * Paints grids as states of cells and arcs. With `changedCells` only these and their borders are sent, so an edit
 * costs what it changed.
 */
export function paintGrids(
  map: MapEngine,
  scope: Scope,
  arcs: CellArcs,
  shown: ShownGrids,
  fill: CellFill,
  cells: Iterable<number>,
): void {
  const { land } = scope
  for (const cell of cells) {
    const grid = shown.cellGrid[cell]
    const colour = grid < 0 ? null : fill(cell, grid)
    map.setState(SOURCE.cells, cell, { fill: colour ?? 'rgba(0,0,0,0)', none: grid < 0 ? 0.9 : 0 })
    for (let k = arcs.start[cell]; k < arcs.start[cell + 1]; k++) {
      map.setState(SOURCE.arcs, arcs.arc[k], { border: borderOf(land, shown.cellGrid, arcs.arc[k]) })
    }
  }
}

/** 0 no border of grids, 1 between grids, 2 between communities or at the edge of the land. */
function borderOf(land: Land, cellGrid: Int32Array, arc: number): number {
  const left = land.arcLeft[arc]
  const right = land.arcRight[arc]
  if (left < 0 || right < 0) return 2
  if (land.cellCommunity[left] !== land.cellCommunity[right]) return 2
  return cellGrid[left] === cellGrid[right] ? 0 : 1
}

/** The plan's own colours. */
export const fillByColour =
  (colours: GridColours): CellFill =>
  (_cell, grid) =>
    GRID_FILLS[colours[grid] % GRID_FILLS.length]
