import type { PlanSession } from '@/core/plan-session'
import { isUnanswered } from '@/data/call-write'
import { toDataError, type DataError } from '@/data/errors'
import { createSavingQueue } from '@/ui/drafting/saving-queue'
import type { StaleDraft } from '@/ui/drafting/stale-choice'
import { saveDraft, type EditToSave } from './repository'
import type { UnsavedStore } from './unsaved-edits'

/** What saving needs of the room. */
export interface SavingHost {
  session(): PlanSession | null
  draft(): { planId: string; number: number } | null
  personId(): string | null
  unsaved: UnsavedStore
  /** Edits wait to be accepted: nothing is sent until they are. */
  held(): boolean
  /** The server confirmed a revision. */
  onSaved(revision: number): void
  onStale(stale: StaleDraft): void
  /** Say something once: an i18n key below `redesign.save`. */
  say(key: string, values?: Record<string, string | number>): void
}

/** Carries edits of the open draft to the server. */
export const createSaving = (host: SavingHost) =>
  createSavingQueue<EditToSave, DataError>({
    ...host,
    send: saveDraft,
    toFailure: toDataError,
    isUnanswered,
    onStale: (error) => host.onStale(error.detail as unknown as StaleDraft),
  })

export type Saving = ReturnType<typeof createSaving>
