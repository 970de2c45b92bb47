import type { DutyPiece } from '@/core/patrol/duty-pieces'
import type { StreetStretch } from '@/core/patrol/patrol'
import type { DutyInput } from '../repository'

/** What to set so that stretches have again what they have now: the rules set by hand that hold there, and no rule where none does. */
export const dutiesBefore = (stretches: readonly StreetStretch[], pieces: ReadonlyMap<number, readonly DutyPiece[]>): DutyInput[] =>
  stretches.flatMap(({ streetId, fromCm, toCm }) =>
    (pieces.get(streetId) ?? [])
      .filter((piece) => piece.fromCm < toCm && piece.toCm > fromCm)
      .map(({ rule, ...piece }) => ({
        streetId,
        fromCm: Math.max(fromCm, piece.fromCm),
        toCm: Math.min(toCm, piece.toCm),
        duty: rule?.duty ?? null,
        bothSides: rule?.bothSides ?? false,
        reason: rule?.reason ?? '',
      })))
