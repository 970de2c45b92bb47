import * as kept from '@/data/unsaved-edits'
import type { EditToSave } from './repository'

export type UnsavedEdits = kept.UnsavedEdits<EditToSave>
export type UnsavedStore = kept.UnsavedStore<EditToSave>

const DATABASE = 'gewu-redesign'

/** Where unsaved edits of grid plans wait in this browser. */
export const browserUnsavedStore = (): UnsavedStore => kept.browserUnsavedStore<EditToSave>(DATABASE)

/** Unsaved edits of a person over all drafts, for the question before leaving. */
export const unsavedOf = kept.unsavedIn(DATABASE)
