import { inBrowserTable } from '@/data/browser-table'
import type { VisitInput } from '@/data/visits'

/** Where visits wait that were logged without a network; an interface so that a test needs no browser. Rejects where the browser keeps nothing. */
export interface KeptVisits {
  /** In the order in which they were logged. */
  read(personId: string): Promise<readonly VisitInput[]>
  put(personId: string, visit: VisitInput, atMs: number): Promise<void>
  drop(personId: string, visitId: string): Promise<void>
}

interface KeptVisit {
  readonly visit: VisitInput
  readonly atMs: number
}

const DATABASE = 'gewu-visits'
/** Keys begin with the person: another person on the same phone is not shown them. */
const keyOf = (personId: string, visitId: string): string => `${personId}/${visitId}`
const rangeOf = (personId: string): IDBKeyRange => IDBKeyRange.bound(`${personId}/`, `${personId}/\uffff`)

export const browserKeptVisits: KeptVisits = {
  async read(personId) {
    const kept = await inBrowserTable<KeptVisit[]>(DATABASE, 'readonly', (table) => table.getAll(rangeOf(personId)))
    return kept.sort((a, b) => a.atMs - b.atMs).map(({ visit }) => visit)
  },
  async put(personId, visit, atMs) {
    await inBrowserTable(DATABASE, 'readwrite', (table) => table.put({ visit, atMs } satisfies KeptVisit, keyOf(personId, visit.id)))
  },
  async drop(personId, visitId) {
    await inBrowserTable(DATABASE, 'readwrite', (table) => table.delete(keyOf(personId, visitId)))
  },
}

/** Visits of a person that wait to be sent, for the question before leaving. */
export const unsentVisits = {
  count: async (personId: string): Promise<number> => (await browserKeptVisits.read(personId)).length,
  async drop(personId: string): Promise<void> {
    await inBrowserTable(DATABASE, 'readwrite', (table) => table.delete(rangeOf(personId)))
  },
}
