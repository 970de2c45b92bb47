import { composeAssignmentDeltas, isEmptyAssignmentDelta } from '@/core/assignment/assignment-delta'
import type { AssignmentEdit, AssignmentSession } from '@/core/assignment/assignment-session'
import { replayAssignmentEdits } from '@/core/assignment/replay-assignment-edits'
import { ok } from '@/core/result'
import { createDraftList } from '@/ui/drafting/draft-list'
import { discardDraft, listDrafts, loadPlan, openDraft, type AssignmentRecord, type DraftSummary } from './repository'
import type { Saving } from './saving'
import type { UnsavedEdits, UnsavedStore } from './unsaved-edits'
import type { Ground } from './views'

/** The draft that is open. What changes with every edit stands in its session. */
export interface OpenDraft {
  readonly planId: string
  readonly number: number
  readonly title: string
  readonly orgUnitId: number
  /** Communities it covers. */
  readonly communityIds: readonly number[]
  /** Of these the ones where another edition came into force since. */
  readonly movedIds: readonly number[]
}

interface DraftsHost {
  ground(): Ground | null
  /** Unit a new draft is for. */
  unitId(): number | null
  personId(): string | null
  canEdit(): boolean
  draft(): OpenDraft | null
  session(): AssignmentSession | null
  setDraft(record: AssignmentRecord | null): void
  show(kind: 'draft' | 'today'): void
  isShowingToday(): boolean
  saving: Saving
  unsaved: UnsavedStore
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** Drafts of the street: the list, starting, opening and giving up; edits that waited in the browser. */
export const createDrafts = (host: DraftsHost) =>
  createDraftList<AssignmentEdit, DraftSummary, AssignmentRecord, UnsavedEdits>({
    ...host,
    list: () => listDrafts(host.ground()!.scope.landId),
    make: (title) => openDraft(host.unitId() ?? host.ground()!.streetId, title),
    read: (planId) => loadPlan(host.ground()!.assignmentScope, planId),
    giveUp: discardDraft,
    showDraft: () => host.show('draft'),
    showToday: () => host.show('today'),
    isContained: (edits) => isContained(host.session()!, edits),
    replay: (edits) => replay(host.session()!, edits),
    lastKey: 'gewu.assignment.draft',
  })

/** The server confirmed the edits, but the page was gone before it heard so: ties and pins are as they leave them. */
function isContained({ document, context }: AssignmentSession, edits: readonly AssignmentEdit[]): boolean {
  const whole = composeAssignmentDeltas(edits.map((edit) => edit.delta))
  const at = (id: number) => context.householdIndex.get(id) ?? -1
  const hasOtherChanges = [whole.care, whole.exclusions, whole.terms, whole.modes].some((list) => (list?.length ?? 0) > 0) || whole.aims !== undefined
  return (
    !hasOtherChanges &&
    whole.ties.every(({ household, to }) => document.householdMember[at(household)] === (to === null ? -1 : context.memberIndex.get(to))) &&
    (whole.pins ?? []).every(({ household, to }) => (document.pinned[at(household)] === 1) === to)
  )
}

function replay(session: AssignmentSession, edits: readonly AssignmentEdit[]): number {
  const conflicts = replayAssignmentEdits(session, edits, 'mine', (delta, note) => (isEmptyAssignmentDelta(delta) ? ok(null) : session.apply(delta, note)))
  return conflicts.filter((found) => found.kept === 'theirs').length
}
