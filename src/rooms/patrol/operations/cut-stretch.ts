import type { LandFrame } from '@/core/land-frame'
import { toDegrees, toMetres } from '@/core/places-in-metres'
import type { StreetStretch } from '@/core/patrol/patrol'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'

/** A street in metres of the frame of its land. */
export interface MeasuredStreet {
  /** x, y by point. */
  readonly xyM: Float64Array
  /** Metres along the line up to each point. */
  readonly alongM: Float64Array
}

/** Streets by their database id, measured once. O(points). */
export function measureStreets({ streets, land }: Pick<Scope, 'streets' | 'land'>): ReadonlyMap<number, MeasuredStreet> {
  return new Map(
    streets.map(({ id, line }) => {
      const xyM = Float64Array.from(line.flatMap((position) => toMetres(land.frame, position)))
      const alongM = new Float64Array(line.length)
      for (let k = 1; k < line.length; k++) alongM[k] = alongM[k - 1] + Math.hypot(xyM[2 * k] - xyM[2 * k - 2], xyM[2 * k + 1] - xyM[2 * k - 1])
      return [id, { xyM, alongM }]
    }),
  )
}

/** Stretches end at whole centimetres; a corner is no farther apart from an end than this. */
const HALF_CM = 0.005

/** The part of a street's line that a stretch is, x and y by turns, metres, from `fromCm` to `toCm`; at least two points. O(points of the street). */
export function cutStretch({ xyM, alongM }: MeasuredStreet, { fromCm, toCm }: Pick<StreetStretch, 'fromCm' | 'toCm'>): number[] {
  // The last centimetre is rounded and may lie beyond the end.
  const [fromM, toM] = [fromCm / 100, Math.min(toCm / 100, alongM[alongM.length - 1])]
  const at = (metres: number): [number, number] => {
    let k = 1
    while (k + 1 < alongM.length && alongM[k] < metres) k++
    const stepM = alongM[k] - alongM[k - 1]
    const share = stepM > 0 ? (metres - alongM[k - 1]) / stepM : 0
    return [xyM[2 * k - 2] + share * (xyM[2 * k] - xyM[2 * k - 2]), xyM[2 * k - 1] + share * (xyM[2 * k + 1] - xyM[2 * k - 1])]
  }
  const line = at(fromM)
  const cut: number[] = [...line]
  for (let k = 0; k < alongM.length; k++) if (alongM[k] > fromM + HALF_CM && alongM[k] < toM - HALF_CM) cut.push(xyM[2 * k], xyM[2 * k + 1])
  cut.push(...at(toM))
  return cut
}

/** The points of a stretch in degrees; none of a path assumed over a gap. */
export function placesOf(stretch: StreetStretch, streets: ReadonlyMap<number, MeasuredStreet>, frame: LandFrame): LngLat[] {
  const street = streets.get(stretch.streetId)
  if (!street) return []
  const cut = cutStretch(street, stretch)
  return Array.from({ length: cut.length / 2 }, (_, k) => toDegrees(frame, cut[2 * k], cut[2 * k + 1]))
}
