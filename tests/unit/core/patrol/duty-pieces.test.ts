import { makeLandFrame } from '@/core/land-frame'
import { dutyPieces, lineLengthCm } from '@/core/patrol/duty-pieces'
import { PATROL_SETTINGS, type DutyRule } from '@/core/patrol/patrol-scope'
import { toDegrees } from '@/core/places-in-metres'
import type { Scope, StreetLine } from '@/core/scope'
import { describe, expect, it } from 'vitest'

const frame = makeLandFrame([117.65, 36.2])
const street = (id: number, highway: string, ...xyM: [number, number][]): StreetLine => ({ id, name: '', class: highway, line: xyM.map(([x, y]) => toDegrees(frame, x, y)) })
/** 7: 30 m east, 40 m north, so 70 m. 8: 50 m of a trunk road. */
const scope = {
  land: { frame } as Scope['land'],
  streets: [street(7, 'residential', [0, 0], [30, 0], [30, 40]), street(8, 'trunk', [0, 0], [30, 40]), street(9, 'constructor', [0, 0], [1, 0])],
}
const rule = (id: number, fromCm: number, toCm: number, duty: DutyRule['duty'], at: string): DutyRule => ({
  id, streetId: 7, fromCm, toCm, duty, bothSides: duty === 'daily', reason: 'x', by: 'y', at,
})
const piecesOf = (duties: DutyRule[], id = 7) =>
  dutyPieces(scope, duties, PATROL_SETTINGS).get(id)!.map(({ fromCm, toCm, duty, rule: own }) => [fromCm, toCm, duty, own?.id ?? null])

describe('what is asked of a street', () => {
  it('is the duty of its class where no rule is set, and otherwise that of classes not named', () => {
    expect(lineLengthCm(frame, scope.streets[0].line)).toBe(7000)
    expect(piecesOf([])).toEqual([[0, 7000, 'daily', null]])
    expect(piecesOf([], 8)).toEqual([[0, 5000, 'none', null]])
    // No word of every object is taken for a class.
    expect(piecesOf([], 9)).toEqual([[0, 100, PATROL_SETTINGS.otherwise, null]])
  })

  it('goes by the latest of rules that overlap, whatever their order, and by the id at one moment', () => {
    const early = rule(1, 1000, 5000, 'weekly', '2026-11-01T08:00:00Z')
    const late = rule(2, 3000, 6000, 'none', '2026-11-02T08:00:00Z')
    const same = rule(3, 3000, 4000, 'daily', '2026-11-02T16:00:00+08:00')
    const expected = [[0, 1000, 'daily', null], [1000, 3000, 'weekly', 1], [3000, 4000, 'daily', 3], [4000, 6000, 'none', 2], [6000, 7000, 'daily', null]]
    expect(piecesOf([early, late, same])).toEqual(expected)
    expect(piecesOf([same, late, early])).toEqual(expected)
  })

  it('covers the street and no more, though a rule is longer than it or beyond its end', () => {
    expect(piecesOf([rule(1, -5, 9000, 'none', '2026-11-01T08:00:00Z')])).toEqual([[0, 7000, 'none', 1]])
    expect(piecesOf([rule(1, 7000, 9000, 'none', '2026-11-01T08:00:00Z')])).toEqual([[0, 7000, 'daily', null]])
  })
})
