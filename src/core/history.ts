import type { EditNote, PlanDelta } from './plan'

/** One step a person made. */
export interface HistoryEntry<Delta = PlanDelta> {
  readonly forward: Delta
  readonly inverse: Delta
  readonly note: EditNote
  /** State the plan is in before and after the step. */
  readonly fromStateId: number
  readonly stateId: number
}

/**
 * Steps done and undone, as deep as the session. A state id names a state of the document: going back and forth returns to
 * the same id, so "unsaved" is one comparison.
 */
export interface History<Delta> {
  readonly stateId: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Step that undo would take back, and that redo would do again. */
  readonly nextUndo: HistoryEntry<Delta> | null
  readonly nextRedo: HistoryEntry<Delta> | null
  readonly entries: readonly HistoryEntry<Delta>[]
  /** Add a step that was applied; what was undone is forgotten. */
  push(forward: Delta, inverse: Delta, note: EditNote): HistoryEntry<Delta>
  /** Move over one step; the caller has applied its delta. */
  stepBack(): HistoryEntry<Delta>
  stepForward(): HistoryEntry<Delta>
  /** Forget all steps; the document is in a new state. */
  clear(): void
}

export function createHistory<Delta>(): History<Delta> {
  let entries: HistoryEntry<Delta>[] = []
  let done = 0
  let stateId = 0
  let lastStateId = 0
  return {
    get stateId() {
      return stateId
    },
    get canUndo() {
      return done > 0
    },
    get canRedo() {
      return done < entries.length
    },
    get nextUndo() {
      return entries[done - 1] ?? null
    },
    get nextRedo() {
      return entries[done] ?? null
    },
    get entries() {
      return entries.slice(0, done)
    },
    push(forward, inverse, note) {
      const entry: HistoryEntry<Delta> = { forward, inverse, note, fromStateId: stateId, stateId: ++lastStateId }
      entries.length = done
      entries.push(entry)
      done++
      stateId = entry.stateId
      return entry
    },
    stepBack() {
      const entry = entries[--done]
      stateId = entry.fromStateId
      return entry
    },
    stepForward() {
      const entry = entries[done++]
      stateId = entry.stateId
      return entry
    },
    clear() {
      entries = []
      done = 0
      stateId = ++lastStateId
    },
  }
}
