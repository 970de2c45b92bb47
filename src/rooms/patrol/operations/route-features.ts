import type { PatrolRoute } from '@/core/patrol/patrol-scope'
import type { RouteStep } from '@/core/patrol/patrol'
import { routeColour } from '../route-colours'
import { lineFeature, stretchLine, type DrawGround } from './street-features'

/** Routes as the map draws them. */
export interface RouteFeatures {
  /** Each stretch once a route: `route`, `colour`, `served`, and `lane`, how many other lines lie upon it already. */
  readonly lines: GeoJSON.Feature[]
  /** What is looked at, joined in the direction it is walked, for arrows; `colour`. */
  readonly ways: GeoJSON.Feature[]
  /** Where the number of a route stands; `icon`. */
  readonly numbers: GeoJSON.Feature[]
}

/** Name of the picture with a route's number. */
export const routeIcon = (number: number): string => `route:${number}/${routeColour(number).slice(1)}`

/**
 * Lines of routes. A stretch served and passed by one route is drawn as served; of several routes on a stretch each has its own lane.
 * O(steps).
 */
export function routeFeatures(routes: readonly Pick<PatrolRoute, 'number' | 'steps'>[], ground: DrawGround): RouteFeatures {
  const lanes = new Map<string, number>()
  const [lines, ways, numbers]: GeoJSON.Feature[][] = [[], [], []]
  for (const route of routes) {
    const colour = routeColour(route.number)
    for (const [key, step] of drawnOnce(route.steps)) {
      const lane = lanes.get(key) ?? 0
      const line = stretchLine(ground, step)
      if (line.length < 2) continue
      lanes.set(key, lane + 1)
      lines.push(lineFeature(line, { route: route.number, colour, served: step.served, lane }))
    }
    const walked = joinWays(route.steps.filter(({ served }) => served), ground)
    ways.push(...walked.map((line) => lineFeature(line, { route: route.number, colour })))
    numbers.push(...numberPlaces(walked).map((at): GeoJSON.Feature => ({ type: 'Feature', properties: { route: route.number, icon: routeIcon(route.number) }, geometry: { type: 'Point', coordinates: at } })))
  }
  return { lines, ways, numbers }
}

/** Steps by stretch; one served wins over one passed, and served ones come first, so that they lie in the middle of the street. */
function drawnOnce(steps: readonly RouteStep[]): Map<string, RouteStep> {
  const once = new Map<string, RouteStep>()
  for (const isServed of [true, false]) {
    for (const step of steps) {
      const key = `${step.streetId}/${step.fromCm}/${step.toCm}`
      if (step.streetId > 0 && step.served === isServed && !once.has(key)) once.set(key, step)
    }
  }
  return once
}

/** Lines as they are walked; steps that follow one another end to end are one. */
function joinWays(steps: readonly RouteStep[], ground: DrawGround): GeoJSON.Position[][] {
  const ways: GeoJSON.Position[][] = []
  for (const step of steps) {
    const line = stretchLine(ground, step)
    if (line.length < 2) continue
    if (step.reversed) line.reverse()
    const last = ways.at(-1)?.at(-1)
    if (last && Math.hypot(last[0] - line[0][0], last[1] - line[0][1]) < 1e-6) ways.at(-1)!.push(...line.slice(1))
    else ways.push(line)
  }
  return ways
}

/** A number on the way about every sixth of what is walked, at the middle of the nearest line: at least one. */
function numberPlaces(ways: readonly GeoJSON.Position[][]): GeoJSON.Position[] {
  const middles = ways.map((way) => way[Math.floor(way.length / 2)])
  const every = Math.max(1, Math.ceil(middles.length / 3))
  return middles.filter((_, k) => k % every === Math.floor(every / 2))
}
