import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import type { LandFrame } from '@/core/land-frame'
import type { Chunk } from './operations/pack-chunks'
import type { ImportReport } from './prepared-import'

/** A unit below the caller's, as the totals list it. */
export interface UnitRow {
  readonly id: number
  readonly name: string
  readonly code: string
  readonly level: string
  readonly households: number
}

/** Units below a unit. */
export const listUnits = (parentId: number): Promise<UnitRow[]> => callRpc<UnitRow[]>('org_totals', { p_parent: parentId })

export interface ImportMeta {
  readonly frame: LandFrame
  readonly source: ImportReport
  /** A street to be made below the unit; absent: the unit is the street. */
  readonly street?: { readonly code: string; readonly name: string; readonly initials: string; readonly parentId: number }
}

export interface ImportDone {
  readonly landId: number
  /** The street the land belongs to, new or not. */
  readonly orgUnitId: number
  readonly counts: Readonly<Record<string, number>>
}

export interface StoreWatch {
  progress(stage: 'sending' | 'committing', done: number): void
  readonly signal: AbortSignal
}

/**
 * Write an import: begin, chunks, commit. The server holds chunks apart and moves them over in one transaction, so until the commit
 * is confirmed nothing of the land exists. Whatever fails or is cancelled before that is given up on the server too.
 * Throws `DataError`, or the signal's reason.
 */
export async function storeImport(orgUnitId: number, meta: ImportMeta, chunks: Iterable<Chunk>, watch: StoreWatch): Promise<ImportDone> {
  const { importId } = await callRpc<{ importId: string }>('import_begin', { p_kind: 'land', p_org_unit: orgUnitId, p_meta: meta })
  try {
    for (const chunk of chunks) {
      watch.signal.throwIfAborted()
      await callRpc(
        'import_chunk',
        { p_import: importId, p_kind: chunk.kind, p_seq: chunk.seq, p_rows: chunk.rows },
        watch.signal,
      )
      watch.progress('sending', chunk.done)
    }
    watch.signal.throwIfAborted()
    watch.progress('committing', 1)
    // From here the server decides alone: an answer lost now must not be mistaken for a cancel.
    return await callWrite<ImportDone>('import_commit', { p_import: importId })
  } catch (error) {
    await callRpc('import_cancel', { p_import: importId }).catch(() => undefined)
    throw error
  }
}
