import { describe, expect, it } from 'vitest'
import { createPlanSession } from '@/core/create-plan-session'
import { findFindings } from '@/core/find-findings'
import type { Finding } from '@/core/plan'
import { assignCells } from '@/core/operations/assign-cells'
import { createGrid } from '@/core/operations/create-grid'
import { removeGrid } from '@/core/operations/remove-grid'
import { renameGrid } from '@/core/operations/rename-grid'
import { drawPlan, type DrawnLand } from '../../helpers/drawn-land'

const check = (drawn: DrawnLand) => findFindings(drawPlan(drawn))
const codes = (findings: readonly Finding[]) => findings.map(({ code, gridIds }) => [code, ...gridIds].join(' '))

describe('findings', () => {
  it('raise nothing on a sound plan', () => {
    expect(check({ grids: ['AAABBB'] })).toEqual([])
  })

  it('list land without a grid, one finding a community', () => {
    expect(check({ grids: ['AAA.BBB..', 'AAA.BBB..'], communities: ['000011111', '000011111'] })).toMatchObject([
      { code: 'cell_without_grid', severity: 'error', cellIds: [4, 13], values: { cells: 2, households: 20, communityId: 100 } },
      { code: 'cell_without_grid', cellIds: [8, 9, 17, 18], values: { cells: 4, households: 40, communityId: 101 } },
    ])
  })

  it('name the cells off the main piece: most cells, of equals the one with the lowest id', () => {
    // ids 1 2 3 4 5 6 / 7 … 12: A has pieces {1,7}, {3}, {5,11}
    expect(check({ grids: ['ABABAB', 'ABBBAB'], settings: { urban: { lower: 0, upper: 99, target: 50 } } })).toMatchObject([
      { code: 'grid_in_pieces', gridIds: ['A'], cellIds: [3, 5, 11], values: { pieces: 3 } },
      { code: 'grid_in_pieces', gridIds: ['B'], cellIds: [6, 12], values: { pieces: 2 } },
    ])
  })

  it('take the larger piece for the main one, wherever it lies', () => {
    const settings = { urban: { lower: 0, upper: 99, target: 50 } }
    expect(check({ grids: ['ABAA'], settings })).toMatchObject([{ code: 'grid_in_pieces', cellIds: [1], values: { pieces: 2 } }])
  })

  it('do not count corners as joined', () => {
    expect(codes(check({ grids: ['AB', 'BA'] }))).toEqual(['grid_in_pieces A', 'grid_in_pieces B'])
  })

  it('forgive pieces that the land itself sets apart', () => {
    // The community's land has two parts; A owns both of them, once with a break in the second.
    expect(check({ grids: ['AAA   AA'] })).toEqual([])
    expect(check({ grids: ['AAA   ABA'], settings: { urban: { lower: 0, upper: 99, target: 50 } } })).toMatchObject([
      { code: 'grid_in_pieces', gridIds: ['A'], cellIds: [6], values: { pieces: 3 } },
    ])
  })

  it('see land of another community between pieces as a break of the land', () => {
    expect(check({ grids: ['AABBA'], communities: ['00110'] })).toEqual([])
  })

  it('see a grid across communities', () => {
    expect(codes(check({ grids: ['AAAA'], communities: ['0011'] }))).toEqual(['grid_crosses_community A'])
    expect(check({ grids: ['AAAA'], communities: ['0011'] })).toMatchObject([{ cellIds: [3, 4], values: { cells: 2 } }])
  })

  it('hold both limits as part of the band', () => {
    const grids = ['ABC']
    expect(check({ grids, households: [20, 60, 40] })).toEqual([])
    expect(check({ grids, households: [19, 61, 40] })).toMatchObject([
      { code: 'grid_above_upper', gridIds: ['B'], values: { households: 61, upper: 60 } },
      { code: 'grid_below_lower', gridIds: ['A'], values: { households: 19, lower: 20 } },
    ])
    expect(codes(check({ grids, households: [19, 31, 25], rural: [0] }))).toEqual(['grid_above_upper B'])
  })

  it('forgive the one grid of a community for being small, but not for being large', () => {
    expect(check({ grids: ['AB'], communities: ['01'], households: [5, 5] })).toEqual([])
    expect(codes(check({ grids: ['A'], households: [61] }))).toEqual(['grid_above_upper A'])
  })

  it('count members, as a warning', () => {
    expect(check({ grids: ['AABB'], members: [1, 1, 2, 1], settings: { minMembers: 3 } })).toMatchObject([
      { code: 'grid_members_few', severity: 'warning', gridIds: ['A'], values: { members: 2, minimum: 3 } },
    ])
  })

  it('see a compound split, unless it is larger than a grid may be', () => {
    const drawn = { grids: ['AAABBB'], compounds: ['.kkkk.'] }
    expect(check(drawn)).toMatchObject([
      { code: 'compound_split', gridIds: ['A', 'B'], cellIds: [2, 3, 4, 5], values: { compoundId: 501, grids: 2, households: 40 } },
    ])
    expect(check({ ...drawn, households: [10, 20, 20, 20, 10, 10] })).toEqual([])
    // Land without a grid is not a grid, and a cell without a building does not belong to the compound.
    expect(codes(check({ grids: ['AAA..BBB'], compounds: ['..kk....'] }))).toEqual(['cell_without_grid'])
    expect(check({ grids: ['AAABBB'], compounds: ['..kk..'], households: [20, 20, 20, 0, 20, 20] })).toEqual([])
  })

  it('list buildings that lie in no cell, once', () => {
    expect(check({ grids: ['AAA'], unplaced: [7, 8] })).toMatchObject([
      { code: 'building_unplaced', severity: 'warning', buildingIds: [3001, 3002], values: { buildings: 2, households: 15 } },
    ])
  })

  it('follow edits: an empty grid, a code twice, a dedicated grid, a sibling that comes or goes', () => {
    const plan = drawPlan({ grids: ['AAB'], households: [10, 10, 10] })
    const session = createPlanSession(plan)
    const note = { key: 'x' }
    const act = (delta: ReturnType<typeof assignCells>) => {
      if (!delta.ok) throw new Error(delta.code)
      session.apply(delta.value, note)
    }
    expect(codes(session.findings())).toEqual(['grid_below_lower B'])
    expect(session.findingsOf(1)).toHaveLength(1)
    act(assignCells(session, { cells: [2], gridId: 'A' }))
    expect(codes(session.findings())).toEqual(['grid_empty B'])
    act(removeGrid(session, { gridId: 'B' }))
    expect(session.findings()).toEqual([])
    act(assignCells(session, { cells: [1, 2], gridId: null }))
    // A is now the only grid: small, but forgiven.
    expect(codes(session.findings())).toEqual(['cell_without_grid'])
    act(createGrid(session, { community: 0, id: 'N', cells: [1, 2] }))
    expect(codes(session.findings())).toEqual(['grid_below_lower A'])
    act(renameGrid(session, { gridId: 'N', kind: 'dedicated' }))
    // A dedicated grid is no sibling, and has no band.
    expect(session.findings()).toEqual([])
    session.undo()
    expect(codes(session.findings())).toEqual(['grid_below_lower A'])
    const { code } = session.document.grids[0]!
    const before = { ...session.document.grids[1]!, communityId: 100, community: undefined }
    const record = { id: 'N', code: before.code, name: before.name, communityId: 100, kind: before.kind, locked: false }
    session.apply({ cells: [], grids: [{ before: record, after: { ...record, code } }] }, note)
    expect(session.findings()).toMatchObject([
      { code: 'grid_below_lower' },
      { code: 'grid_code_duplicate', gridIds: ['A', 'N'], values: { code, grids: 2 } },
    ])
    session.undo()
    expect(codes(session.findings())).toEqual(['grid_below_lower A'])
  })

  it('mark what was waived, by grid and by compound, and only what may be waived', () => {
    const plan = drawPlan({ grids: ['AABB.'], compounds: ['.kk..'], households: [5, 5, 5, 56, 5] })
    const waivers = [
      { code: 'grid_below_lower', gridId: 'A', compoundId: null, reason: 'r' },
      { code: 'compound_split', gridId: null, compoundId: 501, reason: 'r' },
      { code: 'cell_without_grid', gridId: null, compoundId: null, reason: 'r' },
      { code: 'grid_above_upper', gridId: 'A', compoundId: null, reason: 'r' },
    ] as const
    expect(findFindings(plan, waivers).map(({ code, waived }) => [code, waived ?? false])).toEqual([
      ['cell_without_grid', false],
      ['grid_above_upper', false],
      ['grid_below_lower', true],
      ['compound_split', true],
    ])
  })
})
