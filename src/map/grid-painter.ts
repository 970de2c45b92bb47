import { arcsByCell } from '@/core/cell-contents'
import type { Land } from '@/core/land'
import type { ShownGrids } from '@/core/workspace'
import type { MapEngine } from './contracts'
import { createCellColours } from './fade-cells'
import { GRID_FILLS } from './palette'
import { createRedrawnLand } from './redrawn-land'

/** Colour index by grid slot, neighbours differing; see the colouring of grids. */
export type GridColours = ArrayLike<number>

/** Fill of a cell by its grid; the plan's own colours or a theme. Null leaves the cell bare. */
export type CellFill = (cell: number, gridIndex: number) => string | null

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
export function createGridPainter(map: Pick<MapEngine, 'setState' | 'setData'>, base: Land): GridPainter {
  const redrawn = createRedrawnLand(map, base)
  const colours = createCellColours((cell, state) => map.setState(redrawn.cellSource(cell), cell, state))
  return {
    paint(shown, fill, cells, flipped) {
      const fade = flipped && (shown.changedCells?.length ?? Infinity) <= FADE_MOST && !matchMedia('(prefers-reduced-motion: reduce)').matches
      const land = shown.ground?.land ?? base
      const moved = redrawn.show(land)
      for (const cell of moved) colours.again(cell)
      const arcs = arcsByCell(land)
      for (const cell of moved.length > 0 ? new Set([...moved, ...cells]) : cells) {
        const grid = shown.cellGrid[cell]
        colours.set(cell, grid < 0 ? null : fill(cell, grid), fade)
        map.setState(redrawn.cellSource(cell), cell, { none: grid < 0 ? 0.9 : 0 })
        for (let k = arcs.start[cell]; k < arcs.start[cell + 1]; k++) {
          const arc = arcs.item[k]
          map.setState(redrawn.arcSource(arc), arc, { border: borderOf(land, shown.cellGrid, arc) })
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
