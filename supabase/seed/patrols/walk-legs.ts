import type { XY } from '@/core/units'
import type { Random } from '../random'

/** Part of a walk along one line, in the order it is walked. */
export interface Leg {
  /** Street by position, with the metres along it where the leg begins and ends; −1: through a courtyard or over a gap. */
  readonly street: number
  readonly fromM: number
  readonly toM: number
  /** Metres in the frame of the land, at least two. */
  readonly points: readonly XY[]
  readonly served: boolean
}

/** What a telephone says it saw. */
export interface SeenFix {
  readonly atMs: number
  readonly point: XY
  readonly accuracyM: number
}

/** What really was walked, known because it is invented. */
export interface TrueStretch {
  readonly street: number
  readonly fromM: number
  readonly toM: number
  readonly fromS: number
  readonly toS: number
}

export interface Walk {
  readonly fixes: readonly SeenFix[]
  readonly truth: readonly TrueStretch[]
  readonly startS: number
  readonly endS: number
}

const INTERVAL_S = 15
/** Errors of positions keep to one side for about so long. */
const MEMORY_S = 60
const SERVE_M_PER_S = 0.8
const WALK_M_PER_S = 1.2
/** Mean seconds between two stops, and how long one lasts. */
const BETWEEN_STOPS_S = 700
const STOP_S: readonly [number, number] = [40, 240]

/**
 * Walk legs one after the other, as somebody with a telephone does: now and then standing still, positions off by an error that
 * drifts (first-order autoregression), worse between high houses, now and then far out or missing.
 * @param startS seconds since 1970
 */
export function walkLegs(legs: readonly Leg[], startS: number, random: Random): Walk {
  const pace = random.between(0.9, 1.15)
  const error = createError(random.between(3, 7), random.fork('errors'))
  const fixes: SeenFix[] = []
  const truth: TrueStretch[] = []
  let nowS = startS
  let nextFixS = startS
  let nextStopS = startS + random.between(0.3, 1.2) * BETWEEN_STOPS_S
  const see = (from: XY, to: XY, beganS: number, tillS: number): void => {
    while (nextFixS <= tillS) {
      const share = tillS > beganS ? (nextFixS - beganS) / (tillS - beganS) : 0
      const seen = error(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share)
      if (seen) fixes.push({ atMs: Math.round(nextFixS * 1000), ...seen })
      nextFixS += INTERVAL_S
    }
  }
  for (const leg of legs) {
    const speed = pace * (leg.served ? SERVE_M_PER_S : WALK_M_PER_S)
    const beganS = nowS
    for (let k = 1; k < leg.points.length; k++) {
      const [from, to] = [leg.points[k - 1], leg.points[k]]
      const tillS = nowS + Math.hypot(to[0] - from[0], to[1] - from[1]) / speed
      see(from, to, nowS, tillS)
      nowS = tillS
      if (nowS < nextStopS) continue
      const goesOnS = nowS + random.between(...STOP_S)
      see(to, to, nowS, goesOnS)
      nowS = goesOnS
      nextStopS = nowS + random.between(0.4, 1.6) * BETWEEN_STOPS_S
    }
    if (leg.street >= 0) truth.push({ street: leg.street, fromM: Math.min(leg.fromM, leg.toM), toM: Math.max(leg.fromM, leg.toM), fromS: beganS, toS: nowS })
  }
  return { fixes, truth, startS, endS: nowS }
}

/** Makes of a true place what is seen of it; null where nothing is. */
function createError(sigmaM: number, random: Random): (x: number, y: number) => { point: XY; accuracyM: number } | null {
  const memory = Math.exp(-INTERVAL_S / MEMORY_S)
  const fresh = Math.sqrt(1 - memory * memory)
  let [dx, dy] = [sigmaM * normal(random), sigmaM * normal(random)]
  let worse = 1
  let silent = 0
  return (x, y) => {
    if (random.chance(0.01)) worse = worse > 1 ? 1 : 1.8
    const spread = sigmaM * worse
    dx = memory * dx + fresh * spread * normal(random)
    dy = memory * dy + fresh * spread * normal(random)
    if (silent > 0) {
      silent--
      return null
    }
    if (random.chance(0.0015)) silent = random.integer(4, 18)
    if (random.chance(0.004)) {
      const angle = random.between(0, 2 * Math.PI)
      const leapM = random.between(70, 200)
      return { point: [x + leapM * Math.cos(angle), y + leapM * Math.sin(angle)], accuracyM: Math.round(random.between(55, 160)) }
    }
    return { point: [x + dx, y + dy], accuracyM: Math.round(spread * random.between(1.1, 1.8) * 10) / 10 }
  }
}

/** Standard normal, by Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}

/**
 * Leave parts of a round out that come back to where they began, as people do with dead ends and loops when time is short.
 * @param share how much of the metres of such parts is left out, about
 */
export function leaveOut(legs: readonly Leg[], share: number, random: Random): Leg[] {
  const out: Leg[] = []
  for (let k = 0; k < legs.length;) {
    const end = endOfLoop(legs, k)
    if (end > k && random.chance(share)) k = end
    else out.push(legs[k++])
  }
  return out
}

const LOOP_MOST_M = 450

/** Position after the shortest part from leg k that comes back to its beginning; k where there is none short enough. */
function endOfLoop(legs: readonly Leg[], k: number): number {
  const [x, y] = legs[k].points[0]
  let metres = 0
  for (let end = k; end < legs.length; end++) {
    const { points } = legs[end]
    for (let p = 1; p < points.length; p++) metres += Math.hypot(points[p][0] - points[p - 1][0], points[p][1] - points[p - 1][1])
    if (metres > LOOP_MOST_M) return k
    const [lastX, lastY] = points.at(-1)!
    if (Math.hypot(lastX - x, lastY - y) < 0.05) return end + 1
  }
  return k
}
