import { seededRandom } from '@/algorithms/shared/seeded-random'
import type { TrackFixes } from '@/algorithms/tracks/track-fixes'

interface WalkSettings {
  /** Metres a second; 1.25. */
  readonly speedMS?: number
  /** Seconds between fixes; 4. */
  readonly everyS?: number
  /** Standard deviation of the error by axis, metres; 0. */
  readonly sigmaM?: number
  /** Of one fix's error with the next; 0.9. */
  readonly correlation?: number
  /** As the device reports it, metres; NaN. */
  readonly accuracyM?: number
  /** Where somebody stands before going on: point of the way, seconds. */
  readonly stands?: Readonly<Record<number, number>>
  readonly seed?: number
}

/** Fixes of somebody who walks along corners (x, y, metres) at an even pace and stands where told. */
export function walkedTrack(corners: readonly (readonly [number, number])[], settings: WalkSettings = {}): TrackFixes {
  const { speedMS = 1.25, everyS = 4, sigmaM = 0, correlation = 0.9, accuracyM = NaN, stands = {}, seed = 1 } = settings
  const legs: { fromS: number; toS: number; from: readonly [number, number]; to: readonly [number, number] }[] = []
  let nowS = 0
  const add = (from: readonly [number, number], to: readonly [number, number], seconds: number): void => {
    legs.push({ fromS: nowS, toS: nowS + seconds, from, to })
    nowS += seconds
  }
  corners.forEach((corner, k) => {
    if (stands[k] !== undefined) add(corner, corner, stands[k])
    const next = corners[k + 1]
    if (next) add(corner, next, Math.hypot(next[0] - corner[0], next[1] - corner[1]) / speedMS)
  })
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const error = [sigmaM * normal(), sigmaM * normal()]
  const [atMs, xyM]: number[][] = [[], []]
  for (let s = 0, leg = 0; s <= nowS + 1e-9; s += everyS) {
    while (leg + 1 < legs.length && s > legs[leg].toS) leg++
    const { fromS, toS, from, to } = legs[leg]
    const share = toS > fromS ? (s - fromS) / (toS - fromS) : 0
    for (const axis of [0, 1]) {
      xyM.push(from[axis] + share * (to[axis] - from[axis]) + error[axis])
      error[axis] = correlation * error[axis] + sigmaM * Math.sqrt(1 - correlation ** 2) * normal()
    }
    atMs.push(1000 * s)
  }
  return { atMs: Float64Array.from(atMs), xyM: Float64Array.from(xyM), accuracyM: new Float64Array(atMs.length).fill(accuracyM) }
}
