import { describe, expect, it } from 'vitest'
import { createPlanSession } from '@/core/create-plan-session'
import { assignCells } from '@/core/operations/assign-cells'
import { FIGURES, totalOf } from '@/rooms/redesign/figures'
import { formatFigure } from '@/rooms/redesign/format-figure'
import { createGridRows } from '@/rooms/redesign/grid-rows'
import { binFigures, binWidth, classEdges, classOf } from '@/ui/bin-figures'
import { defineMovedMetrics } from '@/rooms/redesign/operations/moved-metrics'
import { writeGridCsv } from '@/rooms/redesign/operations/write-grid-csv'
import { INITIAL_PREFERENCES, parsePreferences } from '@/rooms/redesign/preferences'
import { drawPlan, type DrawnLand } from '../../../helpers/drawn-land'

/** A draft of a drawn plan with the figures of the room, and today's beside it. */
function open(drawn: DrawnLand) {
  const today = drawPlan(drawn)
  const metrics = defineMovedMetrics(today.context, today.document)
  const document = { ...today.document, grids: [...today.document.grids], cellGrid: today.document.cellGrid.slice() }
  const session = createPlanSession({ context: today.context, document, metrics })
  const rows = createGridRows(session, createPlanSession({ ...today, metrics }))
  const give = (gridId: string, ...cells: number[]) => {
    const delta = assignCells(session, { cells, gridId })
    if (!delta.ok) throw new Error(delta.code)
    session.apply(delta.value, { key: 'test' })
    rows.touch(null)
  }
  return { session, give, list: () => rows.list() }
}

describe('figures of grids', () => {
  it('say what moved in and out against today, and add up to what changed hands', () => {
    const { session, give, list } = open({ grids: ['AAABBB'], households: [1, 2, 4, 8, 16, 32] })
    give('B', 2)
    give('A', 3)
    const read = (id: 'movedIn' | 'movedOut' | 'delta' | 'movedShare') => list().map(FIGURES[id].of)
    expect(read('movedIn')).toEqual([8, 4])
    expect(read('movedOut')).toEqual([4, 8])
    expect(read('delta')).toEqual([4, -4])
    expect(read('movedShare')).toEqual([8 / 11, 4 / 52])
    expect(totalOf(FIGURES.movedIn, list())).toBe(12)
    expect(totalOf(FIGURES.movedShare, list())).toBe(12 / 63)
    session.undo()
    session.undo()
    expect(list().map((row) => row.read('movedIn') + row.read('movedOut'))).toEqual([0, 0])
  })

  it('add up, or are averaged over the grids that have them', () => {
    const { list } = open({ grids: ['AAB'], households: [10, 10, 5] })
    expect(totalOf(FIGURES.households, list())).toBe(25)
    expect(totalOf(FIGURES.compactness, list())).toBeCloseTo((FIGURES.compactness.of(list()[0]) + FIGURES.compactness.of(list()[1])) / 2, 12)
    expect(totalOf(FIGURES.households, [])).toBeNaN()
  })

  it('are written with their unit', () => {
    expect([formatFigure('signed', -12), formatFigure('signed', 0.3), formatFigure('m', 1234.4), formatFigure('share', 0.256), formatFigure('ratio', 0.5), formatFigure('count', 2.25, true), formatFigure('count', NaN)])
      .toEqual(['−12', '0', '1,234 m', '25.6%', '0.50', '2.3', '–'])
  })

  it('are copied as CSV that no spreadsheet runs, with the sums in the last line', () => {
    const { list, session } = open({ grids: ['AB'], households: [10, 30] })
    session.document.grids[0] = { ...session.document.grids[0]!, name: '=1+1' }
    const rows = list().map((row) => ({ ...row, grid: session.document.grids[row.slot]! }))
    const csv = writeGridCsv(rows, ['households', 'today', 'compactness'], {
      code: 'Code', grid: 'Grid', community: 'Community', findings: 'Checks', total: 'Total', figure: (id) => id, communityOf: () => '@C', findingsOf: () => '',
    })
    expect(csv.split('\r\n')).toEqual([
      '\uFEFFCode,Grid,Community,households,today,compactness,Checks',
      "370116001001001,'=1+1,'@C,10,10,0.7854,",
      "370116001001002,B,'@C,30,30,0.7854,",
      ',Total,,40,40,0.7854,',
      '',
    ])
  })
})

describe('bins and classes', () => {
  it('are of round widths, hold every value once, and keep values on an edge above it', () => {
    expect([binWidth(400), binWidth(150), binWidth(3000), binWidth(7), binWidth(0.6, 16, false), binWidth(0)]).toEqual([25, 10, 200, 1, 0.05, 1])
    // 0.3 / 0.1 is a hair below 3 in binary fractions.
    const bins = binFigures([0.3, 0.1, 0.7, NaN, 0.2], 0.1, 0.1, 0.7)
    expect(bins.map(({ from, items }) => [from, items.length])).toEqual([[0.1, 1], [0.2, 1], [0.3, 1], [0.4, 0], [0.5, 0], [0.6, 0], [0.7, 1]])
    expect(binFigures([-30, -1, 0, 12], 10, -30, 12).map(({ from, items }) => [from, items.length])).toEqual([[-30, 1], [-20, 0], [-10, 1], [0, 1], [10, 1]])
  })

  it('are not spread thin by one odd grid', () => {
    const values = [...Array.from({ length: 40 }, (_, k) => 300 + 5 * k), 9000]
    const edges = classEdges(values, 6, true)
    expect(edges).toEqual([350, 400, 450])
    expect([299, 350, 399, 9000, NaN].map((value) => classOf(value, edges))).toEqual([0, 1, 1, 3, -1])
    expect(classEdges([4, 4, 4], 6, true)).toEqual([])
  })
})

describe('what a person prefers', () => {
  it('is read back in order, without what is not known', () => {
    const kept = JSON.stringify({ columns: ['reock', 'weather', 'households'], pinned: ['reock'], histogram: 'reock' })
    expect(parsePreferences(kept)).toEqual({ columns: ['reock', 'households'], pinned: ['reock'], histogram: 'reock' })
    for (const odd of [null, '', '7', 'null', '{"columns":3,"histogram":"x"}', '{broken']) expect(parsePreferences(odd)).toEqual(INITIAL_PREFERENCES)
  })
})
