import { composeDeltas, isEmptyDelta, isSameGridRecord } from '@/core/delta'
import { toGridRecord } from '@/core/plan-index'
import type { PlanSession } from '@/core/plan-session'
import { replayEdits } from '@/core/replay-edits'
import { ok } from '@/core/result'
import { createDraftList } from '@/ui/drafting/draft-list'
import type { Ground } from './ground'
import type { DraftSummary, OpenDraft } from './model'
import { discardDraft, listDrafts, loadPlan, openDraft, type EditToSave, type PlanRecord } from './repository'
import type { Saving } from './saving'
import type { UnsavedEdits, UnsavedStore } from './unsaved-edits'

export interface DraftsHost {
  ground(): Ground | null
  personId(): string | null
  canEdit(): boolean
  draft(): OpenDraft | null
  session(): PlanSession | null
  /** Put a draft in place of the one that is open, or none. */
  setDraft(record: PlanRecord | null): void
  /** Show the open draft, or the grids in force. */
  showDraft(planId: string): void
  showToday(): void
  isShowingToday(): boolean
  saving: Saving
  unsaved: UnsavedStore
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** Drafts of the street: the list, starting, opening and giving up; edits that waited in the browser. */
export const createDrafts = (host: DraftsHost) =>
  createDraftList<EditToSave, DraftSummary, PlanRecord, UnsavedEdits>({
    ...host,
    list: () => listDrafts(host.ground()!.scope.landId),
    make: (title) => openDraft(host.ground()!.scope.landId, title),
    read: loadPlan,
    giveUp: discardDraft,
    isContained: (edits) => isContained(host.session()!, edits),
    replay: (edits) => replay(host.session()!, edits),
    lastKey: 'gewu.redesign.draft',
  })

/** The server confirmed the edits, but the page was gone before it heard so: the draft is as they leave it. */
function isContained({ document, context, index }: PlanSession, edits: readonly EditToSave[]): boolean {
  const whole = composeDeltas(...edits.map((edit) => edit.delta))
  return (
    whole.cells.every(({ cell, to }) => document.cellGrid[context.cellIndex.get(cell) ?? -1] === index.slotOf(to)) &&
    whole.grids.every(({ before, after }) => {
      const grid = document.grids[index.slotOf((after ?? before)!.id)] ?? null
      return isSameGridRecord(after, grid && toGridRecord(context, grid))
    })
  )
}

function replay(session: PlanSession, edits: readonly EditToSave[]): number {
  const conflicts = replayEdits(session, edits, 'mine', (delta, note) => (isEmptyDelta(delta) ? ok(null) : session.apply(delta, note)))
  return conflicts.filter((found) => found.kept === 'theirs').length
}
