import { shareAlong } from '@/algorithms/routing/near-edges'
import type { PatrolRoute } from '@/core/patrol/patrol-scope'
import { cutStretch, type MeasuredStreet } from './cut-stretch'

/** A route as one line. */
export interface RouteLine {
  /** x, y by point, metres in the frame of the land. */
  readonly xyM: Float64Array
  /** Metres walked up to each point. */
  readonly alongM: Float64Array
  /** By piece from point k to k + 1: 1 where it is looked at, 0 where it is only passed. */
  readonly served: Uint8Array
  /** By piece: position of its step in the route. */
  readonly step: Int32Array
  readonly servedM: number
}

/** So far from a street a checkpoint is still come by on it. */
export const CHECKPOINT_M = 150
/** Ends of steps no farther apart than this are one point. */
const HALF_CM = 0.005
/** Of places of a line that are as near, but for this, the first counts. */
const ALIKE_M = 0.5

/** The steps of a route strung together. A step over a gap, or on a street that is gone, is a straight piece. O(points). */
export function routeLine({ steps }: Pick<PatrolRoute, 'steps'>, streets: ReadonlyMap<number, MeasuredStreet>): RouteLine {
  const points: number[] = []
  const served: number[] = []
  const stepOf: number[] = []
  let isAfterGap = false
  steps.forEach((step, own) => {
    const street = streets.get(step.streetId)
    if (!street) return void (isAfterGap = true)
    const cut = cutStretch(street, step)
    for (let k = 0; k < cut.length; k += 2) {
      const at = step.reversed ? cut.length - 2 - k : k
      const [x, y] = [cut[at], cut[at + 1]]
      if (points.length > 0) {
        if (Math.hypot(points[points.length - 2] - x, points[points.length - 1] - y) <= HALF_CM) continue
        served.push(k === 0 ? 0 : Number(step.served))
        stepOf.push(k === 0 && isAfterGap ? own - 1 : own)
      }
      points.push(x, y)
    }
    isAfterGap = false
  })
  const xyM = Float64Array.from(points)
  const alongM = new Float64Array(xyM.length / 2)
  let servedM = 0
  for (let k = 1; k < alongM.length; k++) {
    const lengthM = Math.hypot(xyM[2 * k] - xyM[2 * k - 2], xyM[2 * k + 1] - xyM[2 * k - 1])
    alongM[k] = alongM[k - 1] + lengthM
    if (served[k - 1]) servedM += lengthM
  }
  return { xyM, alongM, served: Uint8Array.from(served), step: Int32Array.from(stepOf), servedM }
}

/** Where a checkpoint stands on a route. */
export interface RouteStand {
  /** Metres along the line; NaN where it has no length. */
  readonly alongM: number
  /** Position of the step in the route. */
  readonly step: number
}

/**
 * Where the checkpoints of a route, in its order, are come by: each at the nearest place from the step of the one before it on. Where
 * that is farther than the planner goes, streets or checkpoints were changed since: then it is the nearest place of all, however far.
 * @param places x, y in metres
 * O(places × points).
 */
export function checkpointsAlong({ xyM, alongM, step }: RouteLine, places: readonly (readonly [number, number])[]): RouteStand[] {
  let after = 0
  return places.map(([x, y]) => {
    const nearest = (from: number): RouteStand & { awayM: number } => {
      let best = { awayM: Infinity, alongM: NaN, step: 0 }
      for (let k = 1; k < alongM.length; k++) {
        if (step[k - 1] < from) continue
        const [ax, ay, bx, by] = xyM.subarray(2 * k - 2, 2 * k + 2)
        const share = shareAlong(x, y, ax, ay, bx, by)
        const awayM = Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y)
        if (awayM < best.awayM - ALIKE_M) best = { awayM, alongM: alongM[k - 1] + share * (alongM[k] - alongM[k - 1]), step: step[k - 1] }
      }
      return best
    }
    const onward = nearest(after)
    if (onward.awayM > CHECKPOINT_M) return nearest(0)
    after = onward.step
    return onward
  })
}
