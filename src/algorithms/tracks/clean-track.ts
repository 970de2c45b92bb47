import { chainWalkable } from './chain-walkable'
import { collapseStops } from './collapse-stops'
import type { CleanCounts, DropReason, TrackFixes } from './track-fixes'

/** What is taken out of a track before it is matched. */
export interface CleanSettings {
  /** A fix whose accuracy is worse is dropped, metres. */
  readonly mostAccuracyM: number
  /** Faster than anybody patrols, metres a second. */
  readonly mostSpeedMS: number
  /** Least noise between two fixes that passes for none, metres; more where the fixes say they are worse. */
  readonly toleranceM: number
  /** A pause longer than this with a way longer than `gapWayM` parts a track, milliseconds and metres. */
  readonly gapMs: number
  readonly gapWayM: number
  /** A way longer than this between two fixes parts a track however short the pause, metres. */
  readonly gapM: number
  /** Who stays within this of one place, metres, for so long, milliseconds, stands there. Wider where fixes are worse. */
  readonly stopRadiusM: number
  readonly stopMs: number
  /** Of fixes nearer to one another than this the first is used, metres. */
  readonly thinM: number
}

/** On foot: 3 m/s is running. */
export const CLEAN_SETTINGS: CleanSettings = {
  mostAccuracyM: 50,
  mostSpeedMS: 3,
  toleranceM: 20,
  gapMs: 120_000,
  gapWayM: 40,
  gapM: 250,
  stopRadiusM: 15,
  stopMs: 60_000,
  thinM: 14,
}

/** Fixes worth matching, in the order of time; n of them in k pieces. */
export interface CleanTrack {
  /** When one came to the place and when one left it, milliseconds since 1970; the same but for stops; n. */
  readonly atMs: Float64Array
  readonly untilMs: Float64Array
  /** x, y, metres; 2n. */
  readonly xyM: Float64Array
  /** Accuracy as reported, metres; NaN = unknown; n. */
  readonly accuracyM: Float64Array
  /** Piece p owns fixes pieceStart[p] … pieceStart[p+1]−1; nothing is known of the way between pieces; k + 1. */
  readonly pieceStart: Uint32Array
  readonly counts: CleanCounts
}

/**
 * A track without what cannot be believed: fixes that are inaccurate, out of time or out of reach dropped, the rest parted at
 * gaps, stops taken together into one place each, so that noise about somebody who stands is no way walked, and thinned.
 *
 * @param fixes as recorded, in the order of recording; a fix without a time cannot be used
 * @returns pieces of one fix or more (a single fix only where it is a stop or the track has no other), and counts by reason
 * @throws where the columns do not fit one another
 * Complexity: O(n log n), and O(n · 64) for jumps.
 */
export function cleanTrack(fixes: TrackFixes, settings: CleanSettings = CLEAN_SETTINGS): CleanTrack {
  const { atMs, xyM, accuracyM } = fixes
  const given = atMs.length
  if (xyM.length !== 2 * given || accuracyM.length !== given) {
    throw new Error(`expected ${given} positions and accuracies, got ${xyM.length / 2} and ${accuracyM.length}`)
  }
  const dropped: Record<DropReason, number> = { invalid: 0, inaccurate: 0, backwards: 0, duplicate: 0, jump: 0, lone: 0 }
  const drop = (kept: readonly number[], left: readonly number[], reason: DropReason): readonly number[] => {
    dropped[reason] += kept.length - left.length
    return left
  }
  const all = Array.from({ length: given }, (_, k) => k)
  const valid = drop(all, all.filter((k) => Number.isFinite(atMs[k]) && Number.isFinite(xyM[2 * k]) && Number.isFinite(xyM[2 * k + 1])), 'invalid')
  const accurate = drop(valid, valid.filter((k) => !(accuracyM[k] > settings.mostAccuracyM)), 'inaccurate')
  const forward = drop(accurate, longestForward(accurate, atMs), 'backwards')
  const single = drop(forward, onePerMoment(forward, fixes), 'duplicate')
  const walkable = drop(single, chainWalkable(single, fixes, settings), 'jump')
  const pieces = partAtGaps(walkable, fixes, settings)
  const stopped = pieces.map((piece) => collapseStops(piece, fixes, settings))
  const whole = stopped.filter((piece) => stopped.length === 1 || piece.length > 1 || piece[0].count > 1)
  dropped.lone += stopped.length - whole.length
  const kept = whole.map((piece) => thin(piece, settings.thinM))

  const places = kept.flat()
  const stops = places.filter(({ count }) => count > 1)
  const standing = stops.reduce((sum, { count }) => sum + count, 0)
  const lost = sumOf(dropped)
  return {
    atMs: Float64Array.from(places, (place) => place.atMs),
    untilMs: Float64Array.from(places, (place) => place.untilMs),
    xyM: Float64Array.from(places.flatMap(({ xM, yM }) => [xM, yM])),
    accuracyM: Float64Array.from(places, (place) => place.accuracyM),
    pieceStart: Uint32Array.from([0, ...kept.map((piece) => piece.length)].map(cumulate())),
    counts: {
      given,
      used: places.length - stops.length,
      dropped,
      standing,
      stops: stops.length,
      stoppedMs: stops.reduce((sum, stop) => sum + stop.untilMs - stop.atMs, 0),
      thinned: given - lost - standing - (places.length - stops.length),
      gaps: Math.max(0, pieces.length - 1),
    },
  }
}

const sumOf = (dropped: Readonly<Record<DropReason, number>>): number => Object.values(dropped).reduce((sum, count) => sum + count, 0)

function cumulate(): (value: number) => number {
  let sum = 0
  return (value) => (sum += value)
}

/** The most fixes whose times do not go back, in the order recorded (longest non-decreasing subsequence, O(n log n)). */
function longestForward(kept: readonly number[], atMs: Float64Array): number[] {
  const tails: number[] = []
  const before = new Map<number, number>()
  for (const fix of kept) {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (atMs[tails[middle]] <= atMs[fix]) low = middle + 1
      else high = middle
    }
    if (low > 0) before.set(fix, tails[low - 1])
    tails[low] = fix
  }
  const forward: number[] = []
  for (let fix = tails.at(-1); fix !== undefined; fix = before.get(fix)) forward.push(fix)
  return forward.reverse()
}

/** Of fixes of one moment the most accurate; of equals the first. */
function onePerMoment(kept: readonly number[], { atMs, accuracyM }: TrackFixes): number[] {
  const single: number[] = []
  for (const fix of kept) {
    const last = single.at(-1)
    if (last === undefined || atMs[last] !== atMs[fix]) single.push(fix)
    else if (accuracyM[fix] < accuracyM[last]) single[single.length - 1] = fix
  }
  return single
}

function partAtGaps(kept: readonly number[], { atMs, xyM }: TrackFixes, { gapMs, gapWayM, gapM }: CleanSettings): number[][] {
  const pieces: number[][] = []
  kept.forEach((fix, k) => {
    const last = kept[k - 1]
    const wayM = k > 0 ? Math.hypot(xyM[2 * fix] - xyM[2 * last], xyM[2 * fix + 1] - xyM[2 * last + 1]) : 0
    const isGap = wayM > gapM || (wayM > gapWayM && atMs[fix] - atMs[last] > gapMs)
    if (k === 0 || isGap) pieces.push([fix])
    else pieces[pieces.length - 1].push(fix)
  })
  return pieces
}

type Place = ReturnType<typeof collapseStops>[number]

/** Stops and ends stay; the others where they lie far enough from what was kept before. */
function thin(places: readonly Place[], thinM: number): Place[] {
  const kept: Place[] = []
  places.forEach((place, k) => {
    const last = kept.at(-1)
    const isFar = !last || Math.hypot(place.xM - last.xM, place.yM - last.yM) >= thinM
    if (isFar || place.count > 1 || k === places.length - 1) kept.push(place)
  })
  return kept
}
