import { createEditLog } from '../edit-log'
import type { EditNote } from '../plan'
import { ok, type Result } from '../result'
import { applyAssignmentDelta, type AppliedAssignmentDelta } from './apply-assignment-delta'
import type { AssignmentContext } from './assignment-context'
import { composeAssignmentDeltas, invertAssignmentDelta, isEmptyAssignmentDelta } from './assignment-delta'
import { createAssignmentIndex, type AssignmentState } from './assignment-index'
import type { AssignmentDelta, AssignmentDocument } from './assignment-plan'
import type { AssignmentChange, AssignmentEdit, AssignmentRebaseReport, AssignmentSession } from './assignment-session'
import { createComparisonTracker } from './compare-assignments'
import { createAssignmentFindingTracker, type AssignmentWaiver } from './find-assignment-findings'
import { createLoadTracker } from './member-loads'
import { memberLimits, settingsOf } from './member-rules'
import { replayAssignmentEdits, type AssignmentConflict } from './replay-assignment-edits'

export interface AssignmentSessionOptions {
  readonly context: AssignmentContext
  /** Owned by the session from now on. */
  readonly document: AssignmentDocument
  readonly waivers?: readonly AssignmentWaiver[]
}

const REBASE_NOTE: EditNote = { key: 'plan.note.rebase' }
const TAKE_THEIRS_NOTE: EditNote = { key: 'plan.note.takeTheirs' }

/**
 * Open an assignment plan for editing: document, loads, findings, comparison with today and history in one, changed by deltas
 * alone. Complexity O(households + members) to open; an edit costs the households that move, and those of the members concerned.
 */
export function createAssignmentSession({ context, document, waivers = [] }: AssignmentSessionOptions): AssignmentSession {
  const state: AssignmentState = { context, document, index: createAssignmentIndex(context, document) }
  const tracker = createLoadTracker(state)
  const findings = createAssignmentFindingTracker(state)
  const comparison = createComparisonTracker(context, document.householdMember)
  findings.setWaivers(waivers)
  const listeners = new Set<(change: AssignmentChange) => void>()
  const { members } = context.scope

  function perform(delta: AssignmentDelta): Result<AppliedAssignmentDelta> {
    const applied = applyAssignmentDelta(state, delta)
    if (!applied.ok) return applied
    const { value } = applied
    tracker.update(value.rulesChanged ? Array.from({ length: members.count }, (_, member) => member) : value.members)
    comparison.update(value.moves)
    findings.update(value)
    return applied
  }

  const log = createEditLog<AssignmentDelta, AppliedAssignmentDelta, AssignmentConflict>(document, {
    isEmpty: isEmptyAssignmentDelta,
    invert: invertAssignmentDelta,
    compose: composeAssignmentDeltas,
    perform,
    performKnown(delta) {
      const performed = perform(delta)
      if (!performed.ok) throw new Error(`expected a delta of this plan's history to fit, got ${performed.code}`)
      return performed.value
    },
    replay: (edits, prefer, run) => replayAssignmentEdits(state, edits, prefer, run),
  })
  const { history, pending } = log

  function tell(
    cause: AssignmentChange['cause'],
    note: EditNote,
    delta: AssignmentDelta,
    done: readonly AppliedAssignmentDelta[],
  ): AssignmentChange {
    const union = (name: 'households' | 'members') => Int32Array.from(new Set(done.flatMap((applied) => [...applied[name]]))).sort()
    const change: AssignmentChange = {
      cause,
      delta,
      note,
      changedHouseholds: union('households'),
      changedMembers: union('members'),
      rulesChanged: done.some(({ rulesChanged }) => rulesChanged),
      stateId: history.stateId,
    }
    for (const listener of [...listeners]) listener(change)
    return change
  }

  function travel(cause: 'undo' | 'redo'): Result<AssignmentChange> {
    const travelled = log.travel(cause)
    if (!travelled.ok) return travelled
    const { delta, note, done } = travelled.value
    return ok(tell(cause, note, delta, [done]))
  }

  function putUnder(
    theirs: readonly AssignmentEdit[],
    revision: number,
    mine: readonly AssignmentEdit[],
    prefer: 'mine' | 'theirs',
    note: EditNote,
  ): Result<AssignmentRebaseReport> {
    const put = log.putUnder(theirs, revision, mine, prefer)
    if (!put.ok) return put
    const { delta, done, conflicts } = put.value
    return ok({ change: tell('rebase', note, delta, done), conflicts })
  }

  return {
    ...state,
    get settings() {
      return settingsOf(context, document)
    },
    loads: tracker.loads,
    limits: (member) => memberLimits(context, document, member),
    findings: () => findings.list(),
    findingsOf: (member) => findings.ofMember(member),
    setWaivers: (next) => findings.setWaivers(next),
    comparison: () => comparison.value(),
    get walks() {
      return tracker.walks
    },
    setWalks: (walks) => tracker.setWalks(walks),
    apply(delta, note) {
      const applied = log.apply(delta, note)
      return applied.ok ? ok(tell('edit', note, delta, [applied.value])) : applied
    },
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    get canUndo() {
      return history.canUndo
    },
    get canRedo() {
      return history.canRedo
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
    beginSave: () => pending.beginSave(history.stateId),
    saveDone: pending.saveDone,
    saveFailed: pending.saveFailed,
    saveUnanswered: pending.saveUnanswered,
    rebase: (theirs, revision, prefer = 'mine') => putUnder(theirs, revision, pending.list().edits, prefer, REBASE_NOTE),
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
