import { describe, expect, it } from 'vitest'
import { createPlanSession } from '@/core/create-plan-session'
import { composeDeltas } from '@/core/delta'
import { assignCells } from '@/core/operations/assign-cells'
import type { PlanSession } from '@/core/plan-session'
import { makeSyntheticLand } from '../../helpers/synthetic-land'

const land = makeSyntheticLand({ seed: 1, communities: [1, 1], cells: [4, 3], grids: [2] })
const open = () => createPlanSession({ context: land.context, document: land.document() })

function paint(session: PlanSession, cell: number, slot: number): void {
  const delta = assignCells(session, { cells: [cell], gridId: session.document.grids[slot]!.id })
  if (!delta.ok) throw new Error(delta.code)
  session.apply(delta.value, { key: `paint ${cell}` })
}

const keys = (session: PlanSession) => session.pending().edits.map(({ note }) => note.key)

describe('pending edits', () => {
  it('are the edits since the saved revision; undo takes them off again', () => {
    const session = open()
    paint(session, 0, 1)
    paint(session, 1, 1)
    expect(session.pending().baseRevision).toBe(7)
    expect(keys(session)).toEqual(['paint 0', 'paint 1'])
    session.undo()
    expect(keys(session)).toEqual(['paint 0'])
    session.redo()
    expect(keys(session)).toEqual(['paint 0', 'paint 1'])
  })

  it('hold the undoing of what was saved as an edit of its own', () => {
    const session = open()
    paint(session, 0, 1)
    session.beginSave()
    session.saveDone(8)
    expect(keys(session)).toEqual([])
    session.undo()
    expect(session.pending()).toMatchObject({
      baseRevision: 8,
      edits: [{ note: { key: 'plan.note.undone', values: { note: 'paint 0' } }, delta: { cells: [{ cell: 1000 }] } }],
    })
    expect(session.unsaved).toBe(true)
    session.redo()
    expect(keys(session)).toEqual([])
    expect(session.unsaved).toBe(false)
  })

  it('keep what is on its way apart from what is done meanwhile', () => {
    const session = open()
    paint(session, 0, 1)
    const sent = session.beginSave()
    expect(session.saving).toBe(true)
    expect(() => session.beginSave()).toThrow(/no save under way/)
    session.undo()
    paint(session, 1, 1)
    expect(session.unsaved).toBe(true)
    session.saveDone(8)
    expect(sent.edits.map(({ note }) => note.key)).toEqual(['paint 0'])
    expect(keys(session)).toEqual(['plan.note.undone', 'paint 1'])
    // What was sent and what is pending lead from the first plan to this one.
    const net = composeDeltas(...[...sent.edits, ...session.pending().edits].map(({ delta }) => delta))
    expect(net.cells.map(({ cell }) => cell)).toEqual([1001])
  })

  it('forget what was undone while a save failed', () => {
    const session = open()
    paint(session, 0, 1)
    session.beginSave()
    session.undo()
    session.saveFailed()
    expect(keys(session)).toEqual([])
    expect(session.unsaved).toBe(false)
  })

  it('stay all when a save failed', () => {
    const session = open()
    paint(session, 0, 1)
    session.beginSave()
    paint(session, 1, 1)
    session.saveFailed()
    expect(keys(session)).toEqual(['paint 0', 'paint 1'])
    expect(session.pending().baseRevision).toBe(7)
    expect(session.unsaved).toBe(true)
  })
})
