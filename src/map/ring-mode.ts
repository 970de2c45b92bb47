import type { LngLat } from '@/core/units'
import type { GestureMode, ScreenPoint } from './contracts'

/** Least way between two points of the ring, CSS pixels: fewer points, the same shape. */
const STEP_PX = 4

/** Draw a free-hand ring, which closes itself by a straight line. */
export function ringMode(hand: {
  readonly id: string
  /** The ring so far; fewer than three points clear it. */
  show(ring: readonly LngLat[]): void
  /** The ring as it was when the pointer was let go, of at least three points; `add`: Shift was held. */
  keep(ring: readonly LngLat[], add: boolean): void
}): GestureMode {
  let ring: LngLat[] | null = null
  let last: ScreenPoint = { x: 0, y: 0 }
  const drop = (): boolean => {
    const had = ring !== null
    ring = null
    hand.show([])
    return had
  }
  return {
    id: hand.id,
    cursor: 'crosshair',
    leave: () => void drop(),
    down(event) {
      ring = [event.at]
      last = event.screen
    },
    move(event) {
      if (!ring || Math.hypot(event.screen.x - last.x, event.screen.y - last.y) < STEP_PX) return
      ring.push(event.at)
      last = event.screen
      hand.show(ring)
    },
    up(event) {
      if (ring && ring.length >= 3) hand.keep(ring, event.shift)
      drop()
    },
    cancel: drop,
  }
}
