import { callWrite } from './call-write'

/**
 * Put an export on record before anything is handed out.
 * @param reason why, at least four letters
 * @returns the watermark that what is handed out must bear
 * @throws DataError `not_allowed`, `reason_required`, `export_invalid`
 */
export const recordExport = (kind: string, reason: string, rows: number, filter: Readonly<Record<string, string | number>>): Promise<{ readonly watermark: string }> =>
  callWrite('record_export', { p_kind: kind, p_reason: reason, p_rows: rows, p_filter: filter })
