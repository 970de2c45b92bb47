import { extentOf, paperGround, type PaperGround } from '@/map/paper-ground'
import type { Scope } from '@/core/scope'
import { scaleBar, type ScaleBar } from '@/ui/scale-bar'

type Place = readonly [number, number]

/** A route on paper: its ground, its way, arrows and checkpoints, millimetres. */
export interface RouteMap extends PaperGround {
  readonly bar: ScaleBar
  readonly way: string
  readonly start: Place
  readonly arrows: readonly { readonly x: number; readonly y: number; readonly turnDeg: number }[]
  /** Checkpoints in the order of the route, from 1. */
  readonly places: readonly { readonly number: number; readonly x: number; readonly y: number }[]
}

/** An arrow every so many millimetres of way. */
const ARROW_MM = 22

/**
 * The map of a route.
 * @param line the way in metres of the land's frame, in its order
 * @param places checkpoints in metres, in order
 * Null for a route without a way.
 */
export function makeRouteMap(scope: Scope, community: number, line: readonly Place[], places: readonly Place[], size: { readonly width: number; readonly height: number }): RouteMap | null {
  if (line.length < 2) return null
  const ground = paperGround(scope, community, extentOf([...line, ...places]), size, { has: () => false })
  const onPaper = line.map(ground.toPaper)
  return {
    ...ground,
    bar: scaleBar(ground.metresPerMm, size.width / 2),
    way: ground.pathOf(line, false),
    start: onPaper[0],
    arrows: arrowsAlong(onPaper),
    places: places.map((place, k) => {
      const [x, y] = ground.toPaper(place)
      return { number: k + 1, x, y }
    }),
  }
}

/** Places along a line where its direction is shown, each within a piece long enough to tell it. */
function arrowsAlong(line: readonly Place[]): RouteMap['arrows'] {
  const arrows: { x: number; y: number; turnDeg: number }[] = []
  let sinceMm = ARROW_MM / 2
  for (let k = 1; k < line.length; k++) {
    const [[ax, ay], [bx, by]] = [line[k - 1], line[k]]
    const mm = Math.hypot(bx - ax, by - ay)
    sinceMm += mm
    if (sinceMm < ARROW_MM || mm < 2) continue
    sinceMm = 0
    arrows.push({ x: (ax + bx) / 2, y: (ay + by) / 2, turnDeg: (Math.atan2(by - ay, bx - ax) * 180) / Math.PI })
  }
  return arrows
}
