import type { GestureMode } from '@/map/contracts'
import type { Painter } from '../model'
import { cellAt } from '../operations/pick-cells'

/** Hand over the whole connected piece under the pointer: a grid's, or land without a grid. Esc before release drops it. */
export function fillMode(painter: Painter): GestureMode {
  let pressed = false
  return {
    id: 'redesign:fill',
    cursor: 'cell',
    leave() {
      pressed = false
      painter.drop()
    },
    down(event) {
      const cell = cellAt(painter.index, painter.toLattice(event.at))
      if (cell < 0) return
      if (event.alt) return painter.pick(cell)
      if (!painter.begin()) return
      pressed = true
      painter.replace(painter.fillFrom(cell))
    },
    move(event) {
      if (!pressed) painter.point(cellAt(painter.index, painter.toLattice(event.at)))
    },
    up() {
      if (pressed) painter.keep('fill')
      pressed = false
    },
    cancel() {
      pressed = false
      return painter.drop()
    },
  }
}
