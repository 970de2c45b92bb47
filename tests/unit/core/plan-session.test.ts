import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { createPlanSession } from '@/core/create-plan-session'
import { composeDeltas, isEmptyDelta } from '@/core/delta'
import { findFindings } from '@/core/find-findings'
import { createMetricTable } from '@/core/metric-table'
import { assignCells } from '@/core/operations/assign-cells'
import type { Finding, PlanDocument } from '@/core/plan'
import { createPlanIndex, type PlanState } from '@/core/plan-index'
import { PLAN_METRICS } from '@/core/plan-metrics'
import type { PlanChange, PlanSession } from '@/core/plan-session'
import { planBytes } from '../../helpers/plan-bytes'
import { brushCells, randomEdit } from '../../helpers/random-edits'
import { makeSyntheticLand } from '../../helpers/synthetic-land'

const NOTE = { key: 'test' }
const land = makeSyntheticLand({ seed: 3, communities: [2, 1], cells: [12, 9], grids: [4, 3], householdsPerCell: 12 })
const open = () => createPlanSession({ context: land.context, document: land.document() })

const copyOf = ({ context, document }: PlanState): PlanState => {
  const copy: PlanDocument = { ...document, grids: [...document.grids], cellGrid: document.cellGrid.slice() }
  return { context, document: copy, index: createPlanIndex(context, copy) }
}

/** Pieces by union of neighbouring pairs: nothing shared with the walk that is tested. */
function piecesByUnion({ context, document }: PlanState, slot: number): number {
  const parent = [...document.cellGrid.keys()]
  const root = (cell: number): number => (parent[cell] === cell ? cell : (parent[cell] = root(parent[cell])))
  const { start, neighbour } = context.adjacency
  for (let cell = 0; cell < parent.length; cell++) {
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const other = neighbour[k]
      if (document.cellGrid[cell] === slot && document.cellGrid[other] === slot) parent[root(cell)] = root(other)
    }
  }
  return new Set(parent.filter((_, cell) => document.cellGrid[cell] === slot).map((cell) => root(cell))).size
}

function expectAsFromScratch(session: PlanSession): void {
  const fresh = copyOf(session)
  const metrics = createMetricTable(PLAN_METRICS, fresh)
  for (let slot = -1; slot < session.document.grids.length; slot++) {
    for (const { id } of PLAN_METRICS) {
      expect(session.metrics.value(id, slot), `${id} of slot ${slot}`).toBe(metrics.value(id, slot))
    }
    if (slot < 0) continue
    expect(session.contiguity.pieces(slot), `pieces of slot ${slot}`).toBe(piecesByUnion(session, slot))
    expect([...session.index.cellsOf(slot)].sort((a, b) => a - b)).toEqual([...fresh.index.cellsOf(slot)])
  }
  const inOneOrder = (findings: readonly Finding[]) => findings.map((finding) => JSON.stringify(finding)).sort()
  expect(inOneOrder(session.findings())).toEqual(inOneOrder(findFindings(fresh)))
}

describe('plan session', () => {
  it('keeps figures, pieces and findings as computed anew, and undo and redo return to the byte, for any edits', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, steps) => {
        const random = seededRandom(seed)
        const session = open()
        const first = planBytes(session.document)
        const states = [first]
        for (let step = 0; step < steps; step++) {
          const delta = randomEdit(session, random)
          if (!delta.ok) continue
          expect(session.apply(delta.value, NOTE).ok).toBe(true)
          states.push(planBytes(session.document))
        }
        expectAsFromScratch(session)
        const last = states[states.length - 1]
        for (const state of states.slice(0, -1).reverse()) {
          session.undo()
          expect(planBytes(session.document)).toBe(state)
        }
        expect(session.canUndo).toBe(false)
        expectAsFromScratch(session)
        while (session.canRedo) session.redo()
        expect(planBytes(session.document)).toBe(last)
        expectAsFromScratch(session)
      }),
      { numRuns: 60, seed: 20261121 },
    )
  })

  it('tells of every change in order, so that a mirror that hears only changes holds the same plan', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const session = open()
        const mirror = copyOf(session)
        const byHearing = new Map<number, string | null>()
        mirror.document.cellGrid.forEach((slot, cell) =>
          byHearing.set(session.context.land.cellIds[cell], session.document.grids[slot]?.id ?? null),
        )
        session.subscribe(({ cause, delta, changedCells, changedGrids }) => {
          expect([...changedCells].map((cell) => session.context.land.cellIds[cell]).sort()).toEqual(
            expect.arrayContaining(delta.cells.map(({ cell }) => cell).sort()),
          )
          for (const { to } of delta.cells) if (to) expect([...changedGrids]).toContain(session.index.slotOf(to))
          // The drop of a gesture speaks of what was heard while it was in the air.
          for (const { cell, from, to } of delta.cells) {
            if (cause !== 'edit') expect(byHearing.get(cell)).toBe(from)
            byHearing.set(cell, to)
          }
        })
        for (let step = 0; step < 30; step++) {
          const what = random()
          if (what < 0.15) session.undo()
          else if (what < 0.25) session.redo()
          else if (what < 0.5) {
            const gesture = session.beginGesture(NOTE)
            for (let k = 0; k < 4; k++) {
              const delta = randomEdit(session, random)
              if (delta.ok) expect(gesture.extend(delta.value).ok).toBe(true)
            }
            expect(gesture.isEmpty).toBe(isEmptyDelta(gesture.delta))
            if (random() < 0.5) gesture.drop()
            else gesture.cancel()
          } else {
            const delta = randomEdit(session, random)
            if (delta.ok) session.apply(delta.value, NOTE)
          }
        }
        session.document.cellGrid.forEach((slot, cell) =>
          expect(byHearing.get(session.context.land.cellIds[cell])).toBe(session.document.grids[slot]?.id ?? null),
        )
        expectAsFromScratch(session)
      }),
      { numRuns: 30, seed: 5 },
    )
  })

  it('makes a gesture one step however often it was extended', () => {
    const session = open()
    const before = planBytes(session.document)
    const changes: PlanChange[] = []
    session.subscribe((change) => changes.push(change))
    const to = session.document.grids[1]!.id
    const gesture = session.beginGesture({ key: 'brush' })
    for (const cell of brushCells(session, 0, 9)) {
      const delta = assignCells(session, { cells: [cell], gridId: to })
      if (delta.ok) gesture.extend(delta.value)
    }
    expect(session.steps).toHaveLength(0)
    expect(session.unsaved).toBe(false)
    const entry = gesture.drop({ key: 'painted' })
    expect(session.steps).toEqual([entry])
    expect(session.undoNote).toEqual({ key: 'painted' })
    expect(changes.map(({ cause }) => cause)).toEqual([...Array(changes.length - 1).fill('gesture'), 'edit'])
    expect(changes.map(({ provisional }) => provisional)).toEqual([...Array(changes.length - 1).fill(true), false])
    session.undo()
    expect(planBytes(session.document)).toBe(before)
  })

  it('makes no step of a gesture that went there and back', () => {
    const session = open()
    const [to, from] = [session.document.grids[1]!.id, session.document.grids[0]!.id]
    const cells = brushCells(session, 0, 5).filter((cell) => session.document.cellGrid[cell] === 0)
    const gesture = session.beginGesture(NOTE)
    for (const gridId of [to, from]) {
      const delta = assignCells(session, { cells, gridId })
      if (delta.ok) expect(gesture.extend(delta.value).ok).toBe(true)
    }
    expect(gesture.isEmpty).toBe(true)
    expect(session.canUndo).toBe(false)
    expect(gesture.drop()).toBeNull()
    expect(session.canUndo).toBe(false)
    expect(session.unsaved).toBe(false)
  })

  it('replaces a gesture by another counted from its beginning', () => {
    const session = open()
    const before = planBytes(session.document)
    const to = session.document.grids[1]!.id
    const deltas = [brushCells(session, 0, 3), brushCells(session, 0, 6), brushCells(session, 0, 2)].map((cells) => {
      const delta = assignCells(session, { cells, gridId: to })
      if (!delta.ok) throw new Error(delta.code)
      return delta.value
    })
    const gesture = session.beginGesture(NOTE)
    for (const delta of deltas) expect(gesture.replace(delta).ok).toBe(true)
    expect(gesture.delta).toEqual(deltas[2])
    expect(gesture.replace({ cells: [], grids: [] }).ok).toBe(true)
    expect(planBytes(session.document)).toBe(before)
    expect(gesture.drop()).toBeNull()
  })

  it('cancels an open gesture on undo, and drops it when an edit comes', () => {
    const session = open()
    const to = session.document.grids[1]!.id
    const paint = (cell: number) => {
      const delta = assignCells(session, { cells: [cell], gridId: to })
      if (!delta.ok) throw new Error(delta.code)
      return delta.value
    }
    session.beginGesture(NOTE).extend(paint(0))
    expect(session.canUndo).toBe(true)
    const undone = session.undo()
    expect(undone.ok && undone.value.cause).toBe('cancel')
    expect(session.gesture).toBeNull()
    expect(session.undo()).toEqual({ ok: false, code: 'nothing_to_undo', details: undefined })
    const gesture = session.beginGesture(NOTE)
    gesture.extend(paint(0))
    session.apply(paint(1), NOTE)
    expect(session.steps).toHaveLength(2)
    expect(gesture.extend(paint(2))).toMatchObject({ ok: false, code: 'gesture_over' })
  })

  it('knows by state ids whether something is unsaved', () => {
    const session = open()
    const delta = assignCells(session, { cells: [0], gridId: session.document.grids[1]!.id })
    if (!delta.ok) throw new Error(delta.code)
    session.apply(delta.value, NOTE)
    expect(session.unsaved).toBe(true)
    session.undo()
    expect(session.unsaved).toBe(false)
    session.redo()
    expect(session.unsaved).toBe(true)
    session.beginSave()
    session.saveDone(8)
    expect(session.unsaved).toBe(false)
    expect(session.document.revision).toBe(8)
    session.undo()
    expect(session.unsaved).toBe(true)
    expect(session.pending().edits.map((edit) => edit.delta)).toEqual([composeDeltas(...session.pending().edits.map((e) => e.delta))])
  })

  it('sends the very same edits again while the answer to a save is unknown, whatever was edited since', () => {
    const session = open()
    const paint = (cell: number) => {
      const delta = assignCells(session, { cells: [cell], gridId: session.document.grids[1]!.id })
      if (!delta.ok) throw new Error(delta.code)
      session.apply(delta.value, NOTE)
    }
    paint(0)
    const sent = session.beginSave()
    session.saveUnanswered()
    session.undo()
    expect(session.unsaved).toBe(true)
    paint(1)
    expect(session.beginSave()).toEqual(sent)
    session.saveDone(8)
    expect(session.unsaved).toBe(true)
    // The undo of what turned out to be saved, and what came after it.
    expect(session.beginSave()).toMatchObject({ baseRevision: 8, edits: [{}, {}] })
    session.saveDone(9)
    expect(session.unsaved).toBe(false)
  })

  it('refuses a metric whose id is taken', () => {
    const metrics = [PLAN_METRICS[0]]
    expect(() => createPlanSession({ context: land.context, document: land.document(), metrics })).toThrow(/distinct/)
  })
})
