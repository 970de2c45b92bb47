import type { PendingEdits, Edit } from '../pending-edits'
import type { HistoryEntry } from '../history'
import type { EditNote } from '../plan'
import type { Result } from '../result'
import type { AssignmentComparison } from './compare-assignments'
import type { AssignmentDelta, AssignmentFinding } from './assignment-plan'
import type { AssignmentSettings } from './assignment-scope'
import type { AssignmentState } from './assignment-index'
import type { AssignmentWaiver } from './find-assignment-findings'
import type { MemberLoads } from './member-loads'
import type { MemberLimits } from './member-rules'
import type { AssignmentConflict } from './replay-assignment-edits'
import type { WalkLookup } from './walks'

export type AssignmentEdit = Edit<AssignmentDelta>
export type PendingAssignmentEdits = PendingEdits<AssignmentDelta>

/** One applied delta: the only thing that map, lists and save listen to. */
export interface AssignmentChange {
  readonly cause: 'edit' | 'undo' | 'redo' | 'rebase'
  readonly delta: AssignmentDelta
  readonly note: EditNote
  /** Household indices whose member, pin or exclusions may have changed, ascending. */
  readonly changedHouseholds: Int32Array
  /** Member indices whose households, terms or care may have changed, ascending. */
  readonly changedMembers: Int32Array
  /** Aims or modes changed: limits of anybody may be others. */
  readonly rulesChanged: boolean
  readonly stateId: number
}

/** An assignment plan open for editing. Made by `createAssignmentSession`. */
export interface AssignmentSession extends AssignmentState {
  /** Aims of the plan, else the street's settings. */
  readonly settings: AssignmentSettings
  /** Columns by member, kept from edit to edit. */
  readonly loads: MemberLoads
  limits(member: number): MemberLimits
  /** Sorted by code, then community or member id. */
  findings(): readonly AssignmentFinding[]
  /** What is found about one member. */
  findingsOf(member: number): readonly AssignmentFinding[]
  setWaivers(waivers: readonly AssignmentWaiver[]): void
  /** Against the ties in force. */
  comparison(): AssignmentComparison
  readonly walks: WalkLookup
  /** Walks became known: loads count them from now on. Not a change of the plan. */
  setWalks(walks: WalkLookup): void

  /** Apply a delta as one step of history. */
  apply(delta: AssignmentDelta, note: EditNote): Result<AssignmentChange>
  /** `nothing_to_undo`, `nothing_to_redo`. */
  undo(): Result<AssignmentChange>
  redo(): Result<AssignmentChange>
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly undoNote: EditNote | null
  readonly redoNote: EditNote | null
  /** Steps that can be undone, oldest first. */
  readonly steps: readonly HistoryEntry<AssignmentDelta>[]
  readonly stateId: number

  /** Differs from what the server confirmed, or is about to confirm while a save is under way. */
  readonly unsaved: boolean
  readonly saving: boolean
  pending(): PendingAssignmentEdits
  beginSave(): PendingAssignmentEdits
  saveDone(revision: number): void
  saveFailed(): void
  /** The answer was lost: the next `beginSave` gives the same edits again. */
  saveUnanswered(): void
  /**
   * Put the edits others saved since `document.revision` under one's own; where both changed the same, `prefer` decides
   * (default mine). `rebase_base_mismatch`, `save_running`: nothing changes.
   */
  rebase(theirs: readonly AssignmentEdit[], revision: number, prefer?: 'mine' | 'theirs'): Result<AssignmentRebaseReport>
  /** Give up the pending edits and take the others'. Refused as `rebase`. */
  takeTheirs(theirs: readonly AssignmentEdit[], revision: number): Result<AssignmentChange>

  /** Hear of every change, in order; returns the function that ends it. */
  subscribe(listener: (change: AssignmentChange) => void): () => void
}

export interface AssignmentRebaseReport {
  readonly change: AssignmentChange
  readonly conflicts: readonly AssignmentConflict[]
}
