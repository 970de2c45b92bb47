import type { PlanSession } from '@/core/plan-session'
import { toDataError } from '@/data/errors'
import { ReadRefusal } from '@/formats/read-refusal'
import { ref, shallowRef } from 'vue'
import type { PlanImport } from './exchange/import-plan'
import type { PlanFormat } from './exchange/formats'
import type { PlanFileWords } from './exchange/write-plan'
import { recordExport } from './papers-repository'

export interface ExchangeHost {
  /** The plan on display. */
  session(): PlanSession | null
  /** The draft that may be edited now. */
  draftSession(): PlanSession | null
  landId(): number | null
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** A file that was read and not taken yet. */
export interface ReadFile {
  readonly name: string
  readonly found: PlanImport
}

/** Why a file could not be read at all. */
export interface FileRefusal {
  readonly name: string
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>
  readonly row: number | null
}

/** Plans out as files, and files in: read, looked at, and taken as one edit. */
export function createExchange(host: ExchangeHost) {
  const busy = ref<'reading' | 'writing' | null>(null)
  const read = shallowRef<ReadFile | null>(null)
  const refusal = shallowRef<FileRefusal | null>(null)

  /** The plan on display as a file, on record before it is handed out; null where that failed. */
  async function write(format: PlanFormat, reason: string, words: Omit<PlanFileWords, 'watermark'>): Promise<Blob | null> {
    const session = host.session()
    if (!session || busy.value) return null
    busy.value = 'writing'
    try {
      const [{ writePlan }, { watermark }] = await Promise.all([
        import('./exchange/write-plan'),
        recordExport('plan', reason, session.document.grids.filter((grid) => grid !== null).length, { format, land: host.landId() ?? 0 }),
      ])
      return await writePlan(session, format, { ...words, watermark })
    } catch (thrown) {
      host.fail(thrown)
      return null
    } finally {
      busy.value = null
    }
  }

  /** Read a file against the draft; nothing is changed. */
  async function look(file: { readonly name: string; readonly bytes: () => Promise<Uint8Array> }): Promise<void> {
    const session = host.draftSession()
    if (!session || busy.value) return
    drop()
    busy.value = 'reading'
    try {
      const [{ readPlanFile }, { importPlan }] = await Promise.all([import('./exchange/read-plan-file'), import('./exchange/import-plan')])
      const found = importPlan(session, readPlanFile(file.name, await file.bytes()))
      read.value = { name: file.name, found }
    } catch (thrown) {
      const { code, values, row } = thrown instanceof ReadRefusal ? thrown : { code: toDataError(thrown).code, values: {}, row: null }
      refusal.value = { name: file.name, code, values, row }
    } finally {
      busy.value = null
    }
  }

  /** Make what was read one edit of the draft. A draft that changed since is read against anew by choosing the file again. */
  function take(): boolean {
    const session = host.draftSession()
    const file = read.value
    if (!session || !file) return false
    const done = session.apply(file.found.delta, { key: 'redesign.note.imported', values: { file: file.name, cells: file.found.delta.cells.length } })
    drop()
    if (done.ok) host.notify('success', 'exchange.taken', { file: file.name, cells: file.found.delta.cells.length })
    else host.notify('error', 'exchange.changedSince', { file: file.name })
    return done.ok
  }

  function drop(): void {
    read.value = null
    refusal.value = null
  }

  return { busy, read, refusal, write, look, take, drop }
}
