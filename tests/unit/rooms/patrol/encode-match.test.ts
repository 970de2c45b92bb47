import { expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { toDegrees } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { matchTracksJob } from '@/rooms/patrol/jobs/match-tracks/match-tracks-job'
import { cutStretch, measureStreets } from '@/rooms/patrol/operations/cut-stretch'
import { encodeTracks, makeMatchEncoder, type MatchGround } from '@/rooms/patrol/operations/encode-match'
import type { FixColumns, TrackToMatch } from '@/rooms/patrol/repository'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

const BASE = decodeSnapshot(makeSnapshot(), buildCellAdjacency)
const START_MS = Date.parse('2026-11-20T09:00:00+08:00')

/**
 *   y
 *  50      ┌──┐ B1 (0…10, 40…50)
 *   0 ─────┼──────────────── street 7, west to east, 0…400 m
 * −10      └──┘ B0 (100…110, −20…−10)
 *          B2 (300…310, 200…210): nobody comes by
 */
const at = (x: number, y: number) => toDegrees(BASE.land.frame, x, y)
const ring = (x: number, y: number) => [[x, y], [x + 10, y], [x + 10, y + 10], [x, y + 10], [x, y]].flatMap(([a, b]) => at(a, b))
const SCOPE: Scope = {
  ...BASE,
  streets: [{ id: 7, name: '府前街', class: 'residential', line: [at(0, 0), at(150, 0), at(400, 0)] }],
  compounds: [],
  features: [],
  buildings: { ...BASE.buildings, count: 3, ids: Int32Array.of(70, 71, 72), outlineStart: Uint32Array.of(0, 5, 10, 15), outline: Float64Array.from([...ring(100, -20), ...ring(0, 40), ...ring(300, 200)]) },
}
const GROUND: MatchGround = { scope: SCOPE, gates: [], checkpoints: [{ id: 5, lngLat: at(200, 5), radiusM: 20, dwellS: 30 }, { id: 6, lngLat: at(390, 60), radiusM: 15, dwellS: 0 }], passM: 25 }

/** Walks along y from x to x at 1 m/s, a fix each five seconds, standing where told. */
function fixesAlong(fromX: number, toX: number, y: number, standX: number | null = null): FixColumns {
  const columns = { fromMs: START_MS, atMs: [] as number[], lngE7: [] as number[], latE7: [] as number[], accuracyDm: [] as number[] }
  let s = 0
  const put = (x: number): void => {
    const [lng, lat] = at(x, y)
    columns.atMs.push(s * 1000)
    columns.lngE7.push(Math.round(lng * 1e7))
    columns.latE7.push(Math.round(lat * 1e7))
    columns.accuracyDm.push(50)
    s += 5
  }
  for (let x = fromX; fromX < toX ? x <= toX : x >= toX; x += fromX < toX ? 5 : -5) {
    put(x)
    if (x === standX) for (let k = 0; k < 8; k++) put(x)
  }
  return columns
}
const track = (fixes: FixColumns): TrackToMatch => ({ trackId: 't1', communityId: 3, startedAt: new Date(START_MS).toISOString(), endedAt: new Date(START_MS + 900_000).toISOString(), fixes })

it('cuts a stretch out of the line of a street, over its corners and up to its rounded end', () => {
  const street = measureStreets(SCOPE).get(7)!
  const rounded = (line: number[]) => line.map((metres) => Math.round(metres * 100) / 100 + 0)
  expect(rounded(cutStretch(street, { fromCm: 10_000, toCm: 20_050 }))).toEqual([100, 0, 150, 0, 200.5, 0])
  expect(rounded(cutStretch(street, { fromCm: 0, toCm: 15_000 }))).toEqual([0, 0, 150, 0])
  expect(rounded(cutStretch(street, { fromCm: 39_000, toCm: 40_001 }))).toEqual([390, 0, 400, 0])
})

it('takes a walk through the matcher into what the server keeps: metres walked, checkpoints, buildings, seconds within the walk', () => {
  const raw = track(fixesAlong(50, 350, 3, 200))
  const { tracks } = matchTracksJob(encodeTracks([raw], GROUND), { onProgress: () => undefined })
  const match = makeMatchEncoder(GROUND)(tracks[0], raw)
  const { streetId, fromCm, toCm, fromS, toS, confidence } = match.stretches
  expect(new Set(streetId)).toEqual(new Set([7]))
  const walkedCm = toCm.reduce((sum, cm, k) => sum + cm - fromCm[k], 0)
  expect(Math.abs(walkedCm - 30_000)).toBeLessThan(600)
  expect(Math.min(...fromS)).toBeGreaterThanOrEqual(START_MS / 1000)
  expect(Math.max(...toS)).toBeLessThanOrEqual(START_MS / 1000 + raw.fixes.atMs.at(-1)! / 1000)
  expect(confidence.every((share) => Number.isInteger(share) && share >= 50 && share <= 100)).toBe(true)
  expect(match.marks.map(({ checkpointId, mark }) => [checkpointId, mark])).toEqual([[5, 'visited']])
  // B0 lies 10 m off the street; B1 35 m from where the walk began; B2 far away.
  expect(match.passes.buildingId).toEqual([70])
  expect(match.passes.atS[0]).toBeGreaterThan(START_MS / 1000 + 50)
  expect(match.passes.atS[0]).toBeLessThanOrEqual(Math.max(...toS))
})
