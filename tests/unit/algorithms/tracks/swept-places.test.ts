import { describe, expect, it } from 'vitest'
import { createWallTest } from '@/algorithms/routing/wall-test'
import { cleanTrack, CLEAN_SETTINGS } from '@/algorithms/tracks/clean-track'
import { passedBuildings } from '@/algorithms/tracks/passed-buildings'
import { sweptArea } from '@/algorithms/tracks/swept-area'
import { visitCheckpoints } from '@/algorithms/tracks/visit-checkpoints'
import { walkedTrack } from '../../../helpers/walked-track'

const CAPSULE_M2 = 100 * 16 + Math.PI * 64

describe('area swept', () => {
  it.each([0, 0.3, 1, Math.PI / 2])('of a straight walk is its swath with round ends, turned by %f', (turn) => {
    const { areaM2, errorM2 } = sweptArea([Float64Array.of(7, 3, 7 + 100 * Math.cos(turn), 3 + 100 * Math.sin(turn))], 8)
    expect(Math.abs(areaM2 - CAPSULE_M2)).toBeLessThanOrEqual(errorM2)
    expect(errorM2).toBeLessThan(0.04 * CAPSULE_M2)
  })

  it('counts what is swept twice once', () => {
    const line = Float64Array.of(0, 0, 100, 0)
    const back = Float64Array.of(100, 0, 0, 0)
    expect(sweptArea([line, back, line], 8)).toEqual(sweptArea([line], 8))
    const cross = sweptArea([line, Float64Array.of(50, -50, 50, 50)], 8).areaM2
    expect(Math.abs(cross - (2 * CAPSULE_M2 - 256))).toBeLessThan(0.01 * cross)
  })

  it('of one point is a circle, of none nothing', () => {
    expect(sweptArea([Float64Array.of(5, 5)], 10).areaM2).toBeCloseTo(Math.PI * 100, 0)
    expect(sweptArea([], 10)).toEqual({ areaM2: 0, errorM2: 0 })
  })

  it('has a ring about a yard without the yard', () => {
    const ring = sweptArea([Float64Array.of(0, 0, 100, 0, 100, 100, 0, 100, 0, 0)], 5).areaM2
    expect(ring).toBeCloseTo(400 * 10 - 4 * 25 + Math.PI * 25, -2)
  })
})

describe('buildings passed', () => {
  const outlines = {
    //          a square 10 m north of the way, a point 20 m south, a square astride the way, a point behind a wall
    xyM: Float64Array.of(10, 10, 20, 10, 20, 20, 10, 20, 10, 10, 50, -20, 70, -5, 80, -5, 80, 5, 70, 5, 70, -5, 50, 8),
    start: Uint32Array.of(0, 5, 6, 11, 12),
  }
  const ways = { xyM: Float64Array.of(0, 0, 100, 0, 0, 0, 30, 0), start: Uint32Array.of(0, 2, 4), at: [5, 9] }
  const wall = createWallTest({ xyM: Float64Array.of(40, 4, 60, 4), start: Uint32Array.of(0, 2) })

  it('are those within reach and in sight, at the latest time', () => {
    expect([...passedBuildings(outlines, ways, 20, wall)]).toEqual([9, 5, 5, -Infinity])
    expect([...passedBuildings(outlines, ways, 9.9, () => false)]).toEqual([-Infinity, -Infinity, 5, 5])
    expect([...passedBuildings(outlines, { xyM: new Float64Array(0), start: Uint32Array.of(0), at: [] }, 20, wall)]).toEqual(Array(4).fill(-Infinity))
  })
})

describe('checkpoints', () => {
  const marks = (place: readonly [number, number], dwellS: number, radiusM: number, settings: Parameters<typeof walkedTrack>[1]) => {
    const track = cleanTrack(walkedTrack([[-100, 0], [0, 0], [100, 0]], settings), CLEAN_SETTINGS)
    return visitCheckpoints({ xyM: Float64Array.from(place), radiusM: [radiusM], dwellS: [dwellS] }, track)[0]
  }

  it('are visited where somebody was there for long enough', () => {
    expect(marks([0, 5], 0, 15, { accuracyM: 6 }).mark).toBe('visited')
    expect(marks([0, 5], 60, 15, { accuracyM: 6 }).mark).toBe('probable')
    const stood = marks([0, 5], 60, 15, { accuracyM: 6, stands: { 1: 120 } })
    expect(stood.mark).toBe('visited')
    // 100 m at 1.25 m/s, less the way in the circle and what the stop takes in of it.
    if (stood.mark !== 'none') expect(Math.abs(stood.atMs - 62_000)).toBeLessThan(8000)
  })

  it('are probable where fixes are vague, reach the place by their accuracy only, or lie to both sides of it', () => {
    expect(marks([0, 5], 0, 15, { accuracyM: 40 }).mark).toBe('probable')
    expect(marks([0, 5], 0, 15, {}).mark).toBe('probable')
    expect(marks([0, 20], 0, 15, { accuracyM: 10 }).mark).toBe('probable')
    expect(marks([50, 0], 0, 3, { accuracyM: 0, everyS: 16 }).mark).toBe('probable')
  })

  it('are not visited from farther off, nor by no walk', () => {
    expect(marks([0, 40], 0, 15, { accuracyM: 10 }).mark).toBe('none')
    const none = cleanTrack({ atMs: new Float64Array(0), xyM: new Float64Array(0), accuracyM: new Float64Array(0) })
    expect(visitCheckpoints({ xyM: Float64Array.of(0, 0), radiusM: [10], dwellS: [0] }, none)).toEqual([{ mark: 'none' }])
  })
})
