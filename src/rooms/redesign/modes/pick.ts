import type { Painter, ToolMode } from '../model'
import { cellAt } from '../operations/pick-cells'

/** Make the grid under the pointer the target; Shift: the grid that is painted from. `picked` goes back to painting. */
export function pickMode(painter: Painter, picked: () => void): ToolMode {
  return {
    id: 'redesign:pick',
    cursor: 'copy',
    leave() {
      painter.point(-1)
    },
    down(event) {
      const cell = cellAt(painter.index, painter.toLattice(event.at))
      if (cell < 0) return
      if (event.shift) painter.pickSource(cell)
      else painter.pick(cell)
      picked()
    },
    move(event) {
      painter.point(cellAt(painter.index, painter.toLattice(event.at)))
    },
    cancel: () => false,
  }
}
