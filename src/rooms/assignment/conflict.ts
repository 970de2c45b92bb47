import type { AssignmentEdit, AssignmentSession } from '@/core/assignment/assignment-session'
import { toDataError } from '@/data/errors'
import { createStaleChoice } from '@/ui/drafting/stale-choice'
import type { OpenDraft } from './drafts'
import { compareTieEdits, type TieEditComparison } from './operations/compare-tie-edits'
import { copyDraft, loadEditsSince, type SavedEdit } from './repository'
import type { Saving } from './saving'

interface ConflictHost {
  session(): AssignmentSession | null
  draft(): OpenDraft | null
  personName(): string
  saving: Saving
  openCopy(planId: string): Promise<void>
  refresh(): Promise<void>
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  copyTitle(title: string, name: string): string
}

/** Somebody saved the draft first: households both gave away, and the choices by name. */
export const createConflict = (host: ConflictHost) =>
  createStaleChoice<AssignmentEdit, SavedEdit, TieEditComparison>({
    ...host,
    loadEditsSince,
    copyDraft,
    compare: (theirs, mine) => compareTieEdits(theirs.map((edit) => edit.delta), mine.map((edit) => edit.delta)),
    reasonOf: (thrown) => toDataError(thrown).message,
  })
