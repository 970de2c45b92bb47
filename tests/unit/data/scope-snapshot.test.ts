import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { decodePolyline } from '@/data/polyline'
import { decodeSnapshot } from '@/data/scope-snapshot'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePolyline, makeSnapshot } from '../../fixtures/make-snapshot'

describe('snapshot of a street', () => {
  const scope = decodeSnapshot(makeSnapshot(4, 3), buildCellAdjacency)

  it('sums buildings into their cells', () => {
    expect(scope.cellStats.households[0]).toBe(50)
    expect(scope.cellStats.residents[0]).toBe(150)
    expect(scope.cellStats.buildings[11]).toBe(4)
    // Hardship and lone elderly are special, veterans are not: two of each building.
    expect(scope.cellStats.special[0]).toBe(8)
    expect([...scope.cellStats.byCategory.subarray(0, 8)].reduce((sum, own) => sum + own, 0)).toBe(50)
  })

  it('places degrees relative to the origin of the land', () => {
    const [west, south, east, north] = scope.bounds
    expect(west).toBeCloseTo(117.65, 9)
    expect(south).toBeCloseTo(36.2, 9)
    expect((east - west) * scope.land.frame.mPerDegLng).toBeCloseTo(400, 6)
    expect((north - south) * scope.land.frame.mPerDegLat).toBeCloseTo(300, 6)
    expect((scope.buildings.outline[0] - 117.65) * scope.land.frame.mPerDegLng).toBeCloseTo(15, 1)
  })

  it('knows neighbours by their shared arcs', () => {
    const { start, neighbour } = scope.adjacency
    expect([...neighbour.subarray(start[5], start[6])]).toEqual([1, 4, 6, 9])
  })
})

it('hands the links of the edition in force on', () => {
  const links = [{ cells: [3, 9] as [number, number], kind: 'bridge' as const }]
  const snapshot = makeSnapshot(2, 2)
  expect(decodeSnapshot({ ...snapshot, edition: { ...snapshot.edition, links } }, buildCellAdjacency).current.links).toEqual(links)
})

describe('encoded polylines', () => {
  it('come back as they were, beyond 31 bits too', () => {
    const whole = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 })
    fc.assert(
      fc.property(fc.array(fc.tuple(whole, whole), { maxLength: 20 }), (points) => {
        const flat: number[] = []
        decodePolyline(encodePolyline(points), 1, flat)
        expect(flat).toEqual(points.flat().map((value) => value + 0))
      }),
    )
  })
})
