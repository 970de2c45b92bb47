import { pointInRing } from '@/core/rings'
import type { LngLat } from '@/core/units'
import type { GestureMode, ScreenPoint } from '@/map/contracts'
import type { Picture } from '../picture'
import type { Hand } from './hand'

/** Least way between two points of the ring, CSS pixels: fewer points, the same shape. */
const STEP_PX = 4

/** Give the households in a free-hand ring; the ring closes itself by a straight line. */
export function lassoMode(hand: Hand): GestureMode {
  let ring: LngLat[] | null = null
  let last: ScreenPoint = { x: 0, y: 0 }

  return {
    id: 'assignment:lasso',
    cursor: 'crosshair',
    leave() {
      ring = null
      hand.ring([])
      hand.drop()
    },
    down(event) {
      if (event.alt) return hand.pick(hand.under(event.screen, false))
      if (!hand.begin()) return
      ring = [event.at]
      last = event.screen
    },
    move(event) {
      if (!ring) return hand.point(hand.under(event.screen, false))
      if (Math.hypot(event.screen.x - last.x, event.screen.y - last.y) < STEP_PX) return
      ring.push(event.at)
      last = event.screen
      hand.ring(ring)
      hand.show(householdsWithin(hand.picture, ring))
    },
    up() {
      if (ring) hand.keep('lasso')
      ring = null
      hand.ring([])
    },
    cancel() {
      ring = null
      hand.ring([])
      return hand.drop()
    },
  }
}

/** Households drawn within a ring of degrees, open or closed. O(households + those in its box × points). */
export function householdsWithin(picture: Picture | null, ring: readonly LngLat[]): number[] {
  if (!picture || ring.length < 3) return []
  const flat = ring.flatMap(([lng, lat]) => [lng, lat])
  const [lngs, lats] = [ring.map(([lng]) => lng), ring.map(([, lat]) => lat)]
  const [west, east, south, north] = [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)]
  const { places } = picture.layout
  const found: number[] = []
  for (let household = 0; household < places.length / 2; household++) {
    const [lng, lat] = [places[2 * household], places[2 * household + 1]]
    if (lng >= west && lng <= east && lat >= south && lat <= north && pointInRing(flat, lng, lat) >= 0) found.push(household)
  }
  return found
}
