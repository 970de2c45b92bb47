import type { Severity, SourceFeature } from '../model'
import type { ReadLimits } from '@/formats/read-limits'

/** What a reader may do: hand on rows, name faults, and let others breathe. */
export interface ReadContext {
  readonly limits: ReadLimits
  emit(feature: SourceFeature): void
  find(code: string, severity: Severity, row: number | null, values?: Readonly<Record<string, string | number>>, field?: string): void
  /** Between blocks of work: reports the share done (0–1) and rejects once the job was cancelled. */
  pause(done: number): Promise<void>
}
