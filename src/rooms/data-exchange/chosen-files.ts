import { ref, shallowRef, triggerRef } from 'vue'
import { JobError } from '@/jobs/job'
import { runInspect } from './jobs/inspect/run-inspect'
import type { CoordinateSystem, FieldMapping, FileSummary, LayerName } from './model'

/** A chosen file with what looking into it told and what the person said of it. */
export interface ChosenFile {
  readonly key: number
  readonly file: File
  readonly state: 'reading' | 'ready' | 'failed'
  readonly done: number
  readonly summary: FileSummary | null
  /** Asked for every file: null until chosen. */
  readonly system: CoordinateSystem | null
  readonly layer: LayerName | null
  readonly mapping: FieldMapping
}

const NO_MAPPING: FieldMapping = { name: null, code: null, floors: null, households: null, address: null }

/** Whether a file can be part of an import: it was read, and nothing in it says it cannot be used. */
export const isUsable = (chosen: ChosenFile): boolean => chosen.state === 'ready'

/** The list of chosen files. Each is looked into at once; removing one that is being read ends the reading. */
export function createChosenFiles() {
  const list = shallowRef<readonly ChosenFile[]>([])
  const fault = ref<string | null>(null)
  const readers = new Map<number, AbortController>()
  let nextKey = 1

  function change(key: number, part: Partial<ChosenFile>): void {
    list.value = list.value.map((chosen) => (chosen.key === key ? { ...chosen, ...part } : chosen))
    triggerRef(list)
  }

  async function inspect(key: number, file: File): Promise<void> {
    const reader = new AbortController()
    readers.set(key, reader)
    try {
      const summary = await runInspect(file, { signal: reader.signal, onProgress: (done) => change(key, { done }) })
      const blocked = summary.findings.some((finding) => finding.severity === 'blocker') || summary.rows === 0
      // A table has no places, so there is nothing to ask.
      const system = summary.extent === null ? 'wgs84' : null
      change(key, { state: blocked ? 'failed' : 'ready', done: 1, summary, mapping: summary.mapping, system })
    } catch (error) {
      if (error instanceof JobError && error.code === 'aborted') return
      fault.value = String((error as Error).message)
      change(key, { state: 'failed' })
    } finally {
      readers.delete(key)
    }
  }

  return {
    list,
    fault,
    /** Look into files one after another: two large ones at once would need twice the memory. */
    async add(files: Iterable<File>): Promise<void> {
      const added = [...files].map((file): ChosenFile => ({
        key: nextKey++, file, state: 'reading', done: 0, summary: null, system: null, layer: null, mapping: NO_MAPPING,
      }))
      list.value = [...list.value, ...added]
      for (const { key, file } of added) if (list.value.some((chosen) => chosen.key === key)) await inspect(key, file)
    },
    remove(key: number): void {
      readers.get(key)?.abort()
      list.value = list.value.filter((chosen) => chosen.key !== key)
    },
    clear(): void {
      for (const reader of readers.values()) reader.abort()
      list.value = []
    },
    change,
  }
}
