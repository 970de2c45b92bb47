import { createHistory, type History, type HistoryEntry } from './history'
import { createPendingEdits, type Edit, type PendingLog } from './pending-edits'
import type { EditNote } from './plan'
import { ok, refused, type Result } from './result'

/** What a document of record can do with its deltas. `Done` tells what a delta touched. */
export interface DeltaKernel<Delta, Done, Conflict> {
  isEmpty(delta: Delta): boolean
  invert(delta: Delta): Delta
  /** One delta that does what the given ones do one after the other. */
  compose(deltas: readonly Delta[]): Delta
  /** Apply a delta, all of it or nothing; refused with the reason. */
  perform(delta: Delta): Result<Done>
  /** For deltas that fit by construction, such as inverses. @throws Error where one does not: a fault of the program */
  performKnown(delta: Delta): Done
  /** Fit edits to the document as it has become beneath them and hand each to `run`. */
  replay(
    edits: readonly Edit<Delta>[],
    prefer: 'mine' | 'theirs',
    run: (delta: Delta, note: EditNote) => Result<unknown>,
  ): Conflict[]
}

/** Steps and pending edits of one open document: undo and redo, and putting what others saved under one's own. */
export interface EditLog<Delta, Done, Conflict> {
  readonly history: History<Delta>
  readonly pending: PendingLog<Delta>
  /** Make a delta that was applied a step of history. */
  record(delta: Delta, note: EditNote): HistoryEntry<Delta>
  /** Apply a delta as a step of history. */
  apply(delta: Delta, note: EditNote): Result<Done>
  /** Go one step back or forth. `nothing_to_undo`, `nothing_to_redo`. */
  travel(cause: 'undo' | 'redo'): Result<{ readonly delta: Delta; readonly note: EditNote; readonly done: Done }>
  /**
   * Go back to what was last saved, apply theirs, then replay mine. Steps before it can no longer be undone.
   * `save_running`, `rebase_base_mismatch` where theirs do not fit: nothing changes.
   */
  putUnder(
    theirs: readonly Edit<Delta>[],
    revision: number,
    mine: readonly Edit<Delta>[],
    prefer: 'mine' | 'theirs',
  ): Result<{ readonly delta: Delta; readonly done: readonly Done[]; readonly conflicts: Conflict[] }>
}

export function createEditLog<Delta, Done, Conflict>(
  document: { revision: number },
  kernel: DeltaKernel<Delta, Done, Conflict>,
): EditLog<Delta, Done, Conflict> {
  const history = createHistory<Delta>()
  const pending = createPendingEdits<Delta>(document, history.stateId)

  function record(delta: Delta, note: EditNote) {
    const entry = history.push(delta, kernel.invert(delta), note)
    pending.add(entry, 'forward')
    return entry
  }

  return {
    history,
    pending,
    record,
    apply(delta, note) {
      const performed = kernel.perform(delta)
      if (performed.ok) record(delta, note)
      return performed
    },
    travel(cause) {
      const entry = cause === 'undo' ? history.nextUndo : history.nextRedo
      if (!entry) return refused(cause === 'undo' ? 'nothing_to_undo' : 'nothing_to_redo')
      const delta = cause === 'undo' ? entry.inverse : entry.forward
      const done = kernel.performKnown(delta)
      if (cause === 'undo') history.stepBack()
      else history.stepForward()
      pending.add(entry, cause === 'undo' ? 'inverse' : 'forward')
      return ok({ delta, note: entry.note, done })
    },
    putUnder(theirs, revision, mine, prefer) {
      if (pending.saving) return refused('save_running')
      const applied: Delta[] = []
      const done: Done[] = []
      const run = (delta: Delta): Result<null> => {
        if (kernel.isEmpty(delta)) return ok(null)
        const performed = kernel.perform(delta)
        if (!performed.ok) return performed
        applied.push(delta)
        done.push(performed.value)
        return ok(null)
      }
      run(kernel.invert(kernel.compose(pending.list().edits.map((edit) => edit.delta))))
      for (const edit of theirs) {
        const taken = run(edit.delta)
        if (taken.ok) continue
        const back = kernel.invert(kernel.compose(applied))
        if (!kernel.isEmpty(back)) kernel.performKnown(back)
        return refused('rebase_base_mismatch', { reason: taken.code, ...taken.details })
      }
      history.clear()
      pending.restart(revision, history.stateId)
      const conflicts = kernel.replay(mine, prefer, (delta, note) => {
        const result = run(delta)
        if (result.ok && !kernel.isEmpty(delta)) record(delta, note)
        return result
      })
      return ok({ delta: kernel.compose(applied), done, conflicts })
    },
  }
}
