import type { LngLat } from '@/core/units'
import { worldPx } from './zoom-with-room'

/** Another sign on the map, and the zoom from which on it is shown. */
export interface OtherSign {
  readonly at: LngLat
  readonly fromZoom: number
}

/** Places a sign may take: on its point, above its label, higher still, below its label. Pixels upwards. */
export const RISES_PX = [0, 28, 54, -28] as const
/** In the order in which they are tried. */
const PLAIN = [0, 1, 3]
const LABELLED = [1, 2, 3]
/** Centres this far apart do not cover one another: half a station and half a finding, with a gap. */
const APART_PX = 24
export const ZOOMS = 23

/**
 * For each sign a digit a zoom: the first rise at which no other sign lies beneath it; where none is clear the first of
 * all. A zoom counts as its whole step, as the map's filters do. Complexity O(n log m) for signs spread as stations are.
 *
 * @param signs places; from `labelZoom` on a label stands there, so that the sign is above it
 */
export function riseOfSigns(signs: readonly { readonly at: LngLat; readonly labelZoom: number }[], others: readonly OtherSign[]): string[] {
  const eastward = others.map(({ at, fromZoom }) => ({ ...worldPx(at), fromZoom })).sort((a, b) => a.x - b.x)
  const firstZoom = Math.min(...others.map(({ fromZoom }) => fromZoom))
  const reachOf = (zoom: number): number => (APART_PX + RISES_PX[2]) / 2 ** zoom
  return signs.map(({ at, labelZoom }) => {
    const { x, y } = worldPx(at)
    const near = within(eastward, x, reachOf(firstZoom)).filter((other) => Math.hypot(other.x - x, other.y - y) < reachOf(other.fromZoom))
    let digits = ''
    for (let zoom = 0; zoom < ZOOMS; zoom++) {
      const rises = zoom >= labelZoom ? LABELLED : PLAIN
      const isClear = (rise: number): boolean =>
        near.every((other) => other.fromZoom >= zoom + 1 || [zoom, zoom + 0.5, zoom + 1].every((exact) =>
          Math.hypot((other.x - x) * 2 ** exact, (other.y - y) * 2 ** exact - RISES_PX[rise]) >= APART_PX))
      digits += rises.find(isClear) ?? rises[0]
    }
    return digits
  })
}

/** Those whose x is so near, of a list in the order of x. */
function within<T extends { readonly x: number }>(list: readonly T[], x: number, reach: number): readonly T[] {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle].x < x - reach) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < list.length && list[end].x <= x + reach) end++
  return list.slice(low, end)
}
