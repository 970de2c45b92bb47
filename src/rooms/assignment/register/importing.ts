import type { AssignmentSession } from '@/core/assignment/assignment-session'
import type { Scope } from '@/core/scope'
import { toDataError } from '@/data/errors'
import { ReadRefusal } from '@/formats/read-refusal'
import { computed, ref, shallowRef } from 'vue'
import type { RegisterImport } from './dry-run-register'

export interface ImportingHost {
  /** The draft that may be edited now. */
  session(): AssignmentSession | null
  scope(): Scope | null
  notify(tone: 'success' | 'error', key: string, values: Record<string, string | number>): void
}

/** A register on its way in: read, tried on the draft, and taken as one edit. */
export function createImporting(host: ImportingHost) {
  const busy = ref(false)
  const read = shallowRef<{ readonly name: string; readonly found: RegisterImport } | null>(null)
  /** Why a file could not be read at all. */
  const refusal = shallowRef<{ readonly name: string; readonly code: string; readonly values: Readonly<Record<string, string | number>> } | null>(null)
  const changes = computed(() => (read.value ? read.value.found.delta.ties.length + (read.value.found.delta.terms?.length ?? 0) : 0))

  /** Try a file on the draft; nothing is changed. */
  async function look(name: string, bytes: () => Promise<Uint8Array>): Promise<void> {
    const session = host.session()
    const scope = host.scope()
    if (!session || !scope || busy.value) return
    drop()
    busy.value = true
    try {
      const [{ readRegister }, { dryRunRegister }] = await Promise.all([import('./read-register'), import('./dry-run-register')])
      read.value = { name, found: dryRunRegister(session, scope, readRegister(await bytes())) }
    } catch (thrown) {
      const { code, values } = thrown instanceof ReadRefusal ? thrown : { code: toDataError(thrown).code, values: {} }
      refusal.value = { name, code, values }
    } finally {
      busy.value = false
    }
  }

  /** Make what was read one edit of the draft. A draft that changed since is read against anew by choosing the file again. */
  function take(): boolean {
    const session = host.session()
    const file = read.value
    if (!session || !file) return false
    const values = { file: file.name, ties: file.found.delta.ties.length, terms: file.found.delta.terms?.length ?? 0 }
    const done = session.apply(file.found.delta, { key: 'assignment.papers.note', values })
    drop()
    host.notify(done.ok ? 'success' : 'error', done.ok ? 'papers.register.taken' : 'papers.register.changedSince', values)
    return done.ok
  }

  function drop(): void {
    read.value = null
    refusal.value = null
  }

  return { busy, read, refusal, changes, look, take, drop }
}
