import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { boundaryPolygons, cellRings, unionPolygons } from '@/map/cell-rings'
import { labelPoint } from '@/map/label-point'
import { describe, expect, it } from 'vitest'
import { makeSnapshot } from '../../fixtures/make-snapshot'

const scope = decodeSnapshot(makeSnapshot(4, 3), buildCellAdjacency)
const { frame } = scope.land
/** Area of a ring in m²; positive where it turns left. */
const areaM2 = (ring: [number, number][]): number => {
  let sum = 0
  for (let k = 0; k + 1 < ring.length; k++) {
    const [x0, y0] = [(ring[k][0] - frame.lng0) * frame.mPerDegLng, (ring[k][1] - frame.lat0) * frame.mPerDegLat]
    const [x1, y1] = [(ring[k + 1][0] - frame.lng0) * frame.mPerDegLng, (ring[k + 1][1] - frame.lat0) * frame.mPerDegLat]
    sum += (x0 * y1 - x1 * y0) / 2
  }
  return sum
}

/*
 *  row 2  +----+----+----+----+
 *         | c8 | c9 | c10| c11|     cells of 100 m
 *  row 1  +----+----+----+----+
 *         | c4 | c5 | c6 | c7 |
 *  row 0  +----+----+----+----+
 *         | c0 | c1 | c2 | c3 |
 *         +----+----+----+----+
 */
describe('rings from shared arcs', () => {
  it('closes one left-turning ring of 10,000 m² for every cell', () => {
    const rings = cellRings(scope.land)
    expect(rings).toHaveLength(12)
    for (const own of rings) {
      expect(own).toHaveLength(1)
      expect(own[0][0]).toEqual(own[0].at(-1))
      expect(areaM2(own[0])).toBeCloseTo(10_000, 1)
    }
  })

  it('bounds the land by one ring of 120,000 m²', () => {
    const polygons = boundaryPolygons(scope.land)
    expect(polygons).toHaveLength(1)
    expect(areaM2(polygons[0][0])).toBeCloseTo(120_000, 0)
  })

  it('leaves a hole where an inner cell is missing, and keeps apart cells that touch in a corner', () => {
    const [[outer, hole]] = unionPolygons(scope.land, (cell) => cell !== 5)
    expect(areaM2(outer)).toBeCloseTo(120_000, 0)
    expect(areaM2(hole)).toBeCloseTo(-10_000, 1)
    const corner = unionPolygons(scope.land, (cell) => cell === 0 || cell === 5)
    expect(corner.map(([ring]) => Math.round(areaM2(ring)))).toEqual([10_000, 10_000])
  })

  it('puts a label inside an area in the shape of an L, in its wider arm', () => {
    // c0 c1 c2 c3 and c4: the point lies in one of these cells.
    const inside = [0, 1, 2, 3, 4]
    const at = labelPoint(unionPolygons(scope.land, (cell) => inside.includes(cell)), frame.mPerDegLng / frame.mPerDegLat)!
    const column = Math.floor(((at[0] - frame.lng0) * frame.mPerDegLng) / 100)
    const row = Math.floor(((at[1] - frame.lat0) * frame.mPerDegLat) / 100)
    expect(inside).toContain(row * 4 + column)
  })
})
