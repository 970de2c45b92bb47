import type { LandFrame } from '../land-frame'
import { toMetres } from '../places-in-metres'
import type { Scope } from '../scope'
import type { LngLat } from '../units'
import type { StreetDuty, StreetStretch } from './patrol'
import type { DutyRule, PatrolSettings } from './patrol-scope'

/** What is asked of a stretch of street. */
export interface DutyPiece extends StreetStretch {
  readonly duty: StreetDuty
  readonly bothSides: boolean
  /** The rule set by hand that holds here; null: the duty of its class. */
  readonly rule: DutyRule | null
}

/** Length of a line in the frame of the land, rounded to the centimetre: where the last stretch of a street ends. */
export function lineLengthCm(frame: LandFrame, line: readonly LngLat[]): number {
  let lengthM = 0
  let before: readonly [number, number] | null = null
  for (const position of line) {
    const at = toMetres(frame, position)
    if (before) lengthM += Math.hypot(at[0] - before[0], at[1] - before[1])
    before = at
  }
  return Math.round(lengthM * 100)
}

/** Duty of a class of way (OpenStreetMap's `highway`). */
export const dutyOfClass = (settings: PatrolSettings, highway: string): StreetDuty =>
  Object.hasOwn(settings.dutyByClass, highway) ? settings.dutyByClass[highway] : settings.otherwise

/**
 * What is asked of every street, by its database id: pieces from its first point to its last, without a gap and in order. Of rules
 * that overlap the latest holds, of two of one moment the one with the higher id; parts beyond the street are cut off.
 * O(streets + rules × rules of one street).
 */
export function dutyPieces(
  { streets, land }: Pick<Scope, 'streets' | 'land'>,
  duties: readonly DutyRule[],
  settings: PatrolSettings,
): ReadonlyMap<number, readonly DutyPiece[]> {
  const byStreet = new Map<number, DutyRule[]>()
  for (const rule of duties) {
    const own = byStreet.get(rule.streetId)
    if (own) own.push(rule)
    else byStreet.set(rule.streetId, [rule])
  }
  return new Map(
    streets.map(({ id, class: highway, line }) => {
      const rules = (byStreet.get(id) ?? []).sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.id - b.id)
      return [id, piecesOf(id, lineLengthCm(land.frame, line), dutyOfClass(settings, highway), rules)]
    }),
  )
}

/** @param rules the latest last */
function piecesOf(streetId: number, lengthCm: number, usual: StreetDuty, rules: readonly DutyRule[]): DutyPiece[] {
  if (lengthCm <= 0) return []
  const within = (cm: number): number => Math.min(lengthCm, Math.max(0, cm))
  const ends = [...new Set([0, lengthCm, ...rules.flatMap(({ fromCm, toCm }) => [within(fromCm), within(toCm)])])].sort((a, b) => a - b)
  const pieces: DutyPiece[] = []
  for (let k = 1; k < ends.length; k++) {
    const [fromCm, toCm] = [ends[k - 1], ends[k]]
    const rule = rules.findLast((one) => one.fromCm <= fromCm && one.toCm >= toCm) ?? null
    const before = pieces.at(-1)
    if (before && before.rule === rule) pieces[pieces.length - 1] = { ...before, toCm }
    else pieces.push({ streetId, fromCm, toCm, duty: rule?.duty ?? usual, bothSides: rule?.bothSides ?? false, rule })
  }
  return pieces
}
