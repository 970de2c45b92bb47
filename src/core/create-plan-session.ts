import { composeDeltas, createDeltaComposer, invertDelta, isEmptyDelta } from './delta'
import { createEditLog } from './edit-log'
import type { PlanWaiver } from './find-findings'
import { gridFigures } from './grid-figures'
import type { MetricDefinition } from './metric'
import type { PlanEdit } from './pending-edits'
import type { EditNote, PlanDelta, PlanDocument } from './plan'
import type { PlanContext } from './plan-context'
import type { PlanState } from './plan-index'
import { createPlanKernel, type PerformedDelta } from './plan-kernel'
import type { PlanChange, PlanGesture, PlanSession, RebaseReport } from './plan-session'
import { replayEdits, type RebaseConflict } from './replay-edits'
import { ok, refused, type Result } from './result'

export interface PlanSessionOptions {
  readonly context: PlanContext
  /** Owned by the session from now on. */
  readonly document: PlanDocument
  /** Metrics of rooms, beside those every plan has. */
  readonly metrics?: readonly MetricDefinition[]
  readonly waivers?: readonly PlanWaiver[]
}

type Cause = PlanChange['cause']

const REBASE_NOTE: EditNote = { key: 'plan.note.rebase' }
const TAKE_THEIRS_NOTE: EditNote = { key: 'plan.note.takeTheirs' }

/**
 * Open a plan for editing: document, figures, findings and history in one, changed by deltas alone.
 * Complexity O(metrics × cells + borders) to open; an edit costs what it touches.
 */
export function createPlanSession(options: PlanSessionOptions): PlanSession {
  const { document } = options
  const kernel = createPlanKernel(options.context, document, options.metrics ?? [])
  const { plan, findings } = kernel
  findings.setWaivers(options.waivers ?? [])
  const log = createEditLog<PlanDelta, PerformedDelta, RebaseConflict>(document, {
    isEmpty: isEmptyDelta,
    invert: invertDelta,
    compose: (deltas) => composeDeltas(...deltas),
    perform: kernel.perform,
    performKnown: kernel.performKnown,
    replay: (edits, prefer, run) => replayEdits(plan, edits, prefer, run),
  })
  const { history, pending } = log
  const listeners = new Set<(change: PlanChange) => void>()
  let gesture: PlanGesture | null = null

  function tell(cause: Cause, note: EditNote, delta: PlanDelta, touched: Touched): PlanChange {
    const change: PlanChange = {
      cause,
      delta,
      note,
      ...touched,
      stateId: history.stateId,
      provisional: cause === 'gesture',
    }
    for (const listener of [...listeners]) listener(change)
    return change
  }

  function beginGesture(note: EditNote): PlanGesture {
    gesture?.drop()
    const whole = createDeltaComposer()
    const done: PerformedDelta[] = []
    const step = (delta: PlanDelta): Result<PlanChange | null> => {
      if (gesture !== handle) return refused('gesture_over')
      if (isEmptyDelta(delta)) return ok(null)
      const performed = kernel.perform(delta)
      if (!performed.ok) return performed
      done.push(performed.value)
      whole.add(delta)
      return ok(tell('gesture', note, delta, touchedBy(plan, [performed.value])))
    }
    const handle: PlanGesture = {
      get delta() {
        return whole.value()
      },
      get isEmpty() {
        return whole.isEmpty
      },
      extend: step,
      replace: (delta) => step(composeDeltas(invertDelta(whole.value()), delta)),
      drop(finalNote = note) {
        if (gesture !== handle) return null
        gesture = null
        const delta = whole.value()
        if (isEmptyDelta(delta)) return null
        const entry = log.record(delta, finalNote)
        tell('edit', finalNote, delta, touchedBy(plan, done))
        return entry
      },
      cancel() {
        if (gesture !== handle) return null
        gesture = null
        const inverse = invertDelta(whole.value())
        return isEmptyDelta(inverse) ? null : tell('cancel', note, inverse, touchedBy(plan, [kernel.performKnown(inverse)]))
      },
    }
    gesture = handle
    return handle
  }

  function travel(cause: 'undo' | 'redo'): Result<PlanChange> {
    if (gesture && cause === 'redo') return refused('nothing_to_redo')
    const cancelled = gesture?.cancel()
    if (cancelled) return ok(cancelled)
    const travelled = log.travel(cause)
    if (!travelled.ok) return travelled
    const { delta, note, done } = travelled.value
    return ok(tell(cause, note, delta, touchedBy(plan, [done])))
  }

  /** All of it is one change to those who listen. */
  function putUnder(
    theirs: readonly PlanEdit[],
    revision: number,
    mine: readonly PlanEdit[],
    prefer: 'mine' | 'theirs',
    note: EditNote,
  ): Result<RebaseReport> {
    if (pending.saving) return refused('save_running')
    gesture?.cancel()
    const put = log.putUnder(theirs, revision, mine, prefer)
    if (!put.ok) return put
    const { delta, done, conflicts } = put.value
    return ok({ change: tell('rebase', note, delta, touchedBy(plan, done)), conflicts })
  }

  return {
    get context() {
      return plan.context
    },
    document,
    index: plan.index,
    metrics: kernel.metrics,
    contiguity: kernel.contiguity,
    figures: (slot) => gridFigures(kernel, slot),
    findings: () => findings.list(),
    findingsOf: (slot) => findings.ofGrid(slot),
    setWaivers: (waivers) => findings.setWaivers(waivers),
    cellsWithoutGrid: () =>
      Int32Array.from(plan.context.communities.flatMap((_, community) => [...plan.index.cellsWithoutGrid(community)])).sort(),
    apply(delta, note) {
      gesture?.drop()
      const performed = log.apply(delta, note)
      if (!performed.ok) return performed
      return ok(tell('edit', note, delta, touchedBy(plan, [performed.value])))
    },
    beginGesture,
    get gesture() {
      return gesture
    },
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    get canUndo() {
      return history.canUndo || (gesture !== null && !gesture.isEmpty)
    },
    get canRedo() {
      return history.canRedo && gesture === null
    },
    get undoNote() {
      return history.nextUndo?.note ?? null
    },
    get redoNote() {
      return history.nextRedo?.note ?? null
    },
    get steps() {
      return history.entries
    },
    get stateId() {
      return history.stateId
    },
    get unsaved() {
      return pending.unanswered || history.stateId !== pending.savedStateId
    },
    get saving() {
      return pending.saving
    },
    pending: pending.list,
    beginSave() {
      gesture?.drop()
      return pending.beginSave(history.stateId)
    },
    saveDone: pending.saveDone,
    saveFailed: pending.saveFailed,
    saveUnanswered: pending.saveUnanswered,
    rebase: (theirs, revision, prefer = 'mine') =>
      putUnder(theirs, revision, pending.list().edits, prefer, REBASE_NOTE),
    takeTheirs(theirs, revision) {
      const report = putUnder(theirs, revision, [], 'theirs', TAKE_THEIRS_NOTE)
      return report.ok ? ok(report.value.change) : report
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

type Touched = Pick<PlanChange, 'changedCells' | 'changedGrids' | 'landChanged'>

/** Union of what was touched; cells that were and are no more, at the end of the land, are left out. */
function touchedBy({ document }: PlanState, done: readonly PerformedDelta[]): Touched {
  const landChanged = done.some((performed) => performed.landChanged)
  if (done.length === 1 && !landChanged) {
    return { changedCells: done[0].flow.cells, changedGrids: done[0].flow.grids, landChanged }
  }
  const cells = new Set(done.flatMap((performed) => [...performed.flow.cells]))
  const grids = new Set(done.flatMap((performed) => [...performed.flow.grids]))
  return {
    changedCells: Int32Array.from(cells).filter((cell) => cell < document.cellGrid.length).sort(),
    changedGrids: Int32Array.from(grids).sort(),
    landChanged,
  }
}
