import { describe, expect, it } from 'vitest'
import { createPlanSession } from '@/core/create-plan-session'
import { nextGridCode } from '@/core/grid-codes'
import { newUuid } from '@/core/ids'
import { createGrid } from '@/core/operations/create-grid'
import { fillLand } from '@/core/operations/fill-land'
import { lockGrid } from '@/core/operations/lock-grid'
import { removeGrid } from '@/core/operations/remove-grid'
import { renameGrid } from '@/core/operations/rename-grid'
import { renumberGrids } from '@/core/operations/renumber-grids'
import type { PlanDelta } from '@/core/plan'
import type { Result } from '@/core/result'
import { drawPlan, type DrawnLand } from '../../../helpers/drawn-land'

const open = (drawn: DrawnLand) => createPlanSession(drawPlan(drawn))
type Session = ReturnType<typeof open>

function act(session: Session, delta: Result<PlanDelta>): void {
  if (!delta.ok) throw new Error(delta.code)
  const applied = session.apply(delta.value, { key: 'x' })
  if (!applied.ok) throw new Error(applied.code)
}
/** The plan drawn again. */
const drawnAs = ({ document }: Session) => Array.from(document.cellGrid, (slot) => document.grids[slot]?.id ?? '.').join('')

describe('createGrid', () => {
  it('takes the lowest free code of its community', () => {
    const session = open({ grids: ['AABB'] })
    act(session, removeGrid(session, { gridId: 'A' }))
    act(session, createGrid(session, { community: 0, id: 'N', cells: [0] }))
    expect(session.document.grids[session.index.slotOf('N')]).toMatchObject({ code: '370116001001001', name: '001' })
    act(session, createGrid(session, { community: 0, name: 'East', kind: 'dedicated' }))
    expect(session.document.grids.at(-1)).toMatchObject({ code: '370116001001003', name: 'East', kind: 'dedicated' })
    expect(nextGridCode(session, 0, new Set(['370116001001004']))).toBe('370116001001005')
  })

  it('is refused cells it may not have', () => {
    const session = open({ grids: ['AABB'], communities: ['0011'] })
    expect(createGrid(session, { community: 0, cells: [2] })).toMatchObject({ code: 'other_community', details: { cellId: 3 } })
    expect(createGrid(session, { community: 5 })).toMatchObject({ code: 'community_unknown' })
    act(session, lockGrid(session, { gridIds: ['A'], locked: true }))
    expect(createGrid(session, { community: 0, cells: [0] })).toMatchObject({ code: 'grid_locked' })
  })

  it('makes ids that are uuids of version 4', () => {
    const ids = Array.from({ length: 50 }, newUuid)
    expect(new Set(ids).size).toBe(50)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('removeGrid', () => {
  it('hands its cells to an heir, or to none', () => {
    const session = open({ grids: ['AABBC'] })
    act(session, removeGrid(session, { gridId: 'B', heirId: 'C' }))
    expect(drawnAs(session)).toBe('AACCC')
    act(session, removeGrid(session, { gridId: 'C' }))
    expect(drawnAs(session)).toBe('AA...')
    session.undo()
    session.undo()
    expect(drawnAs(session)).toBe('AABBC')
  })

  it('is refused for a locked grid or heir, a stranger, itself', () => {
    const session = open({ grids: ['AABBCC'], communities: ['000011'] })
    expect(removeGrid(session, { gridId: 'A', heirId: 'C' })).toMatchObject({ code: 'other_community' })
    expect(removeGrid(session, { gridId: 'A', heirId: 'A' })).toMatchObject({ code: 'grid_unknown' })
    expect(removeGrid(session, { gridId: 'Z' })).toMatchObject({ code: 'grid_unknown' })
    act(session, lockGrid(session, { gridIds: ['B'], locked: true }))
    expect(removeGrid(session, { gridId: 'A', heirId: 'B' })).toMatchObject({ code: 'grid_locked', details: { gridId: 'B' } })
    expect(removeGrid(session, { gridId: 'B' })).toMatchObject({ code: 'grid_locked' })
  })
})

describe('renameGrid and lockGrid', () => {
  it('change attributes and refuse bad ones', () => {
    const session = open({ grids: ['AABB'] })
    act(session, renameGrid(session, { gridId: 'A', name: ' North ', code: '370116001001100' }))
    expect(session.document.grids[0]).toMatchObject({ name: 'North', code: '370116001001100' })
    expect(renameGrid(session, { gridId: 'A', name: ' ' })).toMatchObject({ code: 'name_empty' })
    expect(renameGrid(session, { gridId: 'A', code: '370116001002001' })).toMatchObject({ code: 'code_malformed' })
    expect(renameGrid(session, { gridId: 'A', code: '37011600100112' })).toMatchObject({ code: 'code_malformed' })
    expect(renameGrid(session, { gridId: 'A', code: '370116001001002' })).toMatchObject({ code: 'code_taken' })
    expect(renameGrid(session, { gridId: 'A', name: 'North' })).toMatchObject({ code: 'nothing_to_do' })
    act(session, lockGrid(session, { gridIds: ['A', 'B'], locked: true }))
    expect(session.document.grids.map((grid) => grid!.locked)).toEqual([true, true])
    expect(renameGrid(session, { gridId: 'A', name: 'South' })).toMatchObject({ code: 'grid_locked' })
    expect(lockGrid(session, { gridIds: ['A'], locked: true })).toMatchObject({ code: 'nothing_to_do' })
    expect(lockGrid(session, { gridIds: ['Z'], locked: true })).toMatchObject({ code: 'grid_unknown' })
  })
})

describe('renumberGrids', () => {
  it('numbers as one reads: rows from north to south, west to east', () => {
    const session = open({ grids: ['DDAA', 'DDAA', 'BBCC', 'BBCC'] })
    act(session, renumberGrids(session, { nameOf: (number) => `No. ${number}` }))
    const byCode = session.document.grids.map((grid) => [grid!.code.slice(-3), grid!.id, grid!.name]).sort()
    expect(byCode).toEqual([
      ['001', 'D', 'No. 1'],
      ['002', 'A', 'No. 2'],
      ['003', 'B', 'No. 3'],
      ['004', 'C', 'No. 4'],
    ])
    expect(renumberGrids(session)).toMatchObject({ code: 'nothing_to_do' })
    expect(session.findings()).toEqual([])
  })

  it('numbers each community by itself, and only those asked for', () => {
    const session = open({ grids: ['BAZY'], communities: ['0011'] })
    act(session, renumberGrids(session, { communities: [1] }))
    expect(session.document.grids.map((grid) => [grid!.id, grid!.code.slice(-6)])).toEqual([
      ['A', '001001'],
      ['B', '001002'],
      ['Y', '002002'],
      ['Z', '002001'],
    ])
  })

  it('puts empty grids last', () => {
    const session = open({ grids: ['AB'] })
    act(session, createGrid(session, { community: 0, id: 'N' }))
    act(session, renameGrid(session, { gridId: 'N', code: '370116001001777' }))
    act(session, renumberGrids(session))
    expect(session.document.grids.map((grid) => grid!.code.slice(-3))).toEqual(['001', '002', '003'])
  })
})

describe('fillLand', () => {
  it('gives land ring by ring to the grid with the longest common border', () => {
    // The middle cell below touches two cells of B and one of A.
    const session = open({ grids: ['A.BB', 'A.BB', 'AB.B'] })
    act(session, fillLand(session))
    expect(drawnAs(session)).toBe('AABBABBBABBB')
    expect(fillLand(session)).toMatchObject({ code: 'nothing_to_do' })
  })

  it('prefers the grid with fewer households where borders are equal', () => {
    const session = open({ grids: ['A.B'], households: [9, 1, 5] })
    act(session, fillLand(session))
    expect(drawnAs(session)).toBe('ABB')
  })

  it('stays inside the community and outside locked grids', () => {
    const session = open({ grids: ['A..B..C'], communities: ['0000011'] })
    act(session, lockGrid(session, { gridIds: ['A'], locked: true }))
    act(session, fillLand(session, { communities: [0] }))
    expect(drawnAs(session)).toBe('ABBBB.C')
    act(session, fillLand(session))
    expect(drawnAs(session)).toBe('ABBBBCC')
  })

  it('gives an exclave whole to the nearest grid', () => {
    const session = open({ grids: ['AABB  ...', 'AABB  ...'] })
    act(session, fillLand(session))
    expect(drawnAs(session)).toBe('AABBBBBAABBBBB')
    expect(session.findings().filter(({ code }) => code === 'grid_in_pieces')).toEqual([])
  })

  it('says why nothing can be given', () => {
    const locked = open({ grids: ['A.'] })
    act(locked, lockGrid(locked, { gridIds: ['A'], locked: true }))
    expect(fillLand(locked)).toMatchObject({ code: 'grid_locked' })
    expect(fillLand(open({ grids: ['A.'], communities: ['01'] }))).toMatchObject({ code: 'community_without_grid' })
  })
})
