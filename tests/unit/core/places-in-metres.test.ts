import { expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { streetsInMetres, toDegrees, wallsInMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeSnapshot } from '../../fixtures/make-snapshot'

const { land } = decodeSnapshot(makeSnapshot(), buildCellAdjacency)
const line = (...points: readonly (readonly [number, number])[]) => points.map(([x, y]) => toDegrees(land.frame, x, y))
const COMPOUND: Scope['compounds'][number] = { id: 1, name: '西园', initials: 'xy', status: 'managed', note: null, community: 0, ring: line([0, 0], [10, 0], [10, 10]) }

it('walls are compounds all the way round, then water and railways as they are; greens are open to all who walk', () => {
  const features: Scope['features'] = [
    { id: 1, kind: 'green', name: '公园', line: line([20, 0], [30, 0], [30, 10], [20, 0]) },
    { id: 2, kind: 'railway', name: '铁路', line: line([40, 0], [40, 50]) },
    { id: 3, kind: 'water', name: '湖', line: line([60, 0], [70, 0], [70, 10], [60, 0]) },
  ]
  const { xyM, start } = wallsInMetres({ land, compounds: [COMPOUND], features })
  expect([...start]).toEqual([0, 4, 6, 10])
  expect([...xyM].map(Math.round)).toEqual([0, 0, 10, 0, 10, 10, 0, 0, 40, 0, 40, 50, 60, 0, 70, 0, 70, 10, 60, 0])
})

it('ways keep the order of the scope, each with its class', () => {
  const { start, classes } = streetsInMetres(land.frame, [
    { class: 'residential', line: line([0, 0], [5, 0], [9, 0]) },
    { class: 'footway', line: line([0, 0], [0, 5]) },
  ])
  expect([...start]).toEqual([0, 3, 5])
  expect(classes).toEqual(['residential', 'footway'])
})
