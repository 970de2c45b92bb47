import type { LandFrame } from '@/core/land-frame'
import type { DutyPiece } from '@/core/patrol/duty-pieces'
import type { StreetStretch } from '@/core/patrol/patrol'
import { toDegrees } from '@/core/places-in-metres'
import type { CoveredStretch } from '../map-data'
import { lookOfAge, lookOfCoverage, lookOfDuty, type StreetLook } from '../street-looks'
import { cutStretch, type MeasuredStreet } from './cut-stretch'

/** Streets of a land, measured, and the frame their metres are in. */
export interface DrawGround {
  readonly streets: ReadonlyMap<number, MeasuredStreet>
  readonly frame: LandFrame
}

/** The line of a stretch in degrees, from `fromCm` to `toCm`; empty where its street is not of the land. */
export function stretchLine({ streets, frame }: DrawGround, stretch: StreetStretch): GeoJSON.Position[] {
  const street = streets.get(stretch.streetId)
  if (!street) return []
  const xyM = cutStretch(street, stretch)
  return Array.from({ length: xyM.length / 2 }, (_, k) => [...toDegrees(frame, xyM[2 * k], xyM[2 * k + 1])])
}

/** A line as the map takes it. */
export const lineFeature = (line: readonly GeoJSON.Position[], properties: Readonly<Record<string, unknown>>): GeoJSON.Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'LineString', coordinates: [...line] },
})

/** Stretches as lines; those of streets that are no more are left out. */
export const stretchFeatures = <T extends StreetStretch>(ground: DrawGround, stretches: Iterable<T>, propertiesOf: (stretch: T) => Record<string, unknown>): GeoJSON.Feature[] =>
  [...stretches].flatMap((stretch) => {
    const line = stretchLine(ground, stretch)
    return line.length < 2 ? [] : [lineFeature(line, propertiesOf(stretch))]
  })

/** What is asked of every street; `both`: each side by itself, `hand`: set by hand. */
export const dutyFeatures = (ground: DrawGround, pieces: ReadonlyMap<number, readonly DutyPiece[]>): GeoJSON.Feature[] =>
  stretchFeatures(ground, [...pieces.values()].flat(), ({ duty, bothSides, rule }) => ({ look: lookOfDuty(duty), both: bothSides && duty !== 'none', hand: rule !== null }))

/** What became of every street in a period; of what was partly walked, the rest is drawn as missed. */
export const coverageFeatures = (ground: DrawGround, covered: readonly CoveredStretch[]): GeoJSON.Feature[] =>
  lookFeatures(ground, covered, (one, take) => {
    if (one.coverage !== 'partial') return take(one.fromCm, one.toCm, lookOfCoverage(one.coverage))
    let atCm = one.fromCm
    for (const { fromCm, toCm } of one.walked) {
      take(atCm, fromCm, 'missed')
      take(fromCm, toCm, 'partial')
      atCm = toCm
    }
    take(atCm, one.toCm, 'missed')
  })

/** How long ago every street was walked; what need not be patrolled stays apart. */
export const recencyFeatures = (ground: DrawGround, covered: readonly CoveredStretch[]): GeoJSON.Feature[] =>
  lookFeatures(ground, covered, ({ fromCm, toCm, coverage, daysSince }, take) => take(fromCm, toCm, coverage === 'none' ? 'off' : lookOfAge(daysSince)))

/**
 * Streets by look, `partsOf` tells the parts of each stretch in order. Such as go on one another with the same look are one line: the map has a
 * quarter to take in, and dashes run through crossings.
 */
function lookFeatures(
  ground: DrawGround, covered: readonly CoveredStretch[], partsOf: (stretch: CoveredStretch, take: (fromCm: number, toCm: number, look: StreetLook) => void) => void,
): GeoJSON.Feature[] {
  const joined: { streetId: number; fromCm: number; toCm: number; look: StreetLook }[] = []
  let last: (typeof joined)[number] | null = null
  for (const stretch of covered) {
    const { streetId } = stretch
    partsOf(stretch, (fromCm, toCm, look) => {
      if (fromCm >= toCm) return
      if (last && last.streetId === streetId && last.toCm === fromCm && last.look === look) last.toCm = toCm
      else joined.push((last = { streetId, fromCm, toCm, look }))
    })
  }
  return stretchFeatures(ground, joined, ({ look }) => ({ look, both: false, hand: false }))
}
