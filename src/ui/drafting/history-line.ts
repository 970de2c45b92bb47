import type { HistoryRow } from '@/core/history-row'

/** What the history of any kind of plan says in each of its rows. */
export type HistoryLine = Pick<HistoryRow, 'at' | 'by' | 'action' | 'planNumber' | 'planTitle' | 'editionNumber' | 'note'>
