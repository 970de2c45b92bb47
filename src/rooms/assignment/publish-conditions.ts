import type { SaveState } from '@/ui/drafting/saving-queue'

/** What decides whether the draft may be published now. */
export interface PublishState {
  readonly canEdit: boolean
  readonly hasDraft: boolean
  /** The draft is on display. */
  readonly onDisplay: boolean
  /** A proposal waits for a yes, or is being worked out. */
  readonly pending: boolean
  readonly saveState: SaveState
  /** Another edition came into force in a community that the draft covers. */
  readonly outdated: boolean
}

export type PublishBlock = 'no_permission' | 'no_draft' | 'looking' | 'pending' | 'conflict' | 'saving' | 'outdated'

/** Why publishing is not possible now, the first reason that a person can do something about; or null. */
export function whyNotPublish(state: PublishState): PublishBlock | null {
  if (!state.canEdit) return 'no_permission'
  if (!state.hasDraft) return 'no_draft'
  if (!state.onDisplay) return 'looking'
  if (state.pending) return 'pending'
  if (state.saveState === 'conflict') return 'conflict'
  if (state.saveState === 'saving') return 'saving'
  return state.outdated ? 'outdated' : null
}
