import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { loadScope } from '@/data/scope-snapshot'
import type { LandFrame } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import type { Chunk } from './operations/pack-chunks'
import type { ImportReport } from './prepared-import'
import type { StandingLand } from './standing-land'

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

/** Put an export on record before it is handed out; the watermark names who, where, when and the export. */
export const recordExport = (kind: string, reason: string, rows: number, filter: Record<string, unknown>): Promise<{ watermark: string }> =>
  callWrite('record_export', { p_kind: kind, p_reason: reason, p_rows: rows, p_filter: filter })

/** A land as the map has it, and what it was cut from. */
export async function loadStanding(landId: number, signal?: AbortSignal): Promise<{ scope: Scope; source: StandingLand }> {
  const [scope, source] = await Promise.all([
    loadScope(landId, buildCellAdjacency, signal),
    callRpc<StandingLand>('land_source', { p_land: landId }, signal),
  ])
  return { scope, source }
}

export interface LandMeta {
  readonly frame: LandFrame
  readonly source: ImportReport
  /** A street to be made below the unit; absent: the unit is the street. */
  readonly street?: { readonly code: string; readonly name: string; readonly initials: string; readonly parentId: number }
}

export interface ChangeMeta {
  /** Edition of the land the change was made on. */
  readonly baseEdition: number
  readonly source: ImportReport
  /** What history calls it. */
  readonly note: string
}

export interface ImportDone {
  readonly landId: number
  /** The street the land belongs to, new or not. */
  readonly orgUnitId: number
  readonly counts: Readonly<Record<string, number>>
}

/** A cell or grid of the new edition that a person should look at. */
export interface ReviewItem {
  readonly code: 'cell_tied' | 'cell_of_several_grids' | 'cell_without_grid' | 'grid_in_pieces'
  readonly grid?: string
  readonly otherGrid?: string | null
  readonly sharePercent?: number
  readonly otherSharePercent?: number
  readonly pieces?: number
  readonly lng: number
  readonly lat: number
}

interface ChangeOutcome {
  readonly counts: Readonly<Record<string, number>>
  readonly landEdition: number
  readonly gridEdition: number
  readonly changedCells: number
  readonly movedHouseholds: number
  readonly review: readonly ReviewItem[]
  readonly drafts: readonly { readonly planId: string; readonly number: number; readonly title: string; readonly cells: number; readonly outdated: boolean; readonly landSetAside?: boolean }[]
}

export interface ChangeDone extends ImportDone, ChangeOutcome {
  readonly counts: Readonly<Record<string, number>>
}

export interface ChangeCheck extends ChangeOutcome {
  readonly errorCount: number
  readonly errors: readonly { readonly kind: string; readonly row: number | null; readonly code: string }[]
}

export interface StoreWatch {
  progress(stage: 'sending' | 'committing', done: number): void
  readonly signal: AbortSignal
}

/**
 * Write an import: begin, chunks, commit. The server holds chunks apart and moves them over in one transaction, so until the commit
 * is confirmed nothing of it exists. Whatever fails or is cancelled before that is given up on the server too.
 * Throws `DataError`, or the signal's reason.
 */
export function storeImport<Done extends ImportDone>(
  kind: 'land' | 'land_change', orgUnitId: number, meta: LandMeta | ChangeMeta, chunks: Iterable<Chunk>, watch: StoreWatch,
): Promise<Done> {
  return withImport(kind, orgUnitId, meta, chunks, watch, (importId) => {
    watch.progress('committing', 1)
    // From here the server decides alone: an answer lost now must not be mistaken for a cancel.
    return callRpc<Done>('import_commit', { p_import: importId })
  })
}

/** Let the server try a change and undo it. Throws `DataError`, or the signal's reason. */
export async function checkChange(orgUnitId: number, meta: ChangeMeta, chunks: Iterable<Chunk>, signal: AbortSignal): Promise<ChangeCheck> {
  const silent: StoreWatch = { progress: () => undefined, signal }
  return withImport('land_change', orgUnitId, meta, chunks, silent, async (importId) => {
    const check = await callRpc<ChangeCheck>('import_check', { p_import: importId }, signal)
    await callRpc('import_cancel', { p_import: importId }).catch(() => undefined)
    return check
  })
}

async function withImport<T>(
  kind: string, orgUnitId: number, meta: LandMeta | ChangeMeta, chunks: Iterable<Chunk>, watch: StoreWatch, finish: (importId: string) => Promise<T>,
): Promise<T> {
  const { importId } = await callRpc<{ importId: string }>('import_begin', { p_kind: kind, p_org_unit: orgUnitId, p_meta: meta })
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
    return await finish(importId)
  } catch (error) {
    await callRpc('import_cancel', { p_import: importId }).catch(() => undefined)
    throw error
  }
}
