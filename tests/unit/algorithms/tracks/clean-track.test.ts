import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanTrack, CLEAN_SETTINGS } from '@/algorithms/tracks/clean-track'
import type { TrackFixes } from '@/algorithms/tracks/track-fixes'
import { walkedTrack } from '../../../helpers/walked-track'

const AS_IS = { ...CLEAN_SETTINGS, thinM: 0 }
const NONE = { invalid: 0, inaccurate: 0, backwards: 0, duplicate: 0, jump: 0, lone: 0 }

/** Rows of seconds, x, y and accuracy. */
const fixes = (rows: readonly (readonly [number, number, number, number?])[]): TrackFixes => ({
  atMs: Float64Array.from(rows, ([s]) => 1000 * s),
  xyM: Float64Array.from(rows.flatMap(([, x, y]) => [x, y])),
  accuracyM: Float64Array.from(rows, ([, , , accuracyM]) => accuracyM ?? NaN),
})

const straight = (count: number, change: (k: number) => readonly [number, number, number, number?]) =>
  fixes(Array.from({ length: count }, (_, k) => change(k)))

describe('cleaning a track', () => {
  it('leaves a clean walk as it is', () => {
    const track = walkedTrack([[0, 0], [200, 0], [200, 100]])
    const clean = cleanTrack(track, AS_IS)
    expect([...clean.xyM]).toEqual([...track.xyM])
    expect(clean.counts).toMatchObject({ given: track.atMs.length, used: track.atMs.length, dropped: NONE, stops: 0, gaps: 0, thinned: 0 })
  })

  it('takes an empty track and one of a single fix', () => {
    expect(cleanTrack(fixes([])).counts).toMatchObject({ given: 0, used: 0, gaps: 0 })
    expect([...cleanTrack(fixes([])).pieceStart]).toEqual([0])
    expect([...cleanTrack(fixes([[0, 5, 6]])).pieceStart]).toEqual([0, 1])
  })

  it('drops what is inaccurate or no number, and the rest stays', () => {
    const track = straight(20, (k) => [4 * k, k === 7 ? NaN : 5 * k, 0, k === 3 ? 50 : k === 4 ? 51 : 8])
    expect(cleanTrack(track, AS_IS).counts).toMatchObject({ used: 18, dropped: { ...NONE, inaccurate: 1, invalid: 1 } })
  })

  it('drops one fix far off, and not those after it', () => {
    const track = straight(30, (k) => (k === 12 ? [4 * k, 900, 400] : [4 * k, 5 * k, 0]))
    expect(cleanTrack(track, AS_IS).counts).toMatchObject({ used: 29, dropped: { ...NONE, jump: 1 }, gaps: 0 })
  })

  it('drops a first fix far off', () => {
    const track = straight(30, (k) => (k === 0 ? [0, 900, 400] : [4 * k, 5 * k, 0]))
    expect(cleanTrack(track, AS_IS).counts).toMatchObject({ used: 29, dropped: { ...NONE, jump: 1 } })
  })

  it('drops a ride and keeps the walks on either side as pieces', () => {
    // 40 fixes on foot, 100 at 8 m/s, one a second, 40 on foot.
    const track = straight(180, (k) => [k, k < 40 ? 1.2 * k : k < 140 ? 48 + 8 * (k - 40) : 848 + 1.2 * (k - 140), 0])
    const { counts, pieceStart, xyM } = cleanTrack(track, AS_IS)
    expect(counts.dropped.jump).toBeGreaterThanOrEqual(100)
    expect(counts.used).toBeGreaterThan(40)
    expect(pieceStart).toHaveLength(3)
    expect(Math.max(...[...xyM].filter((_, k) => k % 2 === 0 && k < 2 * pieceStart[1]))).toBeLessThan(80)
  })

  it('drops fixes of a clock that went back for a while, and of one that leapt ahead', () => {
    const back = straight(30, (k) => [k >= 10 && k < 14 ? 4 * k - 60 : 4 * k, 5 * k, 0])
    expect(cleanTrack(back, AS_IS).counts).toMatchObject({ used: 26, dropped: { ...NONE, backwards: 4 } })
    const ahead = straight(30, (k) => [k === 10 ? 4000 : 4 * k, 5 * k, 0])
    expect(cleanTrack(ahead, AS_IS).counts).toMatchObject({ used: 29, dropped: { ...NONE, backwards: 1 } })
  })

  it('keeps the most accurate of fixes of one moment', () => {
    const clean = cleanTrack(fixes([[0, 0, 0, 9], [4, 5, 0, 20], [4, 6, 0, 4], [4, 7, 0, 9], [8, 10, 0, 9]]), AS_IS)
    expect(clean.counts).toMatchObject({ used: 3, dropped: { ...NONE, duplicate: 2 } })
    expect(clean.xyM[2]).toBe(6)
  })

  it('parts at a pause with a way and at a leap, and not where somebody waited without fixes', () => {
    const walk = (s: number, x: number) => Array.from({ length: 10 }, (_, k) => [s + 4 * k, x + 5 * k, 0] as const)
    expect([...cleanTrack(fixes([...walk(0, 0), ...walk(400, 145)]), AS_IS).pieceStart]).toEqual([0, 10, 20])
    expect(cleanTrack(fixes([...walk(0, 0), ...walk(400, 50)]), AS_IS).counts.gaps).toBe(0)
    expect(cleanTrack(fixes([...walk(0, 0), ...walk(140, 345)]), AS_IS).counts.gaps).toBe(1)
  })

  it.each([0, 4, 8, 12, 16])('makes one place of half an hour in one place with noise of %i m', (sigmaM) => {
    for (let seed = 1; seed <= 5; seed++) {
      const track = walkedTrack([[0, 0]], { stands: { 0: 1800 }, everyS: 3, sigmaM, accuracyM: Math.max(4, 1.5 * sigmaM), correlation: 0.95, seed })
      const { counts, xyM } = cleanTrack(track)
      expect({ seed, used: counts.used, places: xyM.length / 2 }).toEqual({ seed, used: 0, places: 1 })
      expect(counts.stoppedMs).toBeGreaterThan(1_700_000)
    }
  })

  it('makes no stop of a walk up one lane and down the next, nor of a slow walk', () => {
    expect(cleanTrack(walkedTrack([[0, 0], [60, 0], [60, 35], [0, 35]], { accuracyM: 5 })).counts.stops).toBe(0)
    expect(cleanTrack(walkedTrack([[0, 0], [300, 0]], { accuracyM: 5, speedMS: 0.7 })).counts.stops).toBe(0)
  })

  it('counts every fix once', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 60 }))
    fc.assert(fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
      const { counts, atMs, untilMs, pieceStart } = cleanTrack(fixes(rows))
      const dropped = Object.values(counts.dropped).reduce((sum, count) => sum + count, 0)
      expect(counts.used + dropped + counts.standing + counts.thinned).toBe(counts.given)
      expect(pieceStart.at(-1)).toBe(atMs.length)
      for (let k = 1; k < atMs.length; k++) expect(atMs[k]).toBeGreaterThanOrEqual(untilMs[k - 1])
    }))
  })
})
