import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import type { StreetColumns } from '@/algorithms/routing/street-graph'
import { cleanTrack } from '@/algorithms/tracks/clean-track'
import { uniteParts, type CoveredParts } from '@/algorithms/tracks/covered-length'
import { createTrackMatcher } from '@/algorithms/tracks/match-track'
import { measureEdges, streetParts, type StreetPart } from '@/algorithms/tracks/street-stretches'
import type { OffPart } from '@/algorithms/tracks/track-match'
import type { TrackFixes } from '@/algorithms/tracks/track-fixes'
import { walkedTrack } from '../../../helpers/walked-track'

type Corner = readonly [number, number]

function streetsOf(lines: readonly (readonly Corner[])[]): StreetColumns {
  let points = 0
  return {
    xyM: Float64Array.from(lines.flat(2)),
    start: Uint32Array.from([0, ...lines.map((line) => (points += line.length))]),
    classes: lines.map(() => 'residential'),
  }
}

interface Outcome {
  readonly parts: readonly StreetPart[]
  readonly off: readonly OffPart[]
  readonly covered: CoveredParts
  /** Covered metres by street. */
  readonly metres: readonly number[]
}

function match(streets: StreetColumns, ...tracks: readonly TrackFixes[]): Outcome {
  const graph = buildStreetGraph(streets)
  const matcher = createTrackMatcher(graph)
  const matches = tracks.map((track) => matcher.match(cleanTrack(track)))
  const parts = matches.flatMap(({ walked }) => streetParts(graph, measureEdges(graph, streets), walked))
  const covered = uniteParts(streets.classes.length, {
    line: parts.map(({ line }) => line), fromM: parts.map(({ fromM }) => fromM), toM: parts.map(({ toM }) => toM), at: parts.map(({ toMs }) => toMs),
  })
  const metres = streets.classes.map((_, line) => {
    let sum = 0
    for (let k = covered.start[line]; k < covered.start[line + 1]; k++) sum += covered.toM[k] - covered.fromM[k]
    return sum
  })
  return { parts, off: matches.flatMap(({ off }) => off), covered, metres }
}

//   2 |        | 3
//     |        |
//   --+--------+-----   0   (y = 0)
//     |        |
//   --+--------+-----   1   (y = −35)
const TOWN = streetsOf([
  [[-50, 0], [0, 0], [100, 0], [200, 0]],
  [[-50, -35], [200, -35]],
  [[0, 80], [0, -35]],
  [[100, 80], [100, -35]],
])
const NEAR = { accuracyM: 6 }

describe('matching a track', () => {
  it('credits what was walked, in the order and the direction of the walk', () => {
    const { parts, off } = match(TOWN, walkedTrack([[-40, 0], [100, 0], [100, -35], [180, -35]], NEAR))
    expect(parts.map(({ line, isReversed }) => [line, isReversed])).toEqual([[0, false], [3, false], [1, false]])
    expect(off).toHaveLength(0)
    const ends = parts.map(({ fromM, toM }) => [Math.round(fromM), Math.round(toM)])
    expect(ends).toEqual([[10, 150], [80, 115], [150, 230]])
    for (const [k, part] of parts.entries()) {
      expect(part.confidence).toBeGreaterThan(0.95)
      if (k > 0) expect(part.fromMs).toBeCloseTo(parts[k - 1].toMs, 3)
    }
    expect(match(TOWN, walkedTrack([[180, 0], [20, 0]], NEAR)).parts).toMatchObject([{ line: 0, isReversed: true }])
  })

  it('credits nothing to who stands, whatever the noise', () => {
    for (const sigmaM of [4, 8, 12, 16]) {
      const { parts, off } = match(TOWN, walkedTrack([[50, 0]], { stands: { 0: 1800 }, everyS: 3, sigmaM, correlation: 0.95, accuracyM: 1.5 * sigmaM }))
      expect({ sigmaM, parts, off }).toEqual({ sigmaM, parts: [], off: [] })
    }
  })

  it('adds nothing for a stop on the way', () => {
    const without = match(TOWN, walkedTrack([[-40, 0], [50, 0], [180, 0]], NEAR))
    const stopped = match(TOWN, walkedTrack([[-40, 0], [50, 0], [180, 0]], { ...NEAR, stands: { 1: 900 }, sigmaM: 4 }))
    const walkedM = (parts: readonly StreetPart[]) => parts.reduce((sum, { fromM, toM }) => sum + toM - fromM, 0)
    expect(walkedM(stopped.parts)).toBeGreaterThan(walkedM(without.parts) - 20)
    expect(walkedM(stopped.parts)).toBeLessThan(walkedM(without.parts) + 20)
    expect(stopped.metres.slice(1)).toEqual([0, 0, 0])
  })

  it('counts a street walked twice once, with the later time', () => {
    const track = walkedTrack([[-40, 0], [180, 0]], NEAR)
    const later = { ...track, atMs: track.atMs.map((ms) => ms + 86_400_000) }
    const once = match(TOWN, track)
    const twice = match(TOWN, track, later)
    expect(twice.metres).toEqual(once.metres)
    expect(twice.covered.latest[0]).toBe(once.covered.latest[0] + 86_400_000)
  })

  it('counts no metre twice where a fix falls back on the way', () => {
    const track = walkedTrack([[-40, 0], [90, 0], [100, 0], [100, -30]], NEAR)
    const back = track.xyM.slice()
    for (const fix of [14, 15, 26]) back[2 * fix] -= 25
    const { parts, metres } = match(TOWN, { ...track, xyM: back })
    expect(parts.reduce((sum, { fromM, toM }) => sum + toM - fromM, 0)).toBeCloseTo(metres.reduce((sum, one) => sum + one, 0), 6)
    expect(parts.map(({ line }) => line)).toEqual([0, 3])
  })

  it('credits a street turned round in as far as it was walked, once', () => {
    const { metres, parts } = match(TOWN, walkedTrack([[-40, 0], [60, 0], [-40, 0]], NEAR))
    expect(metres[0]).toBeGreaterThan(85)
    expect(metres[0]).toBeLessThanOrEqual(100.5)
    expect(metres.slice(1)).toEqual([0, 0, 0])
    expect(parts.map(({ isReversed }) => isReversed)).toEqual([false, true])
  })

  it('credits a dead end to its end', () => {
    const { metres } = match(TOWN, walkedTrack([[-40, 0], [0, 0], [0, 80], [0, 0], [180, 0]], NEAR))
    expect(metres[2]).toBeGreaterThan(72)
    expect(metres[3]).toBe(0)
  })

  it('leaves a walk through a courtyard off the streets about it', () => {
    // In at the gate (50, 0), about the yard between the streets, out again.
    const yard = streetsOf([[[-100, 0], [200, 0]], [[-100, 150], [200, 150]], [[-100, 0], [-100, 150]], [[200, 0], [200, 150]]])
    const { metres, off } = match(yard, walkedTrack([[-80, 0], [50, 0], [50, 80], [120, 80], [120, 60], [50, 60], [50, 0], [150, 0]], { accuracyM: 6, sigmaM: 3 }))
    expect(metres[0]).toBeGreaterThan(200)
    expect(metres.slice(1)).toEqual([0, 0, 0])
    expect(off).toHaveLength(1)
    expect(off[0].confidence).toBeGreaterThan(0.8)
    expect(Math.max(...off[0].xyM.filter((_, k) => k % 2 === 1))).toBeGreaterThan(70)
  })

  it('knows nothing of the way across a gap, and takes up again after it', () => {
    const track = walkedTrack([[-40, 0], [180, 0]], NEAR)
    const isKept = (k: number) => track.xyM[2 * k] < 20 || track.xyM[2 * k] > 120
    const cut: TrackFixes = {
      atMs: track.atMs.filter((_, k) => isKept(k)).map((ms, k, all) => (k > 0 && ms - all[0] > 60_000 ? ms + 600_000 : ms)),
      xyM: track.xyM.filter((_, k) => isKept(k >> 1)),
      accuracyM: track.accuracyM.filter((_, k) => isKept(k)),
    }
    const { parts, metres } = match(TOWN, cut)
    expect(parts).toHaveLength(2)
    expect(metres[0]).toBeGreaterThan(95)
    expect(metres[0]).toBeLessThan(125)
  })

  it('credits nothing for a leap across the town', () => {
    const track = walkedTrack([[-40, 0], [180, 0]], NEAR)
    const leap = track.xyM.slice()
    leap.set([100, 75], 2 * 20)
    expect(match(TOWN, { ...track, xyM: leap }).metres.slice(1)).toEqual([0, 0, 0])
  })

  it('credits both streets that share a line, and none for a path assumed over a gap', () => {
    const shared = streetsOf([[[0, 0], [100, 0]], [[50, 0], [150, 0]], [[100, 4], [100, 60]]])
    const { metres } = match(shared, walkedTrack([[10, 0], [100, 0], [100, 60]], NEAR))
    expect(metres[0]).toBeCloseTo(90, 0)
    expect(metres[1]).toBeCloseTo(50, 0)
    expect(metres[2]).toBeGreaterThan(50)
    expect(metres[2]).toBeLessThanOrEqual(56)
  })

  it('takes an empty track, one of a single fix, and streets there are none of', () => {
    const none = { atMs: new Float64Array(0), xyM: new Float64Array(0), accuracyM: new Float64Array(0) }
    const one = { atMs: Float64Array.of(0), xyM: Float64Array.of(50, 0), accuracyM: Float64Array.of(5) }
    for (const track of [none, one]) expect(match(TOWN, track)).toMatchObject({ parts: [], off: [] })
    const { parts, off } = match(streetsOf([]), walkedTrack([[0, 0], [100, 0]], NEAR))
    expect(parts).toEqual([])
    expect(off).toHaveLength(1)
  })

  it('gives the same answer twice', () => {
    const track = walkedTrack([[-40, 0], [100, 0], [100, -35], [0, -35], [0, 80]], { sigmaM: 10, everyS: 3 })
    expect(match(TOWN, track)).toEqual(match(TOWN, track))
  })
})

describe('any streets and any fixes', () => {
  it('are matched without fault, never more than there is, in the order of time', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 })).map(([x, y]): Corner => [20 * x, 20 * y])
    const lines = fc.array(fc.array(place, { minLength: 1, maxLength: 5 }), { maxLength: 12 })
    const row = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -20, max: 260 }), fc.integer({ min: -20, max: 260 }), fc.integer({ min: 1, max: 40 }))
    fc.assert(fc.property(lines, fc.array(row, { maxLength: 60 }), fc.array(place, { minLength: 1, maxLength: 6 }), fc.integer(), (drawn, wild, corners, seed) => {
      const streets = streetsOf(drawn)
      let ms = 0
      const tracks = [
        walkedTrack(corners, { sigmaM: 8, seed, stands: { 0: seed % 2 === 0 ? 200 : 0 } }),
        {
          atMs: Float64Array.from(wild, ([s]) => (ms += 1000 * s)), xyM: Float64Array.from(wild.flatMap(([, x, y]) => [x, y])),
          accuracyM: Float64Array.from(wild, ([, , , accuracyM]) => accuracyM),
        },
      ]
      const { parts, metres } = match(streets, ...tracks)
      drawn.forEach((line, k) => {
        const lengthM = line.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - line[at][0], y - line[at][1]), 0)
        expect(metres[k]).toBeLessThanOrEqual(lengthM + 1e-6)
      })
      for (const { fromMs, toMs, confidence, fromM } of parts) {
        expect(toMs).toBeGreaterThanOrEqual(fromMs)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
        expect(fromM).toBeGreaterThanOrEqual(0)
      }
    }), { numRuns: 60 })
  })
})
