import type { PlanSession } from '@/core/plan-session'
import { toDataError } from '@/data/errors'
import { createStaleChoice } from '@/ui/drafting/stale-choice'
import type { OpenDraft } from './model'
import { compareEdits, type EditComparison } from './operations/compare-edits'
import { copyDraft, loadEditsSince, type EditToSave, type SavedEdit } from './repository'
import type { Saving } from './saving'

export interface ConflictHost {
  session(): PlanSession | null
  draft(): OpenDraft | null
  personName(): string
  saving: Saving
  openCopy(planId: string): Promise<void>
  refresh(): Promise<void>
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  /** Words of a key of this room, for titles that go to the server. */
  copyTitle(title: string, name: string): string
}

/** Somebody saved the draft first: cells both changed, and the choices by name. */
export const createConflict = (host: ConflictHost) =>
  createStaleChoice<EditToSave, SavedEdit, EditComparison>({
    ...host,
    loadEditsSince,
    copyDraft,
    compare: (theirs, mine) => compareEdits(theirs.map((edit) => edit.delta), mine.map((edit) => edit.delta)),
    reasonOf: (thrown) => toDataError(thrown).message,
  })
