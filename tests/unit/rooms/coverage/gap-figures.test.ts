import { describe, expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { GAP_REASONS, reasonBit } from '@/core/coverage/gap'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { closingAct } from '@/rooms/coverage/operations/closing-acts'
import { countGaps } from '@/rooms/coverage/operations/count-gaps'
import { gapSheet } from '@/rooms/coverage/operations/export-gaps'
import { nearestStation } from '@/rooms/coverage/operations/nearest-station'
import { householdsOf, placeFigures } from '@/rooms/coverage/operations/place-figures'
import { trendDays, withToday } from '@/rooms/coverage/operations/trend-days'
import { makeSnapshot } from '../../../fixtures/make-snapshot'
import { makeCoverage, TODAY, type MadeHousehold } from './make-coverage'

// A made-up street: cells of 100 m, four buildings a cell, two communities side by side, a grid for each pair of columns.
const scope = decodeSnapshot(makeSnapshot(4, 3), buildCellAdjacency)
const [LATE, FAR, ALONE] = [reasonBit('visit_overdue'), reasonBit('station_too_far'), reasonBit('no_member')]
const { buildings } = scope
const EAST = [...buildings.community.keys()].find((building) => buildings.community[building] === 1)!

function drawn(seed: number): MadeHousehold[] {
  let state = seed
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  return Array.from({ length: 500 }, () => ({ building: Math.floor(next() * buildings.count), reasons: next() < 0.4 ? 0 : Math.floor(next() * 256), unjudged: next() < 0.1 ? FAR : 0 }))
}

describe('gaps counted', () => {
  it.each([1, 2, 3])('add up: served and in gap to the households, main reasons to those in gap, communities to the street (seed %i)', (seed) => {
    const { households } = makeCoverage(scope, drawn(seed))
    const { total, byCommunity } = countGaps(households, scope.communities.length)
    for (const one of [total, ...byCommunity]) {
      expect(one.served + one.inGap).toBe(one.households)
      expect(one.byMain.reduce((sum, n) => sum + n, 0)).toBe(one.inGap)
      one.byAny.forEach((n, k) => expect(n).toBeGreaterThanOrEqual(one.byMain[k]))
    }
    const sum = (of: (one: (typeof byCommunity)[number]) => number): number => byCommunity.reduce((all, one) => all + of(one), 0)
    expect([sum((one) => one.households), sum((one) => one.inGap), sum((one) => one.unjudged), sum((one) => one.several)]).toEqual([total.households, total.inGap, total.unjudged, total.several])
    GAP_REASONS.forEach((_, k) => expect([sum((one) => one.byMain[k]), sum((one) => one.byAny[k])]).toEqual([total.byMain[k], total.byAny[k]]))
  })

  it('count a household once, under what is mended first, and say that it has another reason', () => {
    const { total } = countGaps(makeCoverage(scope, [{ reasons: LATE | ALONE }, { reasons: LATE }, {}, { unjudged: FAR }]).households, 2)
    expect([total.households, total.served, total.inGap, total.several, total.unjudged]).toEqual([4, 2, 2, 1, 1])
    expect([total.byMain[GAP_REASONS.indexOf('no_member')], total.byMain[GAP_REASONS.indexOf('visit_overdue')]]).toEqual([1, 1])
    expect(total.byAny[GAP_REASONS.indexOf('visit_overdue')]).toBe(2)
  })
})

describe('the nearest station', () => {
  const walks = (accessCm: number, walkCm: number[], ids = [11, 12, 13, 14, 15]) => ({ accessCm: Int32Array.of(accessCm), stationIds: Int32Array.from(ids), walkCm: Int32Array.from(walkCm) })
  const levels = { stationLevels: ['street_centre', 'community_station', 'grid_home'] as const }

  it('is the nearest of the levels that count, not of the others', () => {
    expect(nearestStation(walks(100, [90_000, 37_200, 50_000, 1_000, 500]), levels, 0)).toEqual({ stationId: 12, walkCm: 37_200 })
  })
  it('tells apart what was not measured, what lies on no street, and what reaches none', () => {
    expect(nearestStation(walks(-2, [-1, -1, -1, -1, -1]), levels, 0)).toBe('unmeasured')
    expect(nearestStation(walks(-1, [-1, -1, -1, -1, -1]), levels, 0)).toBe('off_streets')
    expect(nearestStation(walks(0, [-1, -1, -1, 800, -1]), levels, 0)).toBe('none')
  })
})

describe('a place', () => {
  const coverage = makeCoverage(scope, [
    { building: 0, reasons: LATE | ALONE, lastPass: TODAY - 5 },
    { building: 0, category: 2, member: 7, lastPass: TODAY - 5 },
    { building: 1, reasons: LATE, member: 7, category: 1, lastPass: TODAY - 9 },
    { building: EAST, reasons: FAR, member: 8 },
  ])
  const { accessCm, stationIds, walkCm } = coverage.access
  accessCm.set([300, 300], 0)
  stationIds.set([0, 21, 0, 0, 0, 0, 22, 0, 0, 0], 0)
  walkCm.set([-1, 37_200, -1, -1, -1, -1, 45_500, -1, -1, -1], 0)
  accessCm[EAST] = 0

  it('has its households: of a building, a grid, a community, or one alone', () => {
    expect(householdsOf(scope, coverage, { kind: 'building', index: 0 })).toEqual([0, 1])
    expect(householdsOf(scope, coverage, { kind: 'household', householdId: 3, buildingIndex: 1 })).toEqual([2])
    expect(householdsOf(scope, coverage, { kind: 'community', orgUnitId: scope.communities[1].id })).toEqual([3])
    const grid = scope.current.grids[scope.current.cellGrid[buildings.cell[EAST]]]
    expect(householdsOf(scope, coverage, { kind: 'grid', gridId: grid.id })).toEqual([3])
    expect(householdsOf(scope, coverage, { kind: 'street', index: 0 })).toEqual([])
  })
  it('says who is responsible, what is nearest and farthest, when somebody last came by, and whom to visit more often', () => {
    const figures = placeFigures(coverage, [0, 1, 2])
    expect(figures.reasons).toEqual([{ reason: 'no_member', households: 1, asMain: 1 }, { reason: 'visit_overdue', households: 2, asMain: 1 }])
    expect([figures.nearest, figures.farthest]).toEqual([{ stationId: 21, walkCm: 37_200 }, { stationId: 22, walkCm: 45_500 }])
    expect(figures.lastPass).toBe(TODAY - 9)
    expect(figures.members).toEqual([{ memberId: 7, households: 2 }])
    expect(figures.special).toEqual([{ category: 1, households: 1 }, { category: 2, households: 1 }])
  })
  it('that nobody ever came by has no day, whatever the other buildings have; one that reaches nothing says so', () => {
    const figures = placeFigures(coverage, [0, 3])
    expect([figures.lastPass, figures.unreached, figures.unmeasured]).toEqual([0, 1, 0])
  })
})

it('days are summed over communities and stand in their order', () => {
  const day = (iso: string, community: number, late: number) => ({ day: iso, community, households: 100, byMain: GAP_REASONS.map((reason) => (reason === 'visit_overdue' ? late : 0)), byAny: GAP_REASONS.map(() => 0) })
  const days = [day('2026-11-22', 0, 4), day('2026-11-21', 1, 3), day('2026-11-21', 0, 2)]
  expect(trendDays(days, null).map(({ day: iso, inGap, households, communities }) => [iso, inGap, households, communities])).toEqual([['2026-11-21', 5, 200, 2], ['2026-11-22', 4, 100, 1]])
  expect(trendDays(days, 1).map(({ inGap }) => inGap)).toEqual([3])
  const now = [{ ...day('', 0, 9) }, { ...day('', 1, 0), households: 0 }]
  expect(trendDays(withToday(days, '2026-11-22', now), null).map(({ inGap }) => inGap)).toEqual([5, 9])
})

it('a list is handed out row by row, without a name, watermark and number beneath', () => {
  const coverage = makeCoverage(scope, [{ reasons: LATE | ALONE, lastVisit: TODAY - 20, visitDue: TODAY - 6, member: 7 }])
  const sheet = gapSheet(scope, coverage, [0], '李* 1234', { say: (key) => key, categoryName: (code) => `category ${code}` })
  expect(sheet.rows).toHaveLength(3)
  expect(sheet.rows[0]).toEqual([
    scope.communities[0].name, buildings.names[0], '101', buildings.addresses[0], 'category 0', 'reason.no_member', 'reason.visit_overdue', '2026-11-02', '2026-11-16', null, 'walk.unmeasured', null,
  ])
  expect(sheet.rows.slice(1).map(([head, value]) => [head, value])).toEqual([['export.watermark', '李* 1234'], ['export.rows', 1]])
  for (const row of sheet.rows) expect(row).toHaveLength(sheet.heads.length)
})

it('every reason has an act; staffing is opened at the grid, a patrol by the days of the rules', () => {
  for (const reason of GAP_REASONS) expect(closingAct(reason, null, 14)).toBeTruthy()
  expect(closingAct('no_worker', 'g1', 14)).toMatchObject({ path: '/assignment', query: { tab: 'chain', chain: 'grids', sel: 'grid-g1' } })
  expect(closingAct('not_patrolled', null, 21)).toMatchObject({ path: '/patrol', query: { occasion: 'unserved_households', idle: '21' } })
})
