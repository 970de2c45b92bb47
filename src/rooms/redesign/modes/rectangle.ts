import type { GestureMode, MapEngine } from '@/map/contracts'
import { clearGesture, drawGesture } from '../layers'
import type { Painter } from '../model'
import { cellAt, cellsInBox, type LatticePoint } from '../operations/pick-cells'

/** Paint what lies in a box, upright on the screen; the stroke follows the box until the pointer is released. */
export function rectangleMode(painter: Painter): GestureMode {
  let map: MapEngine | null = null
  let corner: LatticePoint | null = null

  return {
    id: 'redesign:rectangle',
    cursor: 'crosshair',
    enter(entered) {
      map = entered
    },
    leave(left) {
      corner = null
      painter.drop()
      clearGesture(left)
    },
    down(event) {
      const at = painter.toLattice(event.at)
      if (event.alt) return painter.pick(cellAt(painter.index, at))
      if (painter.begin()) corner = at
    },
    move(event) {
      const at = painter.toLattice(event.at)
      if (!corner) return painter.point(cellAt(painter.index, at))
      const ring = [corner, { x: at.x, y: corner.y }, at, { x: corner.x, y: at.y }]
      drawGesture(map!, painter.index.land.frame, ring, true)
      painter.replace(cellsInBox(painter.index, corner, at))
    },
    up() {
      if (corner) painter.keep('rectangle')
      corner = null
      if (map) clearGesture(map)
    },
    cancel() {
      corner = null
      if (map) clearGesture(map)
      return painter.drop()
    },
  }
}
