import type { SaveState } from '@/ui/drafting/saving-queue'
import type { PlanPapers } from './papers-repository'

/** What decides whether the draft may be published now. */
export interface PublishState {
  readonly canEdit: boolean
  /** Null until they are read; the server decides in any case. */
  readonly papers: Pick<PlanPapers, 'stage' | 'rule' | 'mayDecide' | 'mayPublish'> | null
  readonly hasDraft: boolean
  /** The draft is on display. */
  readonly onDisplay: boolean
  readonly inStroke: boolean
  /** Edits wait to be accepted. */
  readonly pending: boolean
  readonly saveState: SaveState
  /** Another edition came in force since the draft was opened. */
  readonly outdated: boolean
  /** Differs from today in cells, grids, or edits that are not saved. */
  readonly differs: boolean
}

export type PublishBlock =
  | 'no_permission' | 'submit_instead' | 'admin_publishes' | 'no_draft' | 'looking' | 'stroke' | 'pending' | 'conflict' | 'saving' | 'outdated' | 'not_approved' | 'no_change'

/** Why publishing is not possible now, the first reason that a person can do something about; or null. */
export function whyNotPublish(state: PublishState): PublishBlock | null {
  if (!state.canEdit) return 'no_permission'
  if (!state.hasDraft) return 'no_draft'
  if (state.papers && !state.papers.mayDecide) return 'submit_instead'
  if (state.papers && !state.papers.mayPublish) return 'admin_publishes'
  if (!state.onDisplay) return 'looking'
  if (state.inStroke) return 'stroke'
  if (state.pending) return 'pending'
  if (state.saveState === 'conflict') return 'conflict'
  if (state.saveState === 'saving') return 'saving'
  if (state.outdated) return 'outdated'
  if (state.papers?.rule.approvalRequired && state.papers.stage !== 'approved') return 'not_approved'
  return state.differs ? null : 'no_change'
}
