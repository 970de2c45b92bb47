import type { DutyPiece } from '@/core/patrol/duty-pieces'
import type { StreetStretch } from '@/core/patrol/patrol'
import type { PatrolRoute } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import { roundLength } from '@/ui/format'
import type { CoveredStretch } from './map-data'

interface HoverGround {
  readonly say: (key: string, values?: Record<string, string | number>) => string
  readonly scope: Pick<Scope, 'streets'>
  readonly pieces: ReadonlyMap<number, readonly DutyPiece[]>
  /** Null: the map shows no coverage. */
  readonly covered: readonly CoveredStretch[] | null
  readonly routes: readonly Pick<PatrolRoute, 'number' | 'steps'>[]
}

const isSame = (a: StreetStretch, b: StreetStretch): boolean => a.streetId === b.streetId && a.fromCm === b.fromCm && a.toCm === b.toCm

/** What the tip beside the pointer says of a segment of street: its name and length, what is asked of it, what became of it, who goes there. */
export function streetLines({ say, scope, pieces, covered, routes }: HoverGround, stretch: StreetStretch): string[] {
  const street = scope.streets.find(({ id }) => id === stretch.streetId)
  if (!street) return []
  const length = roundLength((stretch.toCm - stretch.fromCm) / 100)
  const lines = [say('streets.hover.street', { name: street.name || say('streets.unnamed'), length: 'm' in length ? `${length.m} m` : `${length.km} km` })]
  const middleCm = (stretch.fromCm + stretch.toCm) / 2
  const piece = pieces.get(stretch.streetId)?.find(({ fromCm, toCm }) => fromCm <= middleCm && toCm >= middleCm)
  if (piece) {
    const duty = say(`duty.${piece.duty}`) + (piece.bothSides && piece.duty !== 'none' ? ` · ${say('streets.bothSides')}` : '')
    lines.push(piece.rule?.reason ? say('streets.hover.set', { duty, reason: piece.rule.reason }) : duty)
  }
  const became = covered?.find((one) => isSame(one, stretch))
  if (became && became.coverage !== 'none') {
    lines.push(say(`cover.${became.coverage}`) + (became.coverage === 'partial' ? ` · ${say('streets.hover.share', { share: Math.round(100 * became.share) })}` : ''))
    lines.push(became.daysSince === null ? say('streets.hover.never') : became.daysSince === 0 ? say('streets.hover.today') : say('streets.hover.days', { n: became.daysSince }))
  }
  const served = routes.filter(({ steps }) => steps.some((step) => step.served && isSame(step, stretch))).map(({ number }) => number)
  const passed = routes.filter(({ number, steps }) => !served.includes(number) && steps.some((step) => isSame(step, stretch))).map(({ number }) => number)
  if (served.length > 0) lines.push(say('streets.hover.served', { routes: served.join(say('plan.join')) }))
  if (passed.length > 0) lines.push(say('streets.hover.passed', { routes: passed.join(say('plan.join')) }))
  return lines
}
