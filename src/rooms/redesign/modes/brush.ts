import type { GestureEvent, MapEngine } from '@/map/contracts'
import { clearGesture, drawGesture } from '../layers'
import type { Painter, ToolMode } from '../model'
import { cellAt, cellsUnderBrush, type LatticePoint } from '../operations/pick-cells'

const CIRCLE_POINTS = 48

/** Paint with a round brush: everything the circle touches from press to release is one stroke. */
export function brushMode(painter: Painter): ToolMode {
  let map: MapEngine | null = null
  let last: LatticePoint | null = null
  let shown: GestureEvent | null = null

  const radius = (event: GestureEvent) => painter.brushPx() * painter.latticePerPx(map!, event.screen)

  const drawCircle = (event: GestureEvent) => {
    shown = event
    const centre = painter.toLattice(event.at)
    const r = radius(event)
    const ring = Array.from({ length: CIRCLE_POINTS }, (_, k) => {
      const angle = (k / CIRCLE_POINTS) * 2 * Math.PI
      return { x: centre.x + r * Math.cos(angle), y: centre.y + r * Math.sin(angle) }
    })
    drawGesture(map!, painter.index.land.frame, ring, true)
  }

  return {
    id: 'redesign:brush',
    cursor: 'crosshair',
    enter(entered) {
      map = entered
    },
    leave(left) {
      painter.drop()
      clearGesture(left)
      last = null
      shown = null
    },
    down(event) {
      const at = painter.toLattice(event.at)
      if (event.alt) return painter.pick(cellAt(painter.index, at))
      if (!painter.begin()) return
      last = at
      painter.add(cellsUnderBrush(painter.index, at, at, radius(event)))
    },
    move(event) {
      drawCircle(event)
      const at = painter.toLattice(event.at)
      if (last) painter.add(cellsUnderBrush(painter.index, last, at, radius(event)))
      else painter.point(cellAt(painter.index, at))
      if (last) last = at
    },
    up() {
      if (last) painter.keep('brush')
      last = null
    },
    cancel() {
      last = null
      return painter.drop()
    },
    redraw() {
      if (map && shown) drawCircle(shown)
    },
  }
}
