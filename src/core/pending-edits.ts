import type { HistoryEntry } from './history'
import type { EditNote, PlanDelta } from './plan'

/** An edit as it is saved, logged and replayed. */
export interface Edit<Delta> {
  readonly delta: Delta
  readonly note: EditNote
}
export type PlanEdit = Edit<PlanDelta>

export interface PendingEdits<Delta = PlanDelta> {
  /** Revision they were made upon. */
  readonly baseRevision: number
  readonly edits: readonly Edit<Delta>[]
}

interface PendingEdit<Delta> extends Edit<Delta> {
  readonly entry: HistoryEntry<Delta>
  readonly direction: 'forward' | 'inverse'
}

/**
 * Edits since the last confirmed revision. Undoing an edit that was not sent takes it off the list; undoing one that was
 * sent is an edit of its own.
 */
export interface PendingLog<Delta> {
  add(entry: HistoryEntry<Delta>, direction: 'forward' | 'inverse'): void
  list(): PendingEdits<Delta>
  readonly saving: boolean
  /** State that is saved, or is being saved. */
  readonly savedStateId: number
  /** Edits were sent, and nobody knows whether they are saved. */
  readonly unanswered: boolean
  /** The edits to send: after an unanswered save the very same ones, whatever was edited since. */
  beginSave(stateId: number): PendingEdits<Delta>
  saveDone(revision: number): void
  saveFailed(): void
  /** The answer was lost: what was sent stays as it is until it is known what became of it. */
  saveUnanswered(): void
  /** Nothing is pending at this revision and state. */
  restart(revision: number, stateId: number): void
}

/** @param document whose revision the log keeps in step with what the server confirmed */
export function createPendingEdits<Delta>(document: { revision: number }, stateId: number): PendingLog<Delta> {
  let edits: PendingEdit<Delta>[] = []
  /** Edits at the front that are on their way to the server. */
  let sent = 0
  let saving = false
  let unanswered = false
  let savedStateId = stateId
  let formerSavedStateId = stateId

  const list = (): PendingEdits<Delta> => ({
    baseRevision: document.revision,
    edits: edits.map(({ delta, note }) => ({ delta, note })),
  })
  const cancels = (a: PendingEdit<Delta>, b: { entry: HistoryEntry<Delta>; direction: string }) =>
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
    get unanswered() {
      return unanswered
    },
    beginSave(current) {
      if (saving) throw new Error('expected no save under way, got a second one')
      if (unanswered) {
        saving = true
        const again = list()
        return { ...again, edits: again.edits.slice(0, sent) }
      }
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
      unanswered = false
      document.revision = revision
    },
    saveFailed() {
      sent = 0
      saving = false
      unanswered = false
      savedStateId = formerSavedStateId
      // What was undone while the save was under way need not be sent any more.
      const kept: PendingEdit<Delta>[] = []
      for (const edit of edits) {
        if (kept.length > 0 && cancels(kept[kept.length - 1], edit)) kept.pop()
        else kept.push(edit)
      }
      edits = kept
    },
    saveUnanswered() {
      saving = false
      unanswered = true
    },
    restart(revision, current) {
      edits = []
      sent = 0
      saving = false
      unanswered = false
      savedStateId = current
      document.revision = revision
    },
  }
}

/** Words of an edit that takes another back: its key with `.undone`, so that the log reads as what happened. */
function undoNote(note: EditNote): EditNote {
  return { key: 'plan.note.undone', values: { ...note.values, note: note.key } }
}
