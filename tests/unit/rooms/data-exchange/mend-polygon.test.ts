import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitLoops } from '@/rooms/data-exchange/geometry/split-loops'
import { mendParts, mendPolygon } from '@/rooms/data-exchange/geometry/mend-polygon'
import { pointInside } from '@/rooms/data-exchange/geometry/point-inside'
import { ringHolds } from '@/formats/ring-shapes'
import type { Pair } from '@/rooms/data-exchange/model'

const M = 1 / 111_132
/** A ring of metre offsets at 36° north, in degrees. */
const ring = (...points: [number, number][]): Pair[] => points.map(([x, y]) => [117 + (x * M) / 0.8096, 36 + y * M])
const codes = (rings: Pair[][], split = true) => mendPolygon(rings, split).notes.map((note) => note.code)

describe('mending a polygon', () => {
  it('leaves a good one as it is', () => {
    const good = ring([0, 0], [10, 0], [10, 10], [0, 10], [0, 0])
    const mended = mendPolygon([good], true)
    expect(mended.polygons[0][0]).toHaveLength(5)
    expect(mended.areaM2).toBeCloseTo(100, 0)
    expect(mended.notes).toEqual([])
  })

  it('closes a ring left open, and names it', () => {
    const mended = mendPolygon([ring([0, 0], [10, 0], [10, 10], [0, 10])], true)
    expect(mended.notes).toMatchObject([{ code: 'ring_unclosed', fatal: false }])
    expect(mended.notes[0].values['gapM']).toBeCloseTo(10, 0)
    expect(mended.areaM2).toBeCloseTo(100, 0)
  })

  // ·───────────·   the way back is missing: closing it would invent a border
  it('refuses to close a ring of which a whole side is missing', () => {
    expect(codes([ring([0, 0], [100, 0], [200, 5])])).toEqual(['ring_unclosed_wide'])
  })

  it('refuses points, lines and slivers', () => {
    expect(codes([ring([0, 0], [10, 0], [0, 0])])).toEqual(['ring_too_few'])
    expect(codes([ring([0, 0], [10, 0], [20, 0], [0, 0])])).toEqual(['ring_no_area'])
    expect(codes([[]])).toEqual(['ring_too_few'])
  })

  //  3──2
  //   ╲╱     bow-tie of two triangles of 25 m²
  //   ╱╲
  //  0──1
  const bowTie = ring([0, 0], [10, 0], [0, 10], [10, 10], [0, 0])
  it('splits a bow-tie building into its two lobes, refuses a bow-tie boundary, and says where', () => {
    const mended = mendPolygon([bowTie], true)
    expect(mended.notes).toMatchObject([{ code: 'ring_self_crossing_split', fatal: false }])
    expect(mended.polygons).toHaveLength(2)
    expect(mended.areaM2).toBeCloseTo(50, 0)
    const refused = mendPolygon([bowTie], false)
    expect(refused.notes).toMatchObject([{ code: 'ring_self_crossing', fatal: true }])
    expect(refused.polygons).toEqual([])
    expect(refused.notes[0].at[1]).toBeCloseTo(36 + 5 * M, 6)
  })

  // a square of 100 m with a loop of half a metre at one corner
  it('cuts off a loop too small to matter', () => {
    const mended = mendPolygon([ring([0, 0], [100, 0], [100, 100], [0, 100], [0, -1], [1, 0.5], [-1, 0.5], [0, 0])], false)
    expect(mended.notes.map((note) => note.code)).toEqual(['ring_self_crossing_mended'])
    expect(mended.areaM2).toBeGreaterThan(9_900)
  })

  it('keeps holes, and names one that is no ring', () => {
    const shell = ring([0, 0], [20, 0], [20, 20], [0, 20], [0, 0])
    const hole = ring([5, 5], [5, 10], [10, 10], [10, 5], [5, 5])
    expect(mendPolygon([shell, hole], true).areaM2).toBeCloseTo(375, 0)
    expect(codes([shell, ring([5, 5], [6, 6], [5, 5])])).toEqual(['hole_left_out'])
  })

  it('gives loops that do not cross, whose areas add up by the even–odd rule at most, for random rings', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), { minLength: 3, maxLength: 14 }), (points) => {
        const { loops } = splitLoops([...points, points[0]] as Pair[])!
        for (const loop of loops) {
          expect(loop[0]).toEqual(loop[loop.length - 1])
          const again = splitLoops(loop)!
          // Rounding of crossings to the lattice may leave a touch, never a loop of size.
          expect(again.loops.length === 1 || again.loops.every((inner) => inner.length >= 4)).toBe(true)
        }
      }),
      { seed: 11, numRuns: 500 },
    )
  })

  //  two squares that share a side: as one MultiPolygon no database takes them
  it('keeps the larger of parts that run along each other, and says so', () => {
    const left = ring([0, 0], [20, 0], [20, 20], [0, 20], [0, 0])
    const right = ring([20, 0], [30, 0], [30, 20], [20, 20], [20, 0])
    const far = ring([50, 0], [60, 0], [60, 20], [50, 20], [50, 0])
    const mended = mendParts([[right], [left], [far]], true)
    expect(mended.polygons).toHaveLength(2)
    expect(mended.notes).toMatchObject([{ code: 'parts_left_out', values: { parts: 1, areaM2: 200 } }])
  })

  it('drops a hole that shares a side with its shell, keeps one that touches in a point', () => {
    const shell = ring([0, 0], [20, 0], [20, 20], [0, 20], [0, 0])
    const along = ring([0, 5], [0, 10], [5, 10], [5, 5], [0, 5])
    const touching = ring([0, 5], [5, 3], [5, 8], [0, 5])
    expect(mendParts([[shell, along]], true).polygons).toHaveLength(1)
    expect(mendParts([[shell, along]], true).polygons[0]).toHaveLength(1)
    expect(mendParts([[shell, touching]], true).polygons[0]).toHaveLength(2)
  })

  it('finds a point inside a horseshoe, whose centre of mass lies outside', () => {
    const horseshoe = ring([0, 0], [30, 0], [30, 30], [25, 30], [25, 5], [5, 5], [5, 30], [0, 30], [0, 0])
    expect(ringHolds(horseshoe, pointInside(horseshoe) as Pair)).toBe(true)
  })
})
