import { describe, expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import type { GridFigures } from '@/core/grid-figures'
import type { Finding } from '@/core/plan'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { changesToday } from '@/rooms/redesign/operations/changes-today'
import { compareFindings } from '@/rooms/redesign/operations/compare-findings'
import { placeSelection } from '@/rooms/redesign/operations/place-selection'
import { sumGrids } from '@/rooms/redesign/operations/sum-grids'
import { whyNotPublish, type PublishState } from '@/rooms/redesign/publish-conditions'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

const finding = (code: Finding['code'], gridId: string, values: Finding['values'] = {}): Finding => ({
  code, severity: 'error', gridIds: [gridId], cellIds: [], buildingIds: [], values,
})

describe('comparing findings', () => {
  it('tells findings by code and place, not by figures', () => {
    const before = [finding('grid_above_upper', 'a', { households: 620 }), finding('grid_in_pieces', 'b'), finding('compound_split', 'b', { compoundId: 1 })]
    const after = [finding('grid_above_upper', 'a', { households: 540 }), finding('compound_split', 'b', { compoundId: 2 }), finding('grid_below_lower', 'b')]
    const { mended, broken } = compareFindings(before, after)
    expect(mended.map(({ code, values }) => [code, values.compoundId])).toEqual([['grid_in_pieces', undefined], ['compound_split', 1]])
    expect(broken.map(({ code, values }) => [code, values.compoundId])).toEqual([['compound_split', 2], ['grid_below_lower', undefined]])
  })

  it('tells land without a grid by its community', () => {
    const without = (communityId: number) => ({ ...finding('cell_without_grid', ''), gridIds: [], values: { communityId } })
    expect(compareFindings([without(3)], [without(4)])).toEqual({ mended: [without(3)], broken: [without(4)] })
  })
})

describe('summing grids', () => {
  const band = { lower: 300, upper: 500, target: 400 }
  const figures = (households: number, more: Partial<GridFigures> = {}) =>
    ({ households, residents: 3 * households, members: 5, special: 10, buildings: 8, areaM2: 1000, inPieces: false, band: 'in', ...more }) as GridFigures

  it('adds figures, counts grids out of band and in pieces, and means the distance to the target', () => {
    expect(
      sumGrids([
        { figures: figures(500), band, kind: 'basic' },
        { figures: figures(600, { band: 'above', inPieces: true }), band, kind: 'basic' },
        { figures: figures(20), band, kind: 'dedicated' },
      ]),
    ).toEqual({
      grids: 3, inBand: 2, inPieces: 1, households: 1120, residents: 3360, members: 15, special: 30, buildings: 24, areaM2: 3000,
      // (100 + 200) / 2 of 400; a dedicated grid has no target.
      meanDeviation: 0.375,
    })
  })

  it('has no mean distance where there is no basic grid', () => {
    expect(sumGrids([]).meanDeviation).toBeNaN()
  })
})

describe('placing a selection', () => {
  const scope = decodeSnapshot(makeSnapshot(8, 3), buildCellAdjacency)

  it('finds the cell and the community of what is selected', () => {
    expect(placeSelection(scope, { kind: 'building', index: 4 * 5 })).toEqual({ cell: 5, community: 1 })
    expect(placeSelection(scope, { kind: 'household', householdId: 1, buildingIndex: 4 * 9 })).toEqual({ cell: 9, community: 0 })
    expect(placeSelection(scope, { kind: 'cell', index: 7 })).toEqual({ cell: 7, community: 1 })
    expect(placeSelection(scope, { kind: 'compound', index: 0 })).toEqual({ cell: -1, community: 0 })
    expect(placeSelection(scope, { kind: 'station', index: 0 })).toEqual({ cell: -1, community: 0 })
    expect(placeSelection(scope, { kind: 'community', orgUnitId: 4 })).toEqual({ cell: -1, community: 1 })
  })

  it('finds none for a road, a member without a building, a unit that is no community here', () => {
    const none = { cell: -1, community: null }
    expect(placeSelection(scope, { kind: 'street', index: 0 })).toEqual(none)
    expect(placeSelection(scope, { kind: 'member', memberId: 1, buildingIndex: -1 })).toEqual(none)
    expect(placeSelection(scope, { kind: 'community', orgUnitId: 2 })).toEqual(none)
  })
})

describe('why publishing waits', () => {
  const papers = { stage: 'drafting', rule: { approvalRequired: false, officerPublishes: true, orgUnitId: 2, revision: 0 }, mayDecide: true, mayPublish: true } as const
  const required = { ...papers, rule: { ...papers.rule, approvalRequired: true } }
  const ready: PublishState = { canEdit: true, papers, hasDraft: true, onDisplay: true, inStroke: false, pending: false, saveState: 'idle', outdated: false, differs: true }

  it('is nothing when the draft differs and is at rest', () => {
    expect(whyNotPublish(ready)).toBeNull()
    expect(whyNotPublish({ ...ready, papers: { ...required, stage: 'approved' } })).toBeNull()
  })

  it.each([
    [{ canEdit: false, hasDraft: false }, 'no_permission'],
    [{ hasDraft: false, onDisplay: false }, 'no_draft'],
    [{ onDisplay: false, differs: false }, 'looking'],
    [{ inStroke: true, differs: false }, 'stroke'],
    [{ saveState: 'conflict', outdated: true }, 'conflict'],
    [{ saveState: 'saving' }, 'saving'],
    [{ outdated: true, differs: false }, 'outdated'],
    [{ differs: false }, 'no_change'],
    [{ papers: { ...papers, mayDecide: false, mayPublish: false } }, 'submit_instead'],
    [{ papers: { ...papers, mayPublish: false } }, 'admin_publishes'],
    [{ papers: required }, 'not_approved'],
  ] as const)('is the first reason one can act on: %o', (state, why) => {
    expect(whyNotPublish({ ...ready, ...state })).toBe(why)
  })
})

describe('what publishing would change', () => {
  const grid = { id: 'a', code: '1', name: '甲', community: 0, kind: 'basic' as const, locked: false }
  const today = { planId: '', landId: 1, revision: 0, grids: [grid, null], cellGrid: new Int32Array(2), links: [{ cells: [3, 5] as [number, number], kind: 'bridge' as const }] }

  it.each([
    ['nothing', {}, 0, false],
    ['a lock, a note, an aim', { grids: [{ ...grid, locked: true }], notes: [{ id: 'n', x: 0, y: 0, text: '看' }] }, 0, false],
    ['a cell', {}, 1, true],
    ['a name', { grids: [{ ...grid, name: '乙' }] }, 0, true],
    ['a grid without land', { grids: [grid, { ...grid, id: 'b' }] }, 0, true],
    ['a bridge taken away', { links: [] }, 0, true],
    ['land', { land: { before: { nodes: [], cells: [], arcs: [], buildings: [] }, after: { nodes: [], cells: [], arcs: [], buildings: [] } } }, 0, true],
  ])('%s', (_what, change, moved, expected) => {
    expect(changesToday({ ...today, ...change }, today, moved)).toBe(expected)
  })
})
