import type { AssignmentEdit } from '@/core/assignment/assignment-session'
import * as kept from '@/data/unsaved-edits'

export type UnsavedEdits = kept.UnsavedEdits<AssignmentEdit>
export type UnsavedStore = kept.UnsavedStore<AssignmentEdit>

const DATABASE = 'gewu-assignment'

/** Where unsaved edits of assignment plans wait in this browser. */
export const browserUnsavedStore = (): UnsavedStore => kept.browserUnsavedStore<AssignmentEdit>(DATABASE)

/** Unsaved edits of a person over all drafts, for the question before leaving. */
export const unsavedOf = kept.unsavedIn(DATABASE)
