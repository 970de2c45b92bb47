import type { EditToSave } from './repository'

/** Edits the server has not confirmed, kept in the browser until it has. */
export interface UnsavedEdits {
  readonly planId: string
  /** Whose they are: another person at the same desk is not offered them. */
  readonly personId: string
  readonly baseRevision: number
  readonly edits: readonly EditToSave[]
  /** ISO time. */
  readonly at: string
}

/** Where unsaved edits wait; an interface so that a test needs no browser. */
export interface UnsavedStore {
  put(kept: UnsavedEdits): Promise<void>
  get(planId: string, personId: string): Promise<UnsavedEdits | null>
  drop(planId: string, personId: string): Promise<void>
}

const DATABASE = 'gewu-redesign'
const TABLE = 'unsaved'

/**
 * Unsaved edits in IndexedDB, which takes a long session where localStorage would be full. A browser that refuses
 * (private window, full disk) leaves the edits in memory; the panel then says so by the promise's rejection.
 */
export function browserUnsavedStore(): UnsavedStore {
  const key = (planId: string, personId: string) => `${personId}/${planId}`
  return {
    put: (kept) => inTable('readwrite', (table) => table.put(kept, key(kept.planId, kept.personId))).then(() => undefined),
    get: (planId, personId) =>
      inTable<UnsavedEdits | undefined>('readonly', (table) => table.get(key(planId, personId))).then((kept) => kept ?? null),
    drop: (planId, personId) =>
      inTable('readwrite', (table) => table.delete(key(planId, personId))).then(() => undefined),
  }
}

/** Unsaved edits of a person over all drafts, for the question before leaving. */
export const unsavedOf = {
  async count(personId: string): Promise<number> {
    const kept = await inTable<UnsavedEdits[]>('readonly', (table) => table.getAll(rangeOf(personId)))
    return kept.reduce((sum, { edits }) => sum + edits.length, 0)
  },
  drop: (personId: string): Promise<void> => inTable('readwrite', (table) => table.delete(rangeOf(personId))).then(() => undefined),
}

/** Keys begin with the person. */
const rangeOf = (personId: string): IDBKeyRange => IDBKeyRange.bound(`${personId}/`, `${personId}/\uffff`)

function inTable<T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const transaction = database.transaction(TABLE, mode)
      const request = act(transaction.objectStore(TABLE))
      // A write is kept only when its transaction is complete.
      transaction.oncomplete = () => {
        database.close()
        resolve(request.result as T)
      }
      transaction.onabort = () => {
        database.close()
        reject(transaction.error)
      }
    }
  })
}
