import type { CleanSettings } from './clean-track'
import type { TrackFixes } from './track-fixes'

/** A fix, or fixes taken together where somebody stood. */
interface TrackPlace {
  readonly xM: number
  readonly yM: number
  readonly atMs: number
  readonly untilMs: number
  readonly accuracyM: number
  /** Fixes it stands for; more than one at a stop. */
  readonly count: number
}

/** A stop goes on when who seemed to leave is back within so long, and was away for at most this share of it. */
const BACK_WITHIN_MS = 60_000
const MOST_AWAY_SHARE = 0.2
/** A stop lasts so long by metre of its radius or longer: in less a walk up one lane and down the next stays in the circle. */
const STOP_MS_PER_M = 4000

/**
 * Fixes of one piece with those of each stop taken together into their mean place (stay points: Li et al. 2008; here about the
 * mean instead of the first fix, and noise that leaves the circle for a moment does not end the stop). Stops that follow one
 * another in the same place are one.
 *
 * Complexity: O(n) expected; a stop is grown once from each fix that does not belong to one before.
 */
export function collapseStops(piece: readonly number[], fixes: TrackFixes, settings: CleanSettings): TrackPlace[] {
  const { atMs, accuracyM, xyM } = fixes
  const known = piece.map((fix) => accuracyM[fix]).filter((metres) => metres > 0).sort((a, b) => a - b)
  // Two radii of 68 % hold 95 % of the noise about a place and more.
  const radiusM = Math.max(settings.stopRadiusM, known.length > 0 ? 2 * known[known.length >> 1] : 0)
  const leastMs = Math.max(settings.stopMs, STOP_MS_PER_M * radiusM)
  const places: TrackPlace[] = []
  for (let k = 0; k < piece.length; ) {
    const end = growStop(piece, k, fixes, radiusM)
    const fix = piece[k]
    if (end - k < 2 || atMs[piece[end - 1]] - atMs[fix] < leastMs) {
      places.push({ xM: xyM[2 * fix], yM: xyM[2 * fix + 1], atMs: atMs[fix], untilMs: atMs[fix], accuracyM: accuracyM[fix], count: 1 })
      k++
      continue
    }
    const stop = meanPlace(piece.slice(k, end), fixes)
    const last = places.at(-1)
    if (last && last.count > 1 && Math.hypot(last.xM - stop.xM, last.yM - stop.yM) <= radiusM) places[places.length - 1] = join(last, stop)
    else places.push(stop)
    k = end
  }
  return places
}

/** End (excluded) of the fixes from `begin` on that stay about their mean. */
function growStop(piece: readonly number[], begin: number, { atMs, xyM }: TrackFixes, radiusM: number): number {
  let [sumX, sumY, inside, end] = [0, 0, 0, begin]
  let away = 0
  for (let k = begin; k < piece.length; k++) {
    const [x, y] = [xyM[2 * piece[k]], xyM[2 * piece[k] + 1]]
    const awayM = inside > 0 ? Math.hypot(x - sumX / inside, y - sumY / inside) : 0
    if (awayM <= radiusM) {
      if (away > MOST_AWAY_SHARE * (k - begin)) break
      sumX += x
      sumY += y
      inside++
      end = k + 1
    } else {
      if (awayM > 2 * radiusM || atMs[piece[k]] - atMs[piece[end - 1]] > BACK_WITHIN_MS) break
      away++
    }
  }
  return end
}

function meanPlace(stop: readonly number[], { atMs, xyM, accuracyM }: TrackFixes): TrackPlace {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const known = stop.map((fix) => accuracyM[fix]).filter((metres) => metres > 0)
  return {
    xM: mean(stop.map((fix) => xyM[2 * fix])),
    yM: mean(stop.map((fix) => xyM[2 * fix + 1])),
    atMs: atMs[stop[0]],
    untilMs: atMs[stop[stop.length - 1]],
    accuracyM: known.length > 0 ? mean(known) : NaN,
    count: stop.length,
  }
}

const join = (a: TrackPlace, b: TrackPlace): TrackPlace => {
  const count = a.count + b.count
  const weigh = (p: number, q: number): number => (a.count * p + b.count * q) / count
  return { xM: weigh(a.xM, b.xM), yM: weigh(a.yM, b.yM), atMs: a.atMs, untilMs: b.untilMs, accuracyM: weigh(a.accuracyM, b.accuracyM), count }
}
