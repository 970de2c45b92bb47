import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { createPlanSession } from '@/core/create-plan-session'
import { assignCells } from '@/core/operations/assign-cells'
import { createGrid } from '@/core/operations/create-grid'
import { removeGrid } from '@/core/operations/remove-grid'
import { renameGrid } from '@/core/operations/rename-grid'
import type { PlanDelta } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import type { Result } from '@/core/result'
import { planBytes } from '../../helpers/plan-bytes'
import { randomEdit } from '../../helpers/random-edits'
import { makeSyntheticLand } from '../../helpers/synthetic-land'

// One community of 6 × 4 cells, three grids; cell index = 6 · row + column, ids 1000 + index.
const land = makeSyntheticLand({ seed: 2, communities: [1, 1], cells: [6, 4], grids: [3] })
const open = () => createPlanSession({ context: land.context, document: land.document() })
const [A, B, C] = land.document().grids.map((grid) => grid!.id)

function act(session: PlanSession, delta: Result<PlanDelta>, key = 'edit'): void {
  if (!delta.ok) throw new Error(delta.code)
  const applied = session.apply(delta.value, { key })
  if (!applied.ok) throw new Error(applied.code)
}
const paint = (session: PlanSession, cell: number, gridId: string | null, key?: string) =>
  act(session, assignCells(session, { cells: [cell], gridId }), key)
const gridOf = (session: PlanSession, cell: number) => session.document.grids[session.document.cellGrid[cell]]?.id ?? null
const ofGrid = (session: PlanSession, id: string) => [...session.index.cellsOf(session.index.slotOf(id))].sort((a, b) => a - b)
const theirEdits = (session: PlanSession) => session.pending().edits

describe('rebase', () => {
  it('puts edits of others under mine where they do not meet', () => {
    const [mine, theirs] = [open(), open()]
    const [a, b] = [ofGrid(mine, A)[0], ofGrid(mine, B)[0]]
    paint(mine, a, C, 'mine')
    paint(theirs, b, C)
    const report = mine.rebase(theirEdits(theirs), 9)
    expect(report).toMatchObject({ ok: true, value: { conflicts: [], change: { cause: 'rebase' } } })
    expect([gridOf(mine, a), gridOf(mine, b)]).toEqual([C, C])
    expect(mine.document.revision).toBe(9)
    expect(mine.pending()).toMatchObject({ baseRevision: 9, edits: [{ note: { key: 'mine' } }] })
    mine.undo()
    expect([gridOf(mine, a), gridOf(mine, b)]).toEqual([A, C])
    expect(mine.unsaved).toBe(false)
  })

  it('reports a cell that both moved, and keeps mine or theirs as asked', () => {
    for (const [prefer, kept] of [['mine', B], ['theirs', C]] as const) {
      const [mine, theirs] = [open(), open()]
      const cell = ofGrid(mine, A)[0]
      paint(mine, cell, B, 'mine')
      paint(theirs, cell, C)
      const report = mine.rebase(theirEdits(theirs), 9, prefer)
      expect(report).toMatchObject({
        ok: true,
        value: { conflicts: [{ edit: 0, note: { key: 'mine' }, reason: 'cell_taken', kept: prefer, cellIds: [1000 + cell] }] },
      })
      expect(gridOf(mine, cell)).toBe(kept)
      expect(mine.pending().edits).toHaveLength(prefer === 'mine' ? 1 : 0)
    }
  })

  it('takes the same move by both as done', () => {
    const [mine, theirs] = [open(), open()]
    const cell = ofGrid(mine, A)[0]
    paint(mine, cell, B)
    paint(theirs, cell, B)
    expect(mine.rebase(theirEdits(theirs), 9)).toMatchObject({ ok: true, value: { conflicts: [] } })
    expect(mine.pending().edits).toEqual([])
    expect(mine.unsaved).toBe(false)
  })

  it('drops moves into a grid they removed, and says so', () => {
    const [mine, theirs] = [open(), open()]
    const cell = ofGrid(mine, A)[0]
    paint(mine, cell, C)
    act(theirs, removeGrid(theirs, { gridId: C, heirId: B }))
    const report = mine.rebase(theirEdits(theirs), 9)
    expect(report).toMatchObject({ ok: true, value: { conflicts: [{ reason: 'grid_gone', cellIds: [1000 + cell], gridIds: [C] }] } })
    expect(gridOf(mine, cell)).toBe(A)
  })

  it('keeps a grid I removed when they put cells into it', () => {
    const [mine, theirs] = [open(), open()]
    const cell = ofGrid(mine, A)[0]
    act(mine, removeGrid(mine, { gridId: C, heirId: B }))
    paint(theirs, cell, C)
    const report = mine.rebase(theirEdits(theirs), 9)
    expect(report).toMatchObject({ ok: true, value: { conflicts: [{ reason: 'grid_not_empty', gridIds: [C] }] } })
    expect(ofGrid(mine, C)).toEqual([cell])
  })

  it('reports attributes that both changed', () => {
    for (const [prefer, name] of [['mine', 'm'], ['theirs', 't']] as const) {
      const [mine, theirs] = [open(), open()]
      act(mine, renameGrid(mine, { gridId: A, name: 'm' }))
      act(theirs, renameGrid(theirs, { gridId: A, name: 't' }))
      const report = mine.rebase(theirEdits(theirs), 9, prefer)
      expect(report).toMatchObject({ ok: true, value: { conflicts: [{ reason: 'grid_changed', kept: prefer, gridIds: [A] }] } })
      expect(mine.document.grids[0]!.name).toBe(name)
    }
  })

  it('carries grids that both made, with a finding where the codes meet', () => {
    const [mine, theirs] = [open(), open()]
    act(mine, createGrid(mine, { community: 0, id: 'mine', cells: [ofGrid(mine, A)[0]] }))
    act(theirs, createGrid(theirs, { community: 0, id: 'theirs', cells: [ofGrid(theirs, B)[0]] }))
    expect(mine.rebase(theirEdits(theirs), 9)).toMatchObject({ ok: true, value: { conflicts: [] } })
    expect(mine.findings().filter(({ code }) => code === 'grid_code_duplicate')).toMatchObject([{ gridIds: ['mine', 'theirs'] }])
  })

  it('refuses edits that do not fit what was saved, and changes nothing', () => {
    const mine = open()
    paint(mine, ofGrid(mine, A)[0], B)
    const before = planBytes(mine.document)
    const alien: PlanDelta = { cells: [{ cell: 1000 + ofGrid(mine, A)[0], from: C, to: B }], grids: [] }
    expect(mine.rebase([{ delta: alien, note: { key: 'x' } }], 9)).toMatchObject({
      ok: false,
      code: 'rebase_base_mismatch',
      details: { reason: 'cell_from_mismatch' },
    })
    expect(planBytes(mine.document)).toBe(before)
    expect(mine.pending()).toMatchObject({ baseRevision: 7, edits: [{}] })
    expect(mine.canUndo).toBe(true)
  })

  it('waits for a save under way', () => {
    const mine = open()
    paint(mine, ofGrid(mine, A)[0], B)
    mine.beginSave()
    expect(mine.rebase([], 9)).toMatchObject({ ok: false, code: 'save_running' })
  })

  it('takes theirs whole, or loses nothing of mine, for any edits of both', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const [mine, theirs, reader] = [open(), open(), open()]
        for (let step = 0; step < 12; step++) {
          const session = random() < 0.5 ? mine : theirs
          const delta = randomEdit(session, random)
          if (delta.ok) session.apply(delta.value, { key: String(step) })
        }
        const copy = planBytes(mine.document)
        const { baseRevision, edits } = mine.pending()
        expect(baseRevision).toBe(7)
        for (const { delta } of edits) expect(reader.apply(delta, { key: 'copy' }).ok).toBe(true)
        expect(planBytes(reader.document)).toBe(copy)

        const report = mine.rebase(theirEdits(theirs), 9, random() < 0.5 ? 'mine' : 'theirs')
        if (!report.ok) throw new Error(report.code)
        expect(report.value.conflicts.filter(({ reason }) => reason === 'refused')).toEqual([])
        // What I now hold is what the server would hold after theirs and my pending edits.
        const server = open()
        for (const { delta } of [...theirEdits(theirs), ...mine.pending().edits]) {
          expect(server.apply(delta, { key: 'server' }).ok).toBe(true)
        }
        const named = ({ document }: PlanSession) => Array.from(document.cellGrid, (slot) => document.grids[slot]?.id ?? null)
        expect(named(server)).toEqual(named(mine))
        expect(mine.takeTheirs([], 10).ok).toBe(true)
        expect(named(mine)).toEqual(named(theirs))
      }),
      { numRuns: 80, seed: 17 },
    )
  })
})
