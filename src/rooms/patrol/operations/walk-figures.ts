import type { PatrolScope } from '@/core/patrol/patrol-scope'
import { joinSpans, leftOf, lengthCm, type Span } from '@/core/patrol/spans'

/** Walks in figures; figures of parts are added up to those of the whole. */
export interface WalkFigure {
  readonly walks: number
  readonly seconds: number
  readonly streetM: number
  readonly yardM: number
  /** Of the streets walked, what no earlier walk had walked, centimetres: a street walked twice counts once. */
  readonly newCm: number
}

export const NO_WALKS: WalkFigure = { walks: 0, seconds: 0, streetM: 0, yardM: 0, newCm: 0 }

/**
 * Figures of each counted walk, by position in `tracks`, which are in the order of their beginnings. Walks that are not matched yet
 * have none. The same rule as `patrol_figures`. O(stretches log stretches).
 */
export function walkFigures(
  { tracks, walked }: Pick<PatrolScope, 'tracks' | 'walked'>,
  counted: (track: number) => boolean,
): ReadonlyMap<number, WalkFigure> {
  const spansOf = new Map<number, Map<number, Span[]>>()
  for (let k = 0; k < walked.count; k++) {
    const track = walked.track[k]
    if (track < 0 || !counted(track)) continue
    const ofTrack = spansOf.get(track) ?? new Map<number, Span[]>()
    spansOf.set(track, ofTrack)
    const span = { fromCm: walked.fromCm[k], toCm: walked.toCm[k] }
    const own = ofTrack.get(walked.streetId[k])
    if (own) own.push(span)
    else ofTrack.set(walked.streetId[k], [span])
  }
  const before = new Map<number, Span[]>()
  const figures = new Map<number, WalkFigure>()
  tracks.forEach(({ state, startedAt, endedAt, streetM, yardM }, track) => {
    if (state !== 'matched' || !counted(track)) return
    let newCm = 0
    for (const [streetId, spans] of spansOf.get(track) ?? []) {
      const had = before.get(streetId) ?? []
      const fresh = joinSpans(spans).flatMap((span) => leftOf(span, had))
      if (fresh.length === 0) continue
      newCm += lengthCm(fresh)
      before.set(streetId, joinSpans([...had, ...fresh]))
    }
    const seconds = endedAt === null ? 0 : Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)
    figures.set(track, { walks: 1, seconds, streetM, yardM, newCm })
  })
  return figures
}

/** Sums by what a key says of a walk. */
export function sumWalks(figures: ReadonlyMap<number, WalkFigure>, keyOf: (track: number) => string): ReadonlyMap<string, WalkFigure> {
  const sums = new Map<string, WalkFigure>()
  for (const [track, one] of figures) {
    const key = keyOf(track)
    const sum = sums.get(key) ?? NO_WALKS
    sums.set(key, {
      walks: sum.walks + one.walks,
      seconds: sum.seconds + one.seconds,
      streetM: sum.streetM + one.streetM,
      yardM: sum.yardM + one.yardM,
      newCm: sum.newCm + one.newCm,
    })
  }
  return sums
}
