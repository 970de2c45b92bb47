import type { LngLat } from '@/core/units'
import type { ImportFinding, Severity } from '../model'

/** Findings of one kind that are kept one by one; beyond it they are counted only. */
const KEPT_PER_CODE = 1_000

/** Findings as they come, bounded: a file of a million bad rows must not become a million objects. */
export class FindingList {
  readonly #list: ImportFinding[] = []
  readonly #counts: Record<string, number> = {}

  constructor(private readonly file: number) {}

  get list(): readonly ImportFinding[] {
    return this.#list
  }

  /** All findings by code, those that were not kept too. */
  get counts(): Readonly<Record<string, number>> {
    return this.#counts
  }

  /** Whether something stands here that an import cannot go past. */
  get blocked(): boolean {
    return this.#list.some((finding) => finding.severity === 'blocker')
  }

  /** Take in the findings of another list. */
  take(list: readonly ImportFinding[], counts: Readonly<Record<string, number>>): void {
    for (const finding of list) this.#list.push(finding)
    for (const [code, count] of Object.entries(counts)) this.#counts[code] = (this.#counts[code] ?? 0) + count
  }

  add(
    code: string,
    severity: Severity,
    row: number | null,
    values: Readonly<Record<string, string | number>> = {},
    field: string | null = null,
    at?: LngLat,
    file = this.file,
  ): void {
    this.#counts[code] = (this.#counts[code] ?? 0) + 1
    if (this.#counts[code] > KEPT_PER_CODE) return
    this.#list.push({ file, row, field, code, severity, values, remedyKey: `remedy.${code}`, at })
  }
}
