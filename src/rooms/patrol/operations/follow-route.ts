import type { PatrolRoute } from '@/core/patrol/patrol-scope'
import { straightM, toMetres, type Place } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import { cutStretch, measureStreets } from './cut-stretch'

/** A route as one line, to be followed by position. */
export interface RouteLine {
  /** x, y by point, metres in the frame of the land. */
  readonly xyM: Float64Array
  /** Metres walked up to each point. */
  readonly alongM: Float64Array
  /** By piece from point k to k + 1: 1 where it is looked at, 0 where it is only passed. */
  readonly served: Uint8Array
  /** Metres along the line of each checkpoint of the route, in its order; NaN where the line does not come near it. */
  readonly checkpointM: Float64Array
  readonly servedM: number
}

/** How far one has come: by place, in whatever order it was walked. */
export interface RouteProgress {
  /** By sample of the line, each `SAMPLE_M`: 1 where somebody came by. */
  readonly done: Uint8Array
  /** Sample one came by last, −1 none: where one is on the line. */
  readonly at: number
  readonly servedM: number
}

export const SAMPLE_M = 10
/** A checkpoint belongs to the place of the line nearest to it, within so many metres. */
const CHECKPOINT_M = 60
/** One is on the line within the accuracy of the position, within these bounds: lanes lie 35 m apart. */
const LEAST_NEAR_M = 12
const MOST_NEAR_M = 20
/** Where the line passes several times, one goes on from where one was, so far ahead or back. */
const WINDOW = 30

/** The steps of a route strung together. A step over a gap, or on a street that is gone, is a straight piece. O(points). */
export function makeRouteLine(route: Pick<PatrolRoute, 'steps'>, checkpoints: readonly { readonly lngLat: readonly [number, number] }[], scope: Pick<Scope, 'streets' | 'land'>): RouteLine {
  const streets = measureStreets(scope)
  const points: number[] = []
  const served: number[] = []
  for (const step of route.steps) {
    const street = streets.get(step.streetId)
    if (!street) continue
    const cut = cutStretch(street, step)
    for (let k = 0; k < cut.length; k += 2) {
      const at = step.reversed ? cut.length - 2 - k : k
      if (points.length > 0) served.push(k === 0 ? 0 : Number(step.served))
      points.push(cut[at], cut[at + 1])
    }
  }
  const xyM = Float64Array.from(points)
  const alongM = new Float64Array(xyM.length / 2)
  let servedM = 0
  for (let k = 1; k < alongM.length; k++) {
    const stepM = Math.hypot(xyM[2 * k] - xyM[2 * k - 2], xyM[2 * k + 1] - xyM[2 * k - 1])
    alongM[k] = alongM[k - 1] + stepM
    if (served[k - 1]) servedM += stepM
  }
  const line = { xyM, alongM, served: Uint8Array.from(served), servedM }
  return { ...line, checkpointM: checkpointsAlong(line, checkpoints.map(({ lngLat }) => toMetres(scope.land.frame, lngLat))) }
}

/** Each checkpoint at the nearest place of the line not before the one before it, where that is near; else at the nearest of all. */
function checkpointsAlong({ xyM, alongM }: Pick<RouteLine, 'xyM' | 'alongM'>, places: readonly (readonly [number, number])[]): Float64Array {
  let afterM = 0
  return Float64Array.from(places, ([x, y]) => {
    const nearest = (fromM: number): { awayM: number; atM: number } => {
      let best = { awayM: Infinity, atM: NaN }
      for (let k = 1; k < alongM.length; k++) {
        if (alongM[k] < fromM) continue
        const [ax, ay, bx, by] = [xyM[2 * k - 2], xyM[2 * k - 1], xyM[2 * k], xyM[2 * k + 1]]
        const length2 = (bx - ax) ** 2 + (by - ay) ** 2
        const share = length2 > 0 ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) : 0
        const awayM = Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y)
        if (awayM < best.awayM - 0.01) best = { awayM, atM: alongM[k - 1] + share * (alongM[k] - alongM[k - 1]) }
      }
      return best
    }
    const onward = nearest(afterM)
    const best = onward.awayM <= CHECKPOINT_M ? onward : nearest(0)
    if (best.awayM > CHECKPOINT_M) return NaN
    if (best === onward) afterM = best.atM
    return best.atM
  })
}

/** Samples of a line: x, y, and the piece each lies on. */
export interface RouteSamples {
  readonly xyM: Float64Array
  readonly served: Uint8Array
}

/** Places each `SAMPLE_M` along a line, the middle of each such stretch. */
export function sampleLine({ xyM, alongM, served }: RouteLine): RouteSamples {
  const lengthM = alongM.at(-1) ?? 0
  const count = Math.ceil(lengthM / SAMPLE_M)
  const samples = { xyM: new Float64Array(2 * count), served: new Uint8Array(count) }
  let k = 1
  for (let sample = 0; sample < count; sample++) {
    const metres = Math.min(lengthM, (sample + 0.5) * SAMPLE_M)
    while (k + 1 < alongM.length && alongM[k] < metres) k++
    const share = (metres - alongM[k - 1]) / (alongM[k] - alongM[k - 1] || 1)
    samples.xyM[2 * sample] = xyM[2 * k - 2] + share * (xyM[2 * k] - xyM[2 * k - 2])
    samples.xyM[2 * sample + 1] = xyM[2 * k - 1] + share * (xyM[2 * k + 1] - xyM[2 * k - 1])
    samples.served[sample] = served[k - 1]
  }
  return samples
}

export const noProgress = (samples: RouteSamples): RouteProgress => ({ done: new Uint8Array(samples.served.length), at: -1, servedM: 0 })

/** Progress after coming by a place; x, y in metres, accuracy null where unknown. What counts is settled when the walk is matched. O(samples). */
export function comeBy({ xyM, served }: RouteSamples, before: RouteProgress, x: number, y: number, accuracyM: number | null): RouteProgress {
  const nearM = Math.min(MOST_NEAR_M, Math.max(LEAST_NEAR_M, accuracyM ?? MOST_NEAR_M))
  let [done, { at, servedM }, best] = [before.done, before, Infinity]
  for (let sample = 0; sample < served.length; sample++) {
    const awayM = Math.hypot(xyM[2 * sample] - x, xyM[2 * sample + 1] - y)
    if (awayM > nearM) continue
    if (!done[sample]) {
      if (done === before.done) done = Uint8Array.from(done)
      done[sample] = 1
      servedM += served[sample] * SAMPLE_M
    }
    // Of passes that are alike near, the one that continues where one was.
    const off = awayM + (before.at >= 0 && Math.abs(sample - before.at) > WINDOW ? MOST_NEAR_M : 0) + (before.at >= 0 && sample < before.at ? 1 : 0)
    if (off < best) [best, at] = [off, sample]
  }
  return { done, at, servedM }
}

/** Metres to a checkpoint: along the route where one is on it and the checkpoint lies ahead; else in a straight line. */
export function metresTo(line: RouteLine, progress: RouteProgress, checkpoint: number, place: Place, here: Place): number {
  const straight = straightM(here, place)
  const alongM = line.checkpointM[checkpoint] - (progress.at + 0.5) * SAMPLE_M
  return progress.at >= 0 && alongM > straight ? alongM : straight
}

/** Places along a line no farther apart than a step, its ends among them; x and y by turns, metres. */
export function alongLine(xyM: readonly number[], stepM: number): number[] {
  const places = [...xyM.slice(0, 2)]
  for (let k = 2; k < xyM.length; k += 2) {
    const [ax, ay, bx, by] = xyM.slice(k - 2, k + 2)
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / stepM))
    for (let step = 1; step <= steps; step++) places.push(ax + (step / steps) * (bx - ax), ay + (step / steps) * (by - ay))
  }
  return places
}

/** Bounds of a line: west, south, east, north, metres. */
export function extentOf(xyM: ArrayLike<number>): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let k = 0; k < xyM.length; k += 2) {
    west = Math.min(west, xyM[k])
    east = Math.max(east, xyM[k])
    south = Math.min(south, xyM[k + 1])
    north = Math.max(north, xyM[k + 1])
  }
  return [west, south, east, north]
}

