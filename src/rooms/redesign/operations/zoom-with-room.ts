import type { LngLat } from '@/core/units'

/** Pixels of the whole earth at zoom 0. */
const WORLD_PX = 512

/** A place in pixels of zoom 0, y northwards. */
export function worldPx([lng, lat]: LngLat): { x: number; y: number } {
  const phi = (lat * Math.PI) / 180
  return { x: (lng / 360) * WORLD_PX, y: (Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)) * WORLD_PX }
}

/**
 * The zoom from which on each place is so many pixels away from the next one, that signs on them do not cover one
 * another. Places that are the same count as one. Complexity O(n log n) for places spread as grids are.
 *
 * @param highest where places lie closer than any zoom can part, this one
 */
export function zoomWithRoom(places: readonly LngLat[], apartPx: number, highest: number): number[] {
  const world = places.map(worldPx)
  const eastward = [...world.keys()].sort((a, b) => world[a].x - world[b].x)
  const nearest = places.map(() => Infinity)
  for (let rank = 0; rank < eastward.length; rank++) {
    const own = eastward[rank]
    for (const step of [-1, 1]) {
      for (let at = rank + step; at >= 0 && at < eastward.length; at += step) {
        const other = eastward[at]
        const dx = Math.abs(world[other].x - world[own].x)
        if (dx >= nearest[own]) break
        const distance = Math.hypot(dx, world[other].y - world[own].y)
        if (distance > 0) nearest[own] = Math.min(nearest[own], distance)
      }
    }
  }
  return nearest.map((distance) => Math.max(0, Math.min(highest, Math.log2(apartPx / distance))))
}
