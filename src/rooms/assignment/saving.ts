import type { AssignmentEdit, AssignmentSession } from '@/core/assignment/assignment-session'
import { isUnanswered } from '@/data/call-write'
import { toDataError, type DataError } from '@/data/errors'
import { createSavingQueue } from '@/ui/drafting/saving-queue'
import type { StaleDraft } from '@/ui/drafting/stale-choice'
import { saveDraft } from './repository'
import type { UnsavedStore } from './unsaved-edits'

interface SavingHost {
  session(): AssignmentSession | null
  draft(): { planId: string } | null
  personId(): string | null
  unsaved: UnsavedStore
  /** The server confirmed a revision. */
  onSaved(revision: number): void
  onStale(stale: StaleDraft): void
  /** Say something once: an i18n key below `assignment.save`. */
  say(key: string, values?: Record<string, string | number>): void
}

/** Carries edits of the open draft to the server. A proposal is no edit before it is taken, so nothing is held back. */
export const createSaving = (host: SavingHost) =>
  createSavingQueue<AssignmentEdit, DataError>({
    ...host,
    send: saveDraft,
    toFailure: toDataError,
    isUnanswered,
    held: () => false,
    onStale: (error) => host.onStale(error.detail as unknown as StaleDraft),
  })

export type Saving = ReturnType<typeof createSaving>
