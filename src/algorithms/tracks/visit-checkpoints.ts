import type { CleanTrack } from './clean-track'

/** Places somebody must come by; columns by place. */
export interface CheckpointColumns {
  /** x, y, metres. */
  readonly xyM: Float64Array
  /** Within it one is there, metres. */
  readonly radiusM: ArrayLike<number>
  /** One must be there for so long at a stretch, seconds. */
  readonly dwellS: ArrayLike<number>
}

/** A fix with an accuracy not worse than this, or than the radius of the place, tells that one was there. Metres. */
const ACCURATE_M = 15

export type CheckpointVisit = { readonly mark: 'visited' | 'probable'; readonly atMs: number } | { readonly mark: 'none' }

/**
 * Which places a walk came by. `visited`: within the radius for as long as asked, by way of at least one accurate fix; `probable`:
 * there, but too briefly or by fixes too vague, or the circle of a fix's accuracy reaches the place, or the straight way between two
 * fixes passes it; `none` otherwise.
 *
 * @returns by place; `atMs` is when one came, of several visits the first
 * Complexity: O(places · fixes).
 */
export function visitCheckpoints(places: CheckpointColumns, track: CleanTrack): CheckpointVisit[] {
  return Array.from({ length: places.xyM.length / 2 }, (_, place) => {
    let probableMs = Infinity
    for (let piece = 0; piece + 1 < track.pieceStart.length; piece++) {
      for (const stay of staysIn(track, track.pieceStart[piece], track.pieceStart[piece + 1], places, place)) {
        if (stay.isSure && stay.untilMs - stay.fromMs >= 1000 * places.dwellS[place]) return { mark: 'visited', atMs: stay.fromMs }
        probableMs = Math.min(probableMs, stay.fromMs)
      }
    }
    probableMs = Math.min(probableMs, firstWithinAccuracy(track, places, place))
    return probableMs < Infinity ? { mark: 'probable', atMs: probableMs } : { mark: 'none' }
  })
}

interface Stay {
  readonly fromMs: number
  readonly untilMs: number
  readonly isSure: boolean
}

/** Times within the radius at a stretch, along straight ways between fixes. */
function staysIn(track: CleanTrack, begin: number, end: number, { xyM, radiusM }: CheckpointColumns, place: number): Stay[] {
  const stays: Stay[] = []
  const [x, y, reachM] = [xyM[2 * place], xyM[2 * place + 1], radiusM[place]]
  const add = (fromMs: number, untilMs: number, isSure: boolean): void => {
    const last = stays.at(-1)
    if (last && fromMs <= last.untilMs) stays[stays.length - 1] = { fromMs: last.fromMs, untilMs, isSure: last.isSure || isSure }
    else stays.push({ fromMs, untilMs, isSure })
  }
  for (let fix = begin; fix < end; fix++) {
    const [ax, ay] = [track.xyM[2 * fix] - x, track.xyM[2 * fix + 1] - y]
    const isAccurate = track.accuracyM[fix] <= Math.max(ACCURATE_M, reachM)
    if (Math.hypot(ax, ay) <= reachM) add(track.atMs[fix], track.untilMs[fix], isAccurate)
    if (fix + 1 === end) break
    const [dx, dy] = [track.xyM[2 * fix + 2] - track.xyM[2 * fix], track.xyM[2 * fix + 3] - track.xyM[2 * fix + 1]]
    const square = dx * dx + dy * dy
    if (square === 0) {
      if (Math.hypot(ax, ay) <= reachM) add(track.untilMs[fix], track.atMs[fix + 1], isAccurate)
      continue
    }
    // Where the straight way enters the circle and leaves it, as shares of it.
    const middle = -(ax * dx + ay * dy) / square
    const root = middle * middle - (ax * ax + ay * ay - reachM * reachM) / square
    if (root < 0) continue
    const [enters, leaves] = [Math.max(0, middle - Math.sqrt(root)), Math.min(1, middle + Math.sqrt(root))]
    if (enters > leaves) continue
    const spanMs = track.atMs[fix + 1] - track.untilMs[fix]
    add(track.untilMs[fix] + enters * spanMs, track.untilMs[fix] + leaves * spanMs, false)
  }
  return stays
}

function firstWithinAccuracy(track: CleanTrack, { xyM, radiusM }: CheckpointColumns, place: number): number {
  for (let fix = 0; fix < track.atMs.length; fix++) {
    const awayM = Math.hypot(track.xyM[2 * fix] - xyM[2 * place], track.xyM[2 * fix + 1] - xyM[2 * place + 1])
    if (awayM <= radiusM[place] + (track.accuracyM[fix] || 0)) return track.atMs[fix]
  }
  return Infinity
}
