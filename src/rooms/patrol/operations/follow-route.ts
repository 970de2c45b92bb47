import { straightM, type Place } from '@/core/places-in-metres'
import type { RouteLine } from './route-line'

/** How far one has come: by place, in whatever order it was walked. */
export interface RouteProgress {
  /** By sample of the line, each `SAMPLE_M`: 1 where somebody came by. */
  readonly done: Uint8Array
  /** Sample one came by last, −1 none: where one is on the line. */
  readonly at: number
  readonly servedM: number
}

export const SAMPLE_M = 10
/** One is on the line within the accuracy of the position, within these bounds: lanes lie 35 m apart. */
const LEAST_NEAR_M = 12
const MOST_NEAR_M = 20
/** Where the line passes several times, one goes on from where one was, so far ahead or back. */
const WINDOW = 30

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

/**
 * Metres to a checkpoint: along the route where one is on it and the checkpoint lies ahead; else in a straight line.
 * @param standM where the checkpoint stands along the route, see `checkpointsAlong`
 */
export function metresTo(standM: number, progress: RouteProgress, place: Place, here: Place): number {
  const straight = straightM(here, place)
  const alongM = standM - (progress.at + 0.5) * SAMPLE_M
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
