import { describe, expect, it } from 'vitest'
import { assignCells, screenCells } from '@/core/operations/assign-cells'
import { lockGrid } from '@/core/operations/lock-grid'
import { createPlanSession } from '@/core/create-plan-session'
import { drawPlan } from '../../../helpers/drawn-land'

// ids:        1 2 3 4 5 6 7
// communities 0 0 0 0 0 1 1
const plan = drawPlan({ grids: ['AABB.CC'], communities: ['0000011'] })

function withLocked(gridId: string) {
  const session = createPlanSession(drawPlan({ grids: ['AABB.CC'], communities: ['0000011'] }))
  const delta = lockGrid(session, { gridIds: [gridId], locked: true })
  if (delta.ok) session.apply(delta.value, { key: 'lock' })
  return session
}

describe('assignCells', () => {
  it('gives cells to a grid, once each, leaving out those already there', () => {
    expect(assignCells(plan, { cells: [1, 2, 2, 4, 0], gridId: 'A' })).toEqual({
      ok: true,
      value: { grids: [], cells: [{ cell: 3, from: 'B', to: 'A' }, { cell: 5, from: null, to: 'A' }] },
    })
  })

  it('takes cells out of their grids', () => {
    expect(assignCells(plan, { cells: [0], gridId: null })).toMatchObject({ value: { cells: [{ cell: 1, from: 'A', to: null }] } })
  })

  it('leaves cells of other communities where they are', () => {
    const input = { cells: [3, 4, 5], gridId: 'A' }
    expect(assignCells(plan, input)).toMatchObject({ ok: true, value: { cells: [{ cell: 4 }, { cell: 5 }] } })
    expect([...screenCells(plan, input).refused]).toEqual([['other_community', [5]]])
    expect(assignCells(plan, { cells: [5, 6], gridId: 'A' })).toMatchObject({ ok: false, code: 'other_community', details: { cells: 2 } })
  })

  it('neither takes from nor gives to a locked grid', () => {
    const session = withLocked('B')
    expect(assignCells(session, { cells: [2], gridId: 'A' })).toMatchObject({ ok: false, code: 'grid_locked' })
    expect(assignCells(session, { cells: [0], gridId: 'B' })).toMatchObject({ ok: false, code: 'grid_locked' })
    expect(assignCells(session, { cells: [2, 4], gridId: 'A' })).toMatchObject({ ok: true, value: { cells: [{ cell: 5 }] } })
  })

  it('takes from one source only, where asked', () => {
    expect(assignCells(plan, { cells: [2, 4], gridId: 'A', onlyFrom: null })).toMatchObject({ value: { cells: [{ cell: 5 }] } })
    expect(assignCells(plan, { cells: [2, 4], gridId: 'A', onlyFrom: 'B' })).toMatchObject({ value: { cells: [{ cell: 3 }] } })
    expect(assignCells(plan, { cells: [2], gridId: 'A', onlyFrom: null })).toMatchObject({ ok: false, code: 'filtered_out' })
  })

  it('names what is wrong with the rest', () => {
    expect(assignCells(plan, { cells: [0], gridId: 'A' })).toMatchObject({ ok: false, code: 'nothing_to_do' })
    expect(assignCells(plan, { cells: [0], gridId: 'Z' })).toMatchObject({ ok: false, code: 'grid_unknown' })
  })
})
