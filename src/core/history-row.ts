import type { EditNote } from './plan'

/** One line of the history of a land's grids: who did what to which plan; see `public.plan_history`. */
export interface HistoryRow {
  readonly at: string
  readonly by: string | null
  readonly action: 'imported' | 'land_changed' | 'published' | 'opened' | 'saved' | 'discarded'
  readonly planNumber: number | null
  readonly planTitle: string | null
  readonly editionNumber: number | null
  /** Of a save: its last edit and how many there were. Of an edition: what was written with it. */
  readonly note: { readonly text?: string | null; readonly edits?: number; readonly key?: string; readonly values?: EditNote['values'] } | null
  readonly cells: number | null
  readonly households: number | null
}
