import type { PatrolTrack } from '@/core/patrol/patrol-scope'
import { checkpointRows, passFigure } from '@/rooms/patrol/operations/pass-figures'
import { sumWalks, walkFigures } from '@/rooms/patrol/operations/walk-figures'
import { describe, expect, it } from 'vitest'
import { makePatrols, makeStreet, NOW_MS } from './make-patrols'

const walk = (id: string, hour: string, parts: Partial<PatrolTrack> = {}): PatrolTrack => ({
  id, personId: 'a', planId: null, route: null, community: 0, gridId: null, day: '2026-11-22', startedAt: `2026-11-22T${hour}:00:00+08:00`, endedAt: `2026-11-22T${hour}:30:00+08:00`,
  source: 'recorded', state: 'matched', fixes: 1, dropped: {}, streetM: 100, yardM: 10, hasRaw: true, ...parts,
})

/** Two walks over the same hundred metres, the second fifty farther; one that is not matched; one of whom nothing may be known. */
const patrols = makePatrols({
  tracks: [walk('1', '08'), walk('2', '09', { personId: 'b', streetM: 150 }), walk('3', '10', { state: 'ended' })],
  walked: {
    count: 4, track: Int32Array.of(0, 0, 1, -1), streetId: Int32Array.of(11, 11, 11, 12), fromCm: Int32Array.of(0, 5_000, 0, 0), toCm: Int32Array.of(6_000, 10_000, 15_000, 9_000),
    fromS: new Uint32Array(4), toS: new Uint32Array(4), confidence: new Uint8Array(4),
  },
})

describe('walks in figures', () => {
  it('counts a street for the walk that came first, and sums by person', () => {
    const figures = walkFigures(patrols, () => true)
    expect([...figures].map(([track, { newCm }]) => [track, newCm])).toEqual([[0, 10_000], [1, 5_000]])
    const sums = sumWalks(figures, (track) => patrols.tracks[track].personId ?? '')
    expect(sums.get('b')).toEqual({ walks: 1, seconds: 1800, streetM: 150, yardM: 10, newCm: 5_000 })
    expect(sumWalks(figures, () => 'all').get('all')).toEqual({ walks: 2, seconds: 3600, streetM: 250, yardM: 20, newCm: 15_000 })
  })

  it('asks of those counted only what nobody of them walked before', () => {
    expect(walkFigures(patrols, (track) => track === 1).get(1)?.newCm).toBe(15_000)
  })
})

describe('buildings and checkpoints of a period', () => {
  const scope = makeStreet()
  const day = { fromS: NOW_MS / 1000 - 18 * 3600, toS: NOW_MS / 1000 + 6 * 3600 }

  it('parts buildings with households into passed and left', () => {
    const lived = Array.from({ length: scope.buildings.count }, (_, building) => building).filter((building) => scope.buildings.households[building] > 0)
    const passes = { building: Int32Array.of(lived[0], lived[1]), atS: Uint32Array.of(day.fromS, day.fromS - 1) }
    const figure = passFigure(scope, { passes }, null, day)
    expect(figure.passed).toEqual([lived[0]])
    expect(figure.left).toEqual(lived.slice(1))
    expect(figure.passedHouseholds + figure.leftHouseholds).toBe(scope.buildings.households.reduce((sum, n) => sum + n, 0))
  })

  it('tells the surest mark of each checkpoint, what nobody came by first', () => {
    const checkpoint = (id: number) => ({ id, name: String(id), note: '', lngLat: scope.streets[0].line[0], community: 0, radiusM: 25, dwellS: 0, everyDays: 1, lastAt: null })
    const mark = (checkpointId: number, word: 'visited' | 'probable', hour: string) => ({ checkpointId, track: 0, mark: word, at: `2026-11-22T${hour}:00:00+08:00` })
    const rows = checkpointRows({ checkpoints: [checkpoint(1), checkpoint(2)], marks: [mark(1, 'visited', '08'), mark(1, 'probable', '09')] }, null, day)
    expect(rows.map(({ id, mark: word, times }) => [id, word, times])).toEqual([[2, 'none', 0], [1, 'visited', 2]])
  })
})
