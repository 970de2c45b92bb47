import { describe, expect, it } from 'vitest'
import { outlinePieces } from '@/algorithms/routing/outline-pieces'
import { pointInRing, ringArea2 } from '@/core/rings'

const isIn = (areas: ReturnType<typeof outlinePieces>, x: number, y: number): boolean =>
  areas.some(([outer, ...holes]) => pointInRing(outer, x, y) > 0 && holes.every((hole) => pointInRing(hole, x, y) < 0))

describe('the outline of streets within reach', () => {
  it('stands 40 m off a street, to a square of the net', () => {
    const areas = outlinePieces(Float64Array.of(0, 0, 700, 300))
    expect(areas).toHaveLength(1)
    expect(areas[0]).toHaveLength(1)
    const [ring] = areas[0]
    expect([ring.at(-2), ring.at(-1)]).toEqual([ring[0], ring[1]])
    const lengthM = Math.hypot(700, 300)
    expect(ringArea2(ring) / 2).toBeGreaterThan(0.99 * (80 * lengthM + Math.PI * 1600))
    expect(ringArea2(ring) / 2).toBeLessThan(1.01 * (80 * lengthM + Math.PI * 1600))
    for (let k = 0; k < ring.length; k += 2) {
      const share = Math.max(0, Math.min(1, (700 * ring[k] + 300 * ring[k + 1]) / lengthM ** 2))
      expect(Math.abs(Math.hypot(ring[k] - 700 * share, ring[k + 1] - 300 * share) - 40)).toBeLessThan(1)
    }
  })

  it('is one for what hangs together, apart for what does not, and nothing for nothing', () => {
    expect(outlinePieces(Float64Array.of(0, 0, 100, 0, 100, 0, 100, 100, 500, 0, 600, 0))).toHaveLength(2)
    expect(outlinePieces(new Float64Array(0))).toEqual([])
  })

  //   a block of 800 m has a hole, one of 200 m none; an island within the hole is an area of its own
  it('leaves out large holes, draws over small ones', () => {
    const block = (x: number, y: number, side: number) => [x, y, x + side, y, x + side, y, x + side, y + side, x + side, y + side, x, y + side, x, y + side, x, y]
    expect(outlinePieces(Float64Array.from(block(0, 0, 200))).map((area) => area.length)).toEqual([1])
    const areas = outlinePieces(Float64Array.from([...block(0, 0, 800), 400, 400, 410, 400]))
    expect(areas.map((area) => area.length).sort()).toEqual([1, 2])
    expect([isIn(areas, 20, 20), isIn(areas, 200, 400), isIn(areas, 405, 400), isIn(areas, -60, 400)]).toEqual([true, false, true, false])
  })
})
