import type { Land } from '@/core/land'
import type { ShownGrids } from '@/core/workspace'
import { SOURCE, type MapEngine } from './contracts'
import { createCellColours } from './fade-cells'
import { GRID_FILLS } from './palette'

/** Colour index by grid slot, neighbours differing; see the colouring of grids. */
export type GridColours = ArrayLike<number>

/** Fill of a cell by its grid; the plan's own colours or a theme. Null leaves the cell bare. */
export type CellFill = (cell: number, gridIndex: number) => string | null

/** Arcs of each cell, in compressed rows; made once a land, so that a flipped cell finds its borders at once. */
interface CellArcs {
  readonly start: Uint32Array
  readonly arc: Int32Array
}

function cellArcs(land: Land): CellArcs {
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

/** Flips of more cells than this at once, a plan opened or a theme changed, show at once: they are no stroke. */
const FADE_MOST = 500

/** Paints grids on one land. */
export interface GridPainter {
  /**
   * Show these cells and their borders as states. With `flipped` they are the cells that an edit changed, and fade from
   * colour to colour unless the person asked for calm; an edit costs what it changed.
   */
  paint(shown: ShownGrids, fill: CellFill, cells: Iterable<number>, flipped: boolean): void
  end(): void
}

/** A painter for a land. O(arcs). */
export function createGridPainter(map: Pick<MapEngine, 'setState'>, land: Land): GridPainter {
  const arcs = cellArcs(land)
  const colours = createCellColours(map)
  return {
    paint(shown, fill, cells, flipped) {
      const fade = flipped && (shown.changedCells?.length ?? Infinity) <= FADE_MOST && !matchMedia('(prefers-reduced-motion: reduce)').matches
      for (const cell of cells) {
        const grid = shown.cellGrid[cell]
        colours.set(cell, grid < 0 ? null : fill(cell, grid), fade)
        map.setState(SOURCE.cells, cell, { none: grid < 0 ? 0.9 : 0 })
        for (let k = arcs.start[cell]; k < arcs.start[cell + 1]; k++) {
          map.setState(SOURCE.arcs, arcs.arc[k], { border: borderOf(land, shown.cellGrid, arcs.arc[k]) })
        }
      }
    },
    end: colours.end,
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
