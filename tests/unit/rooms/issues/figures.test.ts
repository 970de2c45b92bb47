import { describe, expect, it } from 'vitest'
import { countIssues, ISSUE_FIGURES, rateIssues } from '@/core/issues/figures'
import { figureRows, figureSheet } from '@/rooms/issues/operations/figure-rows'
import { DAY_S, makeIssueScope, NOON_S, type MadeSlip } from './make-issue-scope'

const SLIPS: MadeSlip[] = [
  { gridId: 'g1', state: 'published', outcome: 'solved', onTime: 1 },
  { gridId: 'g1', state: 'supervised', outcome: 'explained', onTime: 2, level: 'street' },
  { gridId: 'g2', state: 'supervised', outcome: 'duplicate', onTime: 1 },
  { gridId: 'g2', state: 'supervised', outcome: 'withdrawn', onTime: 1 },
  { gridId: 'g2', state: 'claimed', dueS: NOON_S - 1 },
  { community: 1, gridId: 'g3', reportedS: NOON_S - 40 * DAY_S },
]
const NAMES = { community: (community: number) => ['文昌社区', '桃园社区'][community], grid: (id: string) => id && `网格${id}` }

function made() {
  const { issues } = makeIssueScope(SLIPS)
  issues.satisfaction.set([5, 2, 4])
  return issues
}

describe('figures of slips', () => {
  it('count what was settled, by its deadline, rated, and left in the grid; a duplicate counts once', () => {
    const { total, areas } = countIssues(made(), [0, 1, 2, 3, 4, 5], (slip) => (slip < 2 ? 0 : 1), 2, NOON_S)
    expect(total).toEqual({
      received: 6, duplicates: 1, withdrawn: 1, collected: 4, solved: 1, explained: 1, settled: 2, open: 2, overdue: 1, onTime: 1, late: 1, rated: 2, satisfied: 1, stayed: 1,
      satisfactionSum: 7,
    })
    for (const figure of ISSUE_FIGURES) expect(areas[0][figure] + areas[1][figure], figure).toBe(total[figure])
  })

  it('become shares, with what is overdue against the punctual', () => {
    const { total, areas } = countIssues(made(), [0, 1, 2, 3, 4, 5], (slip) => (slip < 2 ? 0 : 1), 2, NOON_S)
    expect(rateIssues(total)).toEqual({ settledShare: 0.5, onTimeShare: 1 / 3, satisfaction: 3.5, stayedShare: 0.5 })
    expect(rateIssues(areas[1])).toEqual({ settledShare: 0, onTimeShare: 0, satisfaction: null, stayedShare: null })
  })

  it('stand by community, by grid where all lie in one, or by month', () => {
    const of = (slips: number[], by: 'area' | 'month') => figureRows(made(), slips, by, NOON_S, NAMES).rows.map(({ name, slips: own }) => [name, own])
    expect(of([0, 1, 2, 3, 4, 5], 'area')).toEqual([['桃园社区', [5]], ['文昌社区', [0, 1, 2, 3, 4]]])
    expect(of([0, 1, 2], 'area')).toEqual([['网格g1', [0, 1]], ['网格g2', [2]]])
    expect(of([0, 5], 'month')).toEqual([['2026-10', [5]], ['2026-11', [0]]])
  })

  it('leave as a sheet whose last row is the sum', () => {
    const { rows, total } = figureRows(made(), [0, 1, 2, 3, 4, 5], 'area', NOON_S, NAMES)
    const sheet = figureSheet(rows, total, '区域', (key) => key)
    expect(sheet.heads.slice(0, 2)).toEqual(['区域', 'figure.received'])
    expect(sheet.rows.map((row) => [row[0], row[1]])).toEqual([['桃园社区', 1], ['文昌社区', 5], ['total', 6]])
    expect(sheet.rows.at(-1)!.slice(-4)).toEqual([50, 33.3, 3.5, 50])
  })
})
