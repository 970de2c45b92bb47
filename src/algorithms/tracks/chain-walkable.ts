import type { CleanSettings } from './clean-track'
import type { TrackFixes } from './track-fixes'

/** A fix looks so many fixes back for one it can be walked to from. */
const LOOK_BACK = 64
/** A leap must be worth so many fixes: fewer in a row in a place out of reach are errors, more are another piece of the walk. */
const LEAP_COST = 5
/** Speed is looked at over so long, since over a second noise hides it. */
const SPEED_WINDOW_MS = 20_000

/**
 * The fixes that can be walked: the chain of most fixes each of which is within reach of the one before, so that one fix far
 * off goes and those about it stay; then what is too fast for a whole window (a ride) goes too.
 *
 * @param kept indices of fixes, times ascending
 * @returns some of `kept`, in their order
 * Complexity: O(n · 64).
 */
export function chainWalkable(kept: readonly number[], fixes: TrackFixes, settings: CleanSettings): number[] {
  if (kept.length < 2) return [...kept]
  const noiseM = steadyNoiseM(kept, fixes.xyM)
  const isWithinReach = (a: number, b: number): boolean => {
    const { atMs, xyM, accuracyM } = fixes
    const wayM = Math.hypot(xyM[2 * b] - xyM[2 * a], xyM[2 * b + 1] - xyM[2 * a + 1])
    const reportedM = (accuracyM[a] || 0) + (accuracyM[b] || 0)
    return wayM <= (settings.mostSpeedMS * (atMs[b] - atMs[a])) / 1000 + Math.max(settings.toleranceM, reportedM, 5 * noiseM)
  }
  const chain = bestChain(kept, isWithinReach)
  return withoutRides(chain, fixes.atMs, isWithinReach)
}

function bestChain(kept: readonly number[], isWithinReach: (a: number, b: number) => boolean): number[] {
  const score = new Float64Array(kept.length)
  const before = new Int32Array(kept.length).fill(-1)
  /** Best end of a chain among the fixes before. */
  let best = -1
  for (let k = 0; k < kept.length; k++) {
    // A leap from the best chain so far; the first fix of all needs none.
    score[k] = best >= 0 ? Math.max(1, score[best] + 1 - LEAP_COST) : 1
    before[k] = best >= 0 && score[best] + 1 - LEAP_COST >= 1 ? best : -1
    for (let j = k - 1; j >= Math.max(0, k - LOOK_BACK); j--) {
      if (score[j] + 1 > score[k] && isWithinReach(kept[j], kept[k])) {
        score[k] = score[j] + 1
        before[k] = j
      }
    }
    if (best < 0 || score[k] > score[best]) best = k
  }
  const chain: number[] = []
  for (let k = best; k >= 0; k = before[k]) chain.push(kept[k])
  return chain.reverse()
}

function withoutRides(chain: readonly number[], atMs: Float64Array, isWithinReach: (a: number, b: number) => boolean): number[] {
  const isRide = new Uint8Array(chain.length)
  let to = 0
  for (let from = 0; from < chain.length; from++) {
    while (to < chain.length && atMs[chain[to]] - atMs[chain[from]] < SPEED_WINDOW_MS) to++
    if (to === chain.length) break
    // A window that begins or ends with a leap says nothing of speed.
    let isWhole = true
    for (let k = from; k < to && isWhole; k++) isWhole = isWithinReach(chain[k], chain[k + 1])
    if (isWhole && !isWithinReach(chain[from], chain[to])) isRide.fill(1, from, to + 1)
  }
  return chain.filter((_, k) => isRide[k] === 0)
}

/** Spread of the noise that changes from fix to fix, metres by axis: of second differences, whose middle no turn moves. */
function steadyNoiseM(kept: readonly number[], xyM: Float64Array): number {
  const bends: number[] = []
  for (let k = 2; k < kept.length; k++) {
    for (const axis of [0, 1]) bends.push(Math.abs(xyM[2 * kept[k] + axis] - 2 * xyM[2 * kept[k - 1] + axis] + xyM[2 * kept[k - 2] + axis]))
  }
  if (bends.length === 0) return 0
  bends.sort((a, b) => a - b)
  return (1.4826 * bends[bends.length >> 1]) / Math.sqrt(6)
}
