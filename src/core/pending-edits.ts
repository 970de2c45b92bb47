import type { HistoryEntry } from './history'
import type { EditNote, PlanDelta, PlanDocument } from './plan'

/** An edit as it is saved, logged and replayed. */
export interface PlanEdit {
  readonly delta: PlanDelta
  readonly note: EditNote
}

export interface PendingEdits {
  /** Revision they were made upon. */
  readonly baseRevision: number
  readonly edits: readonly PlanEdit[]
}

interface PendingEdit extends PlanEdit {
  readonly entry: HistoryEntry
  readonly direction: 'forward' | 'inverse'
}

/**
 * Edits since the last confirmed revision. Undoing an edit that was not sent takes it off the list; undoing one that was
 * sent is an edit of its own.
 */
export interface PendingLog {
  add(entry: HistoryEntry, direction: 'forward' | 'inverse'): void
  list(): PendingEdits
  readonly saving: boolean
  /** State that is saved, or is being saved. */
  readonly savedStateId: number
  beginSave(stateId: number): PendingEdits
  saveDone(revision: number): void
  saveFailed(): void
  /** Nothing is pending at this revision and state. */
  restart(revision: number, stateId: number): void
}

export function createPendingEdits(document: PlanDocument, stateId: number): PendingLog {
  let edits: PendingEdit[] = []
  /** Edits at the front that are on their way to the server. */
  let sent = 0
  let saving = false
  let savedStateId = stateId
  let formerSavedStateId = stateId

  const list = (): PendingEdits => ({
    baseRevision: document.revision,
    edits: edits.map(({ delta, note }) => ({ delta, note })),
  })
  const cancels = (a: PendingEdit, b: { entry: HistoryEntry; direction: string }) =>
    a.entry === b.entry && a.direction !== b.direction

  return {
    add(entry, direction) {
      if (edits.length > sent && cancels(edits[edits.length - 1], { entry, direction })) {
        edits.pop()
        return
      }
      const delta = direction === 'forward' ? entry.forward : entry.inverse
      edits.push({ entry, direction, delta, note: direction === 'forward' ? entry.note : undoNote(entry.note) })
    },
    list,
    get saving() {
      return saving
    },
    get savedStateId() {
      return savedStateId
    },
    beginSave(current) {
      if (saving) throw new Error('expected no save under way, got a second one')
      const sending = list()
      sent = edits.length
      saving = true
      formerSavedStateId = savedStateId
      savedStateId = current
      return sending
    },
    saveDone(revision) {
      edits = edits.slice(sent)
      sent = 0
      saving = false
      document.revision = revision
    },
    saveFailed() {
      sent = 0
      saving = false
      savedStateId = formerSavedStateId
      // What was undone while the save was under way need not be sent any more.
      const kept: PendingEdit[] = []
      for (const edit of edits) {
        if (kept.length > 0 && cancels(kept[kept.length - 1], edit)) kept.pop()
        else kept.push(edit)
      }
      edits = kept
    },
    restart(revision, current) {
      edits = []
      sent = 0
      saving = false
      savedStateId = current
      document.revision = revision
    },
  }
}

/** Words of an edit that takes another back: its key with `.undone`, so that the log reads as what happened. */
function undoNote(note: EditNote): EditNote {
  return { key: 'plan.note.undone', values: { ...note.values, note: note.key } }
}
