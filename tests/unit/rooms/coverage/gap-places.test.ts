import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { GAP_REASONS, mainReason, reasonBit } from '@/core/coverage/gap'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { APART_PX, clusterPlaces } from '@/rooms/coverage/operations/cluster-places'
import { GAP_LEVELS, gapPlaces, hasSeveralReasons, leadingReason, levelAt, levelZooms } from '@/rooms/coverage/operations/gap-places'
import { gapShades, shadeOf, tallyGaps } from '@/rooms/coverage/operations/tally-gaps'
import { describe, expect, it } from 'vitest'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

// A made-up street: 100 m cells, 8 × 4, four buildings a cell, two communities, four grids.
const scope = decodeSnapshot(makeSnapshot(8, 4), buildCellAdjacency)
const { buildings } = scope

/** Households of every building with reasons drawn by a seeded generator: about half of them in gap. */
function drawHouseholds(seed: number) {
  let state = seed
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  const building = Array.from({ length: buildings.count }, (_, b) => Array.from({ length: buildings.households[b] }, () => b)).flat()
  const reasons = building.map(() => (next() < 0.5 ? 0 : 1 << Math.floor(8 * next())) | (next() < 0.1 ? 1 << Math.floor(8 * next()) : 0))
  const columns = { count: building.length, building: Int32Array.from(building), reasons: Uint8Array.from(reasons), unjudged: Uint8Array.from(reasons, () => (next() < 0.1 ? reasonBit('station_too_far') : 0)) }
  return { columns, shown: [...columns.reasons.keys()].filter((h) => columns.reasons[h] !== 0) }
}

const sumByMain = (groups: readonly { readonly byMain: Int32Array }[]): number[] => GAP_REASONS.map((_, reason) => groups.reduce((sum, { byMain }) => sum + byMain[reason], 0))

describe('gaps by place', () => {
  it.each([1, 2, 3])('add up to the households at every level and zoom, each under one reason (seed %i)', (seed) => {
    const { columns, shown } = drawHouseholds(seed)
    const tally = tallyGaps(columns, buildings.count, shown)
    const expected = GAP_REASONS.map((reason) => shown.filter((h) => mainReason(columns.reasons[h]) === reason).length)
    expect(tally.unjudged.reduce((sum, n) => sum + n, 0)).toBe(columns.unjudged.filter((mask, h) => mask !== 0 && columns.reasons[h] === 0).length)
    for (const level of GAP_LEVELS) {
      const places = gapPlaces(scope, tally, level)
      expect(sumByMain(places)).toEqual(expected)
      expect(places.flatMap((place) => place.buildings).sort((a, b) => a - b)).toEqual([...tally.inGap.keys()].filter((b) => tally.inGap[b] > 0))
      for (const metresPerPx of [0.2, 1, 3, 20]) {
        const clusters = clusterPlaces(places, metresPerPx)
        expect(sumByMain(clusters)).toEqual(expected)
        expect(clusters.reduce((sum, { inGap }) => sum + inGap, 0)).toBe(shown.length)
        expect(clusters.flatMap((cluster) => cluster.places).length).toBe(places.length)
        for (const [k, one] of clusters.entries()) {
          for (const other of clusters.slice(k + 1)) {
            const overlap = Math.abs(one.xM - other.xM) < APART_PX[0] * metresPerPx && Math.abs(one.yM - other.yM) < APART_PX[1] * metresPerPx
            expect(overlap).toBe(false)
          }
        }
      }
    }
  })

  it('are summed by community, grid, compound and building; outside grids by themselves', () => {
    const { columns, shown } = drawHouseholds(4)
    const tally = tallyGaps(columns, buildings.count, shown)
    expect(gapPlaces(scope, tally, 'community').map(({ selection }) => selection)).toEqual(scope.communities.map(({ id }) => ({ kind: 'community', orgUnitId: id })))
    expect(gapPlaces(scope, tally, 'grid')).toHaveLength(scope.current.grids.length)
    const loose = { ...scope, current: { ...scope.current, cellGrid: scope.current.cellGrid.map((grid) => (grid === 0 ? -1 : grid)) } }
    const [first] = gapPlaces(loose, tally, 'grid')
    expect([first.key, first.selection, first.community]).toEqual(['none:0', null, 0])
    const inCompound = { ...scope, buildings: { ...buildings, compound: buildings.compound.map((_, b) => (b < 8 ? 0 : -1)) } }
    const places = gapPlaces(inCompound, tally, 'compound')
    expect(places.filter(({ selection }) => selection?.kind === 'compound').map((place) => place.buildings.length)).toEqual([[...tally.inGap.subarray(0, 8)].filter((n) => n > 0).length])
    expect(places.filter(({ selection }) => selection?.kind === 'building').every(({ buildings: own }) => own.length === 1)).toBe(true)
  })

  it('stand on a building that has a gap', () => {
    const { columns } = drawHouseholds(5)
    // Three buildings far apart: the middle of the two large ones is nobody's, so the sign stands on one of them.
    const shown = [...columns.building.keys()].filter((h) => [0, 12, 100].includes(columns.building[h]))
    const masked = { ...columns, reasons: columns.reasons.map(() => reasonBit('no_member')) }
    const [place] = gapPlaces({ ...scope, buildings: { ...buildings, community: buildings.community.map(() => 0) } }, tallyGaps(masked, buildings.count, shown), 'community')
    const own = gapPlaces(scope, tallyGaps(masked, buildings.count, shown), 'building')
    expect(own.map(({ xM, yM }) => [xM, yM])).toContainEqual([place.xM, place.yM])
  })

  it('take in what lies beneath the larger sign, which stays where it is', () => {
    const { columns, shown } = drawHouseholds(6)
    const places = gapPlaces(scope, tallyGaps(columns, buildings.count, shown), 'building')
    const largest = [...places].sort((a, b) => b.inGap - a.inGap || (a.key < b.key ? -1 : 1))[0]
    const [first] = clusterPlaces(places, 2)
    expect([first.xM, first.yM]).toEqual([largest.xM, largest.yM])
    expect(clusterPlaces([...places].reverse(), 2)).toEqual(clusterPlaces(places, 2))
  })

  it('begin nearer the finer they are, whatever is in view', () => {
    const zooms = levelZooms(scope)
    const order = GAP_LEVELS.map((level) => zooms[level])
    expect([...order].sort((a, b) => a - b)).toEqual(order)
    expect(levelAt(zooms, 5)).toBe('community')
    expect(levelAt(zooms, zooms.building)).toBe('building')
    expect(levelAt(zooms, 21)).toBe('building')
  })
})

describe('signs and shades', () => {
  it('name the reason of most households, of as many the one mended first, and whether there are others', () => {
    const counts = (parts: Partial<Record<(typeof GAP_REASONS)[number], number>>): number[] => GAP_REASONS.map((reason) => parts[reason] ?? 0)
    expect(leadingReason(counts({ visit_overdue: 3, not_patrolled: 5 }))).toBe('not_patrolled')
    expect(leadingReason(counts({ no_grid: 2, not_patrolled: 2 }))).toBe('no_grid')
    expect(hasSeveralReasons(counts({ visit_overdue: 3 }))).toBe(false)
    expect(hasSeveralReasons(counts({ visit_overdue: 3, no_member: 1 }))).toBe(true)
  })

  it('shade by thirds of the households; nobody in gap has no shade', () => {
    expect([[0, 9], [1, 9], [2, 9], [3, 9], [5, 9], [6, 9], [9, 9]].map(([n, all]) => shadeOf(n, all))).toEqual([0, 1, 1, 2, 2, 3, 3])
    const tally = { inGap: Int32Array.of(3, 0, 1), households: Int32Array.of(3, 3, 10), byMain: new Int32Array(24), unjudged: new Int32Array(3) }
    const { buildings: own, compounds } = gapShades(tally, Int32Array.of(0, 0, -1), 2)
    expect([[...own], [...compounds]]).toEqual([[3, 0, 1], [2, 0]])
  })
})
