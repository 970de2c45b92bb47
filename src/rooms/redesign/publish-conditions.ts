import type { SaveState } from './saving'

/** What decides whether the draft may be published now. */
export interface PublishState {
  readonly canEdit: boolean
  readonly hasDraft: boolean
  /** The draft is on display and may be painted on. */
  readonly editing: boolean
  readonly inStroke: boolean
  readonly saveState: SaveState
  /** Another edition came in force since the draft was opened. */
  readonly outdated: boolean
  /** Differs from today in cells, grids, or edits that are not saved. */
  readonly differs: boolean
}

export type PublishBlock = 'no_permission' | 'no_draft' | 'looking' | 'stroke' | 'conflict' | 'saving' | 'outdated' | 'no_change'

/** Why publishing is not possible now, the first reason that a person can do something about; or null. */
export function whyNotPublish(state: PublishState): PublishBlock | null {
  if (!state.canEdit) return 'no_permission'
  if (!state.hasDraft) return 'no_draft'
  if (!state.editing) return 'looking'
  if (state.inStroke) return 'stroke'
  if (state.saveState === 'conflict') return 'conflict'
  if (state.saveState === 'saving') return 'saving'
  if (state.outdated) return 'outdated'
  return state.differs ? null : 'no_change'
}
