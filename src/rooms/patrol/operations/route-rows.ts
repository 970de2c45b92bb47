import { shareAlong } from '@/algorithms/routing/near-edges'
import type { RouteStep } from '@/core/patrol/patrol'
import type { Checkpoint, PatrolPlan, PatrolRoute } from '@/core/patrol/patrol-scope'
import { toMetres } from '@/core/places-in-metres'
import type { LandFrame } from '@/core/land-frame'
import { cutStretch, type MeasuredStreet } from './cut-stretch'

/** A line of a route's list: steps one after the other along one street, all looked at or all passed. */
export interface RouteRow {
  readonly streetId: number
  readonly served: boolean
  readonly metres: number
  /** Seconds after the route began. */
  readonly fromS: number
  readonly seconds: number
  readonly steps: readonly RouteStep[]
  /** Checkpoints come by on it, in order. */
  readonly checkpoints: readonly Checkpoint[]
}

/** So far from a way a checkpoint is still come by on it. */
const NEAR_M = 160

/**
 * The list of a route, from its start to its end. A checkpoint stands where the route comes nearest to it, in the order of the route;
 * its dwelling is part of the time there. O(steps × points + checkpoints × steps).
 */
export function routeRows(
  { steps, checkpoints }: Pick<PatrolRoute, 'steps' | 'checkpoints'>,
  { serveMPerS, walkMPerS }: Pick<PatrolPlan, 'serveMPerS' | 'walkMPerS'>,
  all: readonly Checkpoint[],
  streets: ReadonlyMap<number, MeasuredStreet>,
  frame: LandFrame,
): RouteRow[] {
  const stepOf = checkpointSteps(steps, checkpoints.flatMap((id) => all.find((one) => one.id === id) ?? []), streets, frame)
  const rows: RouteRow[] = []
  let fromS = 0
  steps.forEach((step, k) => {
    const metres = (step.toCm - step.fromCm) / 100
    const own = stepOf.filter(({ at }) => at === k).map(({ checkpoint }) => checkpoint)
    const seconds = metres / (step.served ? serveMPerS : walkMPerS) + own.reduce((sum, { dwellS }) => sum + dwellS, 0)
    const last = rows.at(-1)
    if (last && last.streetId === step.streetId && last.served === step.served && last.steps.at(-1)!.reversed === step.reversed) {
      rows[rows.length - 1] = { ...last, metres: last.metres + metres, seconds: last.seconds + seconds, steps: [...last.steps, step], checkpoints: [...last.checkpoints, ...own] }
    } else rows.push({ streetId: step.streetId, served: step.served, metres, fromS, seconds, steps: [step], checkpoints: own })
    fromS += seconds
  })
  return rows
}

function checkpointSteps(steps: readonly RouteStep[], checkpoints: readonly Checkpoint[], streets: ReadonlyMap<number, MeasuredStreet>, frame: LandFrame) {
  const lines = steps.map((step) => {
    const street = streets.get(step.streetId)
    return street ? cutStretch(street, step) : []
  })
  let after = 0
  return checkpoints.flatMap((checkpoint) => {
    const [xM, yM] = toMetres(frame, checkpoint.lngLat)
    let [at, leastM] = [-1, NEAR_M]
    for (let k = after; k < steps.length; k++) {
      const awayM = awayFrom(lines[k], xM, yM)
      if (awayM < leastM - 0.5) [at, leastM] = [k, awayM]
    }
    if (at < 0) return []
    after = at
    return [{ checkpoint, at }]
  })
}

/** Straight way from a place to a line, x and y by turns. */
function awayFrom(line: readonly number[], xM: number, yM: number): number {
  let leastM = Infinity
  for (let k = 2; k < line.length; k += 2) {
    const [ax, ay, bx, by] = [line[k - 2], line[k - 1], line[k], line[k + 1]]
    const share = shareAlong(xM, yM, ax, ay, bx, by)
    leastM = Math.min(leastM, Math.hypot(ax + share * (bx - ax) - xM, ay + share * (by - ay) - yM))
  }
  return leastM
}

/** The way of a route as one line, metres; a path assumed over a gap is straight. */
export function routeLine({ steps }: Pick<PatrolRoute, 'steps'>, streets: ReadonlyMap<number, MeasuredStreet>): [number, number][] {
  const line: [number, number][] = []
  for (const step of steps) {
    const street = streets.get(step.streetId)
    if (!street) continue
    const flat = cutStretch(street, step)
    const points = Array.from({ length: flat.length / 2 }, (_, k): [number, number] => [flat[2 * k], flat[2 * k + 1]])
    for (const point of step.reversed ? points.reverse() : points) {
      const last = line.at(-1)
      if (!last || Math.hypot(last[0] - point[0], last[1] - point[1]) > 0.005) line.push(point)
    }
  }
  return line
}
