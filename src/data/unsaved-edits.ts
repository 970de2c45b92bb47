import { inBrowserTable } from './browser-table'

/** Edits the server has not confirmed, kept in the browser until it has. */
export interface UnsavedEdits<Edit> {
  readonly planId: string
  /** Whose they are: another person at the same desk is not offered them. */
  readonly personId: string
  readonly baseRevision: number
  readonly edits: readonly Edit[]
  /** ISO time. */
  readonly at: string
}

/** Where unsaved edits wait; an interface so that a test needs no browser. */
export interface UnsavedStore<Edit> {
  put(kept: UnsavedEdits<Edit>): Promise<void>
  get(planId: string, personId: string): Promise<UnsavedEdits<Edit> | null>
  drop(planId: string, personId: string): Promise<void>
}

/**
 * Unsaved edits in IndexedDB, which takes a long session where localStorage would be full; a database for each kind of
 * plan. A browser that refuses (private window, full disk) leaves the edits in memory; the promise's rejection says so.
 */
export function browserUnsavedStore<Edit>(database: string): UnsavedStore<Edit> {
  const key = (planId: string, personId: string) => `${personId}/${planId}`
  return {
    put: (kept) => inBrowserTable(database, 'readwrite', (table) => table.put(kept, key(kept.planId, kept.personId))).then(() => undefined),
    get: (planId, personId) =>
      inBrowserTable<UnsavedEdits<Edit> | undefined>(database, 'readonly', (table) => table.get(key(planId, personId))).then((kept) => kept ?? null),
    drop: (planId, personId) => inBrowserTable(database, 'readwrite', (table) => table.delete(key(planId, personId))).then(() => undefined),
  }
}

/** Unsaved edits of a person over all drafts of one kind, for the question before leaving. */
export const unsavedIn = (database: string) => ({
  async count(personId: string): Promise<number> {
    const kept = await inBrowserTable<UnsavedEdits<unknown>[]>(database, 'readonly', (table) => table.getAll(rangeOf(personId)))
    return kept.reduce((sum, { edits }) => sum + edits.length, 0)
  },
  drop: (personId: string): Promise<void> =>
    inBrowserTable(database, 'readwrite', (table) => table.delete(rangeOf(personId))).then(() => undefined),
})

/** Keys begin with the person. */
const rangeOf = (personId: string): IDBKeyRange => IDBKeyRange.bound(`${personId}/`, `${personId}/\uffff`)
