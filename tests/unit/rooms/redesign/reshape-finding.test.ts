import { describe, expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { LATTICE_M, toLngLat } from '@/core/land-frame'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { findVertices, nearestOnBorder } from '@/rooms/redesign/operations/find-vertices'
import { indexCells } from '@/rooms/redesign/operations/index-cells'
import { makeStreetLines } from '@/rooms/redesign/operations/street-lines'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

/** 8 × 3 cells of 100 m; communities of 4 columns. */
const scope = decodeSnapshot(makeSnapshot(8, 3), buildCellAdjacency)
const cells = indexCells(scope.land)
const { frame } = scope.land
const at = (x: number, y: number) => ({ x: x / LATTICE_M, y: y / LATTICE_M })
const metres = (point: { x: number; y: number } | null) => point && [point.x * LATTICE_M, point.y * LATTICE_M].map(Math.round)
const reach = { short: 12 / LATTICE_M, long: 60 / LATTICE_M }

describe('points of borders near the pointer', () => {
  it('are those of the borders that come near, within the long reach, the nearest first', () => {
    const { vertices, leg } = findVertices(cells, at(103, 130), reach)
    expect(vertices.map(({ at: place }) => metres(place))).toEqual([[100, 100]])
    expect(vertices[0].vertex.kind).toBe('node')
    expect([metres(leg!.at), metres(leg!.middle)]).toEqual([[100, 130], [100, 150]])
  })

  it('are none in the midst of a cell, nor on the line of a community or of the land', () => {
    for (const [x, y] of [[150, 150], [400, 150], [150, 0]]) {
      const { vertices, leg } = findVertices(cells, at(x, y), reach)
      expect([vertices, leg]).toEqual([[], null])
    }
    expect(nearestOnBorder(cells, at(396, 150), reach.short)).toBeNull()
    expect(metres(nearestOnBorder(cells, at(196, 150), reach.short))).toEqual([200, 150])
  })
})

describe('streets', () => {
  /** A way around a block: east, north, west; and a street apart. */
  const line = (...points: [number, number][]) => points.map(([x, y]) => toLngLat(frame, x / LATTICE_M, y / LATTICE_M))
  const streets = [line([0, 0], [100, 0]), line([100, 0], [100, 100]), line([100, 100], [0, 100]), line([300, 0], [300, 100])]
  const net = makeStreetLines(streets.map((points, id) => ({ id, name: '', class: 'residential', line: points })), frame)
  const path = (from: [number, number], to: [number, number]) => net.path(at(...from), at(...to), 12 / LATTICE_M)?.map(metres) ?? null

  it('are snapped to, at their corners first', () => {
    expect(metres(net.snap(at(50, 6), 12 / LATTICE_M))).toEqual([50, 0])
    expect(metres(net.snap(at(97, 3), 12 / LATTICE_M))).toEqual([100, 0])
    expect(net.snap(at(50, 20), 12 / LATTICE_M)).toBeNull()
  })

  it('are followed from place to place, around corners', () => {
    expect(path([20, 4], [60, -3])).toEqual([[20, 0], [60, 0]])
    expect(path([20, 0], [30, 104])).toEqual([[20, 0], [100, 0], [100, 100], [30, 100]])
  })

  it('lead nowhere where they do not meet, and where the way is no way to go', () => {
    expect(path([50, 0], [300, 50])).toBeNull()
    expect(path([50, 0], [150, 50])).toBeNull()
    const detour = makeStreetLines([{ id: 1, name: '', class: 'service', line: line([0, 0], [400, 0], [400, 10], [0, 10]) }], frame)
    expect(detour.path(at(0, 0), at(0, 10), 2 / LATTICE_M)).toBeNull()
  })

  it('may be none', () => {
    expect(makeStreetLines([], frame).snap(at(0, 0), 100)).toBeNull()
  })
})
