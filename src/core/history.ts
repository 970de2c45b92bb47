import type { EditNote, PlanDelta } from './plan'

/** One step a person made. */
export interface HistoryEntry {
  readonly forward: PlanDelta
  readonly inverse: PlanDelta
  readonly note: EditNote
  /** State the plan is in before and after the step. */
  readonly fromStateId: number
  readonly stateId: number
}

/**
 * Steps done and undone, as deep as the session. A state id names a state of the plan: going back and forth returns to
 * the same id, so "unsaved" is one comparison.
 */
export interface History {
  readonly stateId: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Step that undo would take back, and that redo would do again. */
  readonly nextUndo: HistoryEntry | null
  readonly nextRedo: HistoryEntry | null
  readonly entries: readonly HistoryEntry[]
  /** Add a step that was applied; what was undone is forgotten. */
  push(forward: PlanDelta, inverse: PlanDelta, note: EditNote): HistoryEntry
  /** Move over one step; the caller has applied its delta. */
  stepBack(): HistoryEntry
  stepForward(): HistoryEntry
  /** Forget all steps; the plan is in a new state. */
  clear(): void
}

export function createHistory(): History {
  let entries: HistoryEntry[] = []
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
      const entry: HistoryEntry = { forward, inverse, note, fromStateId: stateId, stateId: ++lastStateId }
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
