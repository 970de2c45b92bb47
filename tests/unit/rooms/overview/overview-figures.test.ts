import { describe, expect, it } from 'vitest'
import { classesOf, classOf } from '@/rooms/overview/operations/classes'
import { leadingReason, rowsOf, sumFigures, totalsOf, type AreaFigures, type Overview } from '@/rooms/overview/operations/figures'
import { MEASURES, shareOf, tileValue } from '@/rooms/overview/operations/measures'
import { drawOutlines, freeLabels } from '@/rooms/overview/operations/outline-paths'
import { rankAreas } from '@/rooms/overview/operations/rank-areas'
import { thingsToDo } from '@/rooms/overview/operations/things-to-do'

const NONE: AreaFigures = {
  households: 0, tied: 0, due: 0, late: 0, visits: 0, met: 0, rated: 0, satisfactionSum: 0, grids: 0, above: 0, below: 0, vacant: 0, received: 0, collected: 0, settled: 0,
  overdue: 0, openOverdue: 0, collectedSoFar: 0, settledSoFar: 0, gap: 0, unjudged: 0, byMain: null, byAny: null, byState: [0, 0, 0, 0], byLevel: [0, 0, 0, 0],
}
const area = (id: string, code = id): Overview['areas'][number] => ({ id, unitId: Number(id) || null, landId: 1, code, name: `社区${id}`, kind: 'urban' })
const world = (rows: readonly (Partial<AreaFigures> & { period: number; area: string | null })[], ids: readonly string[], periods = 2): Overview => ({
  version: 1, period: 'month', visitsSince: null, editions: [], unitId: 1, areaLevel: 'community', trail: [], now: '2026-11-22T00:00:00Z', today: '2026-11-22', areas: ids.map((id) => area(id)),
  periods: Array.from({ length: periods }, (_, k) => ({ from: `2026-1${k}-01`, to: `2026-1${k}-28` })), rows: rows.map((row) => ({ ...NONE, ...row })),
})

describe('figures of the overview', () => {
  it('adds up whatever rows there are, what lies in no area with them', () => {
    const sum = sumFigures([
      { ...NONE, area: '1', households: 10, tied: 9, gap: 3, byMain: [1, 0, 0, 2, 0, 0, 0, 0], byState: [4, 3, 2, 1], byLevel: [1, 1, 0, 0] },
      { ...NONE, area: null, households: 2, tied: 1, gap: 2, byMain: [2, 0, 0, 0, 0, 0, 0, 0], byState: [1, 0, 0, 0], byLevel: [0, 0, 0, 1] },
    ])
    expect(sum).toMatchObject({ households: 12, tied: 10, gap: 5, byMain: [3, 0, 0, 2, 0, 0, 0, 0], byState: [5, 3, 2, 1], byLevel: [1, 1, 0, 1] })
    expect(leadingReason(sum)).toEqual({ reason: 'no_grid', households: 3 })
    expect(leadingReason(NONE)).toBeNull()
  })

  it('knows how many are not served only where every part does, or the whole was kept', () => {
    const row = (id: string | null, gap: number | null) => ({ ...NONE, area: id, gap })
    expect(sumFigures([row('1', 4), row('2', null)]).gap).toBeNull()
    expect(sumFigures([row('a', null), row('b', null), row(null, 7)]).gap).toBe(7)
    expect(sumFigures([row('a', 2), row('b', 3), row(null, 1)]).gap).toBe(6)
    expect(sumFigures([]).gap).toBeNull()
  })

  it('has shares of what there is, and none of nothing', () => {
    const figures = { ...NONE, households: 10, tied: 9, due: 8, late: 2, gap: 4, collected: 5, settled: 3, grids: 4, above: 1, below: 1 }
    expect(MEASURES.map((measure) => shareOf(measure, figures))).toEqual([0.9, 0.75, 0.4, 0.6, 0.5])
    expect(MEASURES.map((measure) => shareOf(measure, NONE))).toEqual([null, null, null, null, null])
    expect(tileValue('gap', figures)).toBe(4)
  })

  it('ranks the best first, fewest unserved first, equal ones alike, and tells places won since the period before', () => {
    const tied = (period: number, shares: Record<string, number>) => Object.entries(shares).map(([id, share]) => ({ period, area: id, households: 100, tied: share, gap: share }))
    const overview = world([...tied(0, { 1: 90, 2: 95, 3: 80 }), ...tied(1, { 1: 97, 2: 95, 3: 97 })], ['1', '2', '3', '4'])
    expect(rankAreas(overview, 'tied').map(({ area: { id }, rank, gained }) => [id, rank, gained])).toEqual([['1', 1, 1], ['3', 1, 2], ['2', 3, -2]])
    expect(rankAreas(overview, 'gap').map(({ area: { id }, rank }) => [id, rank])).toEqual([['2', 1], ['1', 2], ['3', 2]])
    expect(rankAreas(overview, 'settled').map(({ rank, gained }) => [rank, gained])).toEqual([[null, null], [null, null], [null, null]])
    expect(rankAreas(world(tied(0, { 1: 90 }), ['1'], 1), 'tied')[0].gained).toBeNull()
  })

  it('tells places won only among the same areas, and of slips in as much of the period as has gone', () => {
    const slips = (period: number, area: string, collected: number, settled: number, soFar: number) => ({ period, area, collected, settled, collectedSoFar: soFar, settledSoFar: soFar })
    const [first, second] = rankAreas(world([slips(0, '1', 10, 10, 0), slips(0, '2', 10, 1, 5), slips(1, '1', 1, 1, 1), slips(1, '2', 4, 1, 4)], ['1', '2']), 'settled')
    expect([first.area.id, first.gained, second.gained]).toEqual(['1', null, null])
    const both = rankAreas(world([{ ...slips(0, '1', 10, 10, 4), settledSoFar: 1 }, slips(0, '2', 10, 1, 5), slips(1, '1', 1, 1, 1), slips(1, '2', 4, 1, 4)], ['1', '2']), 'settled')
    expect(both.map(({ area: { id }, gained }) => [id, gained])).toEqual([['1', 1], ['2', -1]])
  })

  it('has no rate of visits where the records do not reach back', () => {
    const sum = sumFigures([{ ...NONE, due: 5, late: null }, { ...NONE, due: 4, late: null }])
    expect([sum.due, sum.late, shareOf('visited', sum)]).toEqual([9, null, null])
    expect(sumFigures([{ ...NONE, due: 5, late: 2 }, { ...NONE, due: 4, late: 1 }]).late).toBe(3)
  })

  it('leaves no slip out that is open and overdue, whenever it was reported', () => {
    const [item] = thingsToDo(world([{ period: 1, area: '1', overdue: 0, openOverdue: 3 }], ['1']))
    expect([item.key, item.count]).toEqual(['overdue', 3])
  })

  it('sums a period by itself', () => {
    const overview = world([{ period: 0, area: '1', households: 3 }, { period: 1, area: '1', households: 5 }, { period: 1, area: '2', households: 7 }], ['1', '2'])
    expect(rowsOf(overview, 1)).toHaveLength(2)
    expect(totalsOf(overview).map(({ households }) => households)).toEqual([3, 12])
  })

  it('tells what needs doing with the area that has most of it, and nothing of noughts', () => {
    const overview = world([
      { period: 0, area: '1', gap: 50 }, { period: 1, area: '1', gap: 2, vacant: 1 }, { period: 1, area: '2', gap: 3, late: 0, vacant: 1 }, { period: 1, area: null, gap: 9 },
    ], ['1', '2'])
    expect(thingsToDo(overview).map(({ key, count, area: { id }, there }) => [key, count, id, there])).toEqual([['gap', 14, '2', 3], ['vacant', 2, '1', 1]])
  })
})

describe('five classes', () => {
  it('are equal steps between the least and the greatest share, which both are in them', () => {
    const classes = classesOf([0.844, 0.97, 0.9, null])
    expect(classes).toMatchObject({ least: 0.84, most: 0.97, decimals: 1 })
    expect([0.84, 0.8659, 0.866, 0.97, null].map((share) => classOf(classes, share))).toEqual([0, 0, 1, 4, -1])
  })

  it('do not blow up what is nearly the same, and stay within a whole', () => {
    expect(classesOf([1, 1])).toMatchObject({ least: 0.95, most: 1, borders: [0.96, 0.97, 0.98, 0.99], decimals: 0 })
    expect(classesOf([0])).toMatchObject({ least: 0, most: 0.05 })
    expect(classesOf([])).toMatchObject({ least: 0, most: 1, borders: [0.2, 0.4, 0.6, 0.8] })
  })
})

describe('the picture of areas', () => {
  const square = (x: number, y: number): [number, number][] => [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]

  it('keeps north up and one scale, within its margin', () => {
    const { shapes } = drawOutlines([{ area: 'w', geometry: { type: 'Polygon', coordinates: [square(117, 60)] } }, { area: 'e', geometry: { type: 'MultiPolygon', coordinates: [[square(117.01, 60)]] } }], 420, 220, 10)
    const corners = (path: string): number[][] => path.slice(1, -1).split('L').map((pair) => pair.split(' ').map(Number))
    const [west, east] = shapes.map(({ path }) => corners(path))
    // At 60° north a degree of longitude is half as long.
    expect(Math.abs(west[1][0] - west[0][0]) / Math.abs(west[2][1] - west[1][1])).toBeCloseTo(0.5, 2)
    expect(west[2][1]).toBeLessThan(west[1][1])
    expect(east[0]).toEqual(west[1])
    for (const [x, y] of [...west, ...east]) expect(x >= 10 && x <= 410 && y >= 10 && y <= 210).toBe(true)
    expect(shapes[0].label[0]).toBeLessThan(shapes[1].label[0])
  })

  it('is empty without outlines, and leaves out labels that would lie on others', () => {
    expect(drawOutlines([], 100, 100, 5).shapes).toEqual([])
    const label = (x: number) => ({ at: [x, 0] as const, width: 20, height: 10 })
    expect(freeLabels([label(0), label(15), label(21)]).map(({ at }) => at[0])).toEqual([0, 21])
    expect(freeLabels([label(0), label(15), label(21)], [label(-5)]).map(({ at }) => at[0])).toEqual([15])
  })
})
