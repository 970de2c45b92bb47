import { placesOnFootprint, splitFootprint } from '@/map/footprint'
import { describe, expect, it } from 'vitest'

/** Degrees that are metres. */
const SCALE = { mPerDegLng: 1, mPerDegLat: 1 }
const SLAB = [0, 0, 40, 0, 40, 10, 0, 10, 0, 0]
/** An L, its foot to the right. */
const YARD = [0, 0, 20, 0, 20, 10, 10, 10, 10, 5, 0, 5, 0, 0]

const areaOf = (ring: readonly (readonly number[])[]) =>
  Math.abs(ring.slice(1).reduce((sum, [x, y], k) => sum + ring[k][0] * y - x * ring[k][1], 0)) / 2

describe('a footprint', () => {
  it('is cut across its longest side by shares, nothing lost', () => {
    const strips = splitFootprint(SLAB, [1, 3], SCALE)
    expect(strips.map(areaOf)).toEqual([100, 300])
    expect(strips.every((ring) => ring[0].join() === ring[ring.length - 1].join())).toBe(true)
    expect(splitFootprint(YARD, [1, 1, 2], SCALE).map(areaOf).reduce((a, b) => a + b)).toBeCloseTo(150)
  })

  it('stays as it is for one share', () => {
    expect(splitFootprint(SLAB, [7], SCALE)).toEqual([[[0, 0], [40, 0], [40, 10], [0, 10], [0, 0]]])
  })

  it('has a place for each, inside it and apart', () => {
    const places = placesOnFootprint(SLAB, 12, SCALE, 3.2)
    expect(new Set(places.map(String)).size).toBe(12)
    expect(places.every(([x, y]) => x > 0 && x < 40 && y > 0 && y < 10)).toBe(true)
    // Column by column they are centred too, however the last column is filled.
    const across = placesOnFootprint(SLAB, 34, SCALE, 6, 'columns').map(([x]) => x)
    expect(Math.min(...across) + Math.max(...across)).toBeCloseTo(40)
  })
})
