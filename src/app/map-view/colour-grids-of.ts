import { colourGrids, mendGridColours } from '@/algorithms/partition/colour-grids'
import type { Scope } from '@/core/scope'
import type { ShownGrids } from '@/core/workspace'

let kept: { scope: Scope; colours: Int32Array } | null = null

/**
 * Colours in which neighbouring grids differ: those that came with the grids, else ours, kept from paint to paint so
 * that the map does not flicker. `recoloured` says that a grid has another colour than at the paint before.
 */
export function colourGridsOf(scope: Scope, shown: ShownGrids, partial: boolean): { colours: ArrayLike<number>; recoloured: boolean } {
  if (shown.colours) return { colours: shown.colours, recoloured: false }
  if (partial && shown.changedCells && kept?.scope === scope && kept.colours.length === shown.grids.length) {
    const changed = mendGridColours(scope.adjacency, shown.cellGrid, kept.colours, shown.changedCells)
    return { colours: kept.colours, recoloured: changed.length > 0 }
  }
  kept = { scope, colours: colourGrids(scope.adjacency, shown.cellGrid, shown.grids.length) }
  return { colours: kept.colours, recoloured: true }
}
