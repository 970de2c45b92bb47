const TABLE = 'unsaved'

/**
 * Act on the one table of a database of this browser (IndexedDB), in one transaction: all that `act` asks is kept, or nothing.
 * Answers what the request that `act` returns found. Rejects where the browser keeps nothing or has no room.
 */
export function inBrowserTable<T>(name: string, mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const transaction = database.transaction(TABLE, mode)
      let request: IDBRequest
      try {
        request = act(transaction.objectStore(TABLE))
      } catch (thrown) {
        database.close()
        return reject(thrown)
      }
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
