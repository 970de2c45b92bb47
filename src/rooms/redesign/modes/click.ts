import type { GestureMode } from '@/map/contracts'
import type { Painter } from '../model'
import { cellAt } from '../operations/pick-cells'

/**
 * Paint the cell under the pointer, with Shift or a double click all cells of its compound; Alt makes its grid the target.
 * Dragging paints cell after cell, as one stroke.
 */
export function clickMode(painter: Painter): GestureMode {
  let pressed = false
  let shift = false
  const take = (cell: number) => painter.add(shift ? painter.compoundOf(cell) : [cell])

  return {
    id: 'redesign:click',
    cursor: 'pointer',
    leave() {
      pressed = false
      painter.drop()
    },
    down(event) {
      const cell = cellAt(painter.index, painter.toLattice(event.at))
      if (cell < 0) return
      if (event.alt) return painter.pick(cell)
      // The first of two clicks painted the cell alone: both are one stroke.
      if (event.taps === 2) painter.takeBack()
      if (!painter.begin()) return
      pressed = true
      shift = event.shift || event.taps === 2
      take(cell)
    },
    move(event) {
      const cell = cellAt(painter.index, painter.toLattice(event.at))
      if (pressed && cell >= 0) take(cell)
      else if (!pressed) painter.point(cell)
    },
    up() {
      if (pressed) painter.keep('click')
      pressed = false
    },
    cancel() {
      pressed = false
      return painter.drop()
    },
  }
}
