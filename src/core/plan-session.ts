import type { Contiguity } from './contiguity'
import type { PlanWaiver } from './find-findings'
import type { GridFigures } from './grid-figures'
import type { HistoryEntry } from './history'
import type { MetricTable } from './metric-table'
import type { PendingEdits, PlanEdit } from './pending-edits'
import type { EditNote, Finding, PlanDelta } from './plan'
import type { PlanState } from './plan-index'
import type { RebaseConflict } from './replay-edits'
import type { Result } from './result'

/** One applied delta: the only thing that map, panel and save listen to. */
export interface PlanChange {
  /** `gesture` while one is in the air; its drop is an `edit` whose cells are on the map already. */
  readonly cause: 'edit' | 'undo' | 'redo' | 'gesture' | 'cancel' | 'rebase'
  readonly delta: PlanDelta
  readonly note: EditNote
  /** Cell indices whose grid may have changed. */
  readonly changedCells: Int32Array
  /** Slots that gained or lost cells, came or went, or changed attributes, ascending. */
  readonly changedGrids: Int32Array
  /** Land was redrawn: context, land, neighbours and indices of the session are others. `changedCells` names the cells touched. */
  readonly landChanged: boolean
  readonly stateId: number
  /** True while a gesture is in the air: not in history, not to be saved. */
  readonly provisional: boolean
}

/** A gesture in the air: everything shows it, nothing records it before its drop. */
export interface PlanGesture {
  /** Delta of the whole gesture so far. */
  readonly delta: PlanDelta
  /** True where nothing changed so far, or all went back. */
  readonly isEmpty: boolean
  /** Add to the gesture; refused with a reason and without effect where it does not fit. Null: nothing to do. */
  extend(delta: PlanDelta): Result<PlanChange | null>
  /** Make the gesture this delta instead, counted from its beginning: for gestures that move back and forth. */
  replace(delta: PlanDelta): Result<PlanChange | null>
  /** Make it one step of history; null where nothing changed in the end. */
  drop(note?: EditNote): HistoryEntry | null
  cancel(): PlanChange | null
}

/** A plan open for editing. Made by `createPlanSession`. */
export interface PlanSession extends PlanState {
  readonly metrics: MetricTable
  readonly contiguity: Contiguity
  /** Figures of a grid by slot; the slot must hold a grid. */
  figures(slot: number): GridFigures
  findings(): readonly Finding[]
  findingsOf(slot: number): readonly Finding[]
  setWaivers(waivers: readonly PlanWaiver[]): void
  /** Indices of the cells without a grid, ascending. */
  cellsWithoutGrid(): Int32Array

  /** Apply a delta as one step of history. An open gesture is dropped first. */
  apply(delta: PlanDelta, note: EditNote): Result<PlanChange>
  /** Begin a gesture; one that is open is dropped first. */
  beginGesture(note: EditNote): PlanGesture
  /** The open gesture, if any. */
  readonly gesture: PlanGesture | null
  /** Take back the last step; while a gesture is open, cancel that. `nothing_to_undo`, `nothing_to_redo`. */
  undo(): Result<PlanChange>
  redo(): Result<PlanChange>
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly undoNote: EditNote | null
  readonly redoNote: EditNote | null
  /** Steps that can be undone, oldest first. */
  readonly steps: readonly HistoryEntry[]
  readonly stateId: number

  /** Differs from what the server confirmed, or is about to confirm while a save is under way. */
  readonly unsaved: boolean
  readonly saving: boolean
  /** Edits since the revision last confirmed, undoing included, in order. */
  pending(): PendingEdits
  /** Take the pending edits to send. Until `saveDone` or `saveFailed`, undo adds to them instead of shortening them. */
  beginSave(): PendingEdits
  saveDone(revision: number): void
  saveFailed(): void
  /** The answer was lost: the next `beginSave` gives the same edits again, so that a repeated request is the same one. */
  saveUnanswered(): void
  /**
   * Put the edits others saved since `document.revision` under one's own. Where both changed a cell, `prefer` decides
   * (default mine); whatever of mine did not go through as it was is reported. Steps before it can no longer be undone.
   * `rebase_base_mismatch` where theirs do not fit what was last saved, `save_running`: nothing changes.
   */
  rebase(theirs: readonly PlanEdit[], revision: number, prefer?: 'mine' | 'theirs'): Result<RebaseReport>
  /** Give up the pending edits and take the others'. Refused as `rebase`. */
  takeTheirs(theirs: readonly PlanEdit[], revision: number): Result<PlanChange>

  /** Hear of every change, in order; returns the function that ends it. */
  subscribe(listener: (change: PlanChange) => void): () => void
}

export interface RebaseReport {
  readonly change: PlanChange
  readonly conflicts: readonly RebaseConflict[]
}
