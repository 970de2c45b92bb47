import type { GestureMode, MapEngine } from '@/map/contracts'
import { clearGesture, drawGesture } from '../layers'
import type { Painter } from '../model'
import { cellAt, cellsInLasso, type LatticePoint } from '../operations/pick-cells'

/** Least way between two points of the ring, CSS pixels: fewer points, the same shape. */
const STEP_PX = 3

/** Paint what lies in a free-hand ring; the ring closes itself by a straight line. */
export function lassoMode(painter: Painter): GestureMode {
  let map: MapEngine | null = null
  let ring: LatticePoint[] | null = null

  return {
    id: 'redesign:lasso',
    cursor: 'crosshair',
    enter(entered) {
      map = entered
    },
    leave(left) {
      ring = null
      painter.drop()
      clearGesture(left)
    },
    down(event) {
      const at = painter.toLattice(event.at)
      if (event.alt) return painter.pick(cellAt(painter.index, at))
      if (painter.begin()) ring = [at]
    },
    move(event) {
      const at = painter.toLattice(event.at)
      if (!ring) return painter.point(cellAt(painter.index, at))
      const last = ring[ring.length - 1]!
      const stepLattice = STEP_PX * painter.latticePerPx(map!, event.screen)
      if (Math.hypot(at.x - last.x, at.y - last.y) < stepLattice) return
      ring.push(at)
      drawGesture(map!, painter.index.land.frame, ring, true)
      painter.replace(cellsInLasso(painter.index, ring))
    },
    up() {
      if (ring) painter.keep('lasso')
      ring = null
      if (map) clearGesture(map)
    },
    cancel() {
      ring = null
      if (map) clearGesture(map)
      return painter.drop()
    },
  }
}
