import { inBrowserTable } from '@/data/browser-table'
import { waitingByWalk, type KeptBatch, type KeptWalk, type KeptWalks } from './kept-walk'

/** What changes at once; all of it is kept, or nothing. */
export interface WalkChange {
  readonly walks?: readonly KeptWalk[]
  readonly batches?: readonly KeptBatch[]
  /** Walks that go, with all their batches. */
  readonly drop?: readonly string[]
}

/** Where walks wait; an interface so that a test needs no browser. Rejects where the browser keeps nothing or has no room. */
export interface WalkStore {
  read(personId: string): Promise<KeptWalks>
  write(personId: string, change: WalkChange): Promise<void>
}

const DATABASE = 'gewu-patrol'
const LAST = '\uffff'
/** Keys begin with the person: another person on the same phone is not shown them. */
const walkKey = (personId: string, trackId: string): string => `${personId}/${trackId}`
const SEQ_DIGITS = 6
const batchKey = (personId: string, { trackId, seq }: KeptBatch): string => `${walkKey(personId, trackId)}/${String(seq).padStart(SEQ_DIGITS, '0')}`
const rangeOf = (start: string): IDBKeyRange => IDBKeyRange.bound(start, `${start}${LAST}`)

/** Walks in IndexedDB, person by person. */
export const browserWalkStore: WalkStore = {
  async read(personId) {
    const kept = await inBrowserTable<(KeptWalk | KeptBatch)[]>(DATABASE, 'readonly', (table) => table.getAll(rangeOf(`${personId}/`)))
    const walks = kept.filter((one): one is KeptWalk => !('seq' in one))
    return {
      walks: walks.sort((a, b) => a.startedMs - b.startedMs),
      batches: kept.filter((one): one is KeptBatch => 'seq' in one),
    }
  },
  async write(personId, { walks = [], batches = [], drop = [] }) {
    await inBrowserTable(DATABASE, 'readwrite', (table) => {
      for (const walk of walks) table.put(walk, walkKey(personId, walk.trackId))
      for (const batch of batches) table.put(batch, batchKey(personId, batch))
      for (const trackId of drop) table.delete(rangeOf(walkKey(personId, trackId)))
      return table.count()
    })
  },
}

/** What waits to be sent of a person's walks, for the question before leaving. */
export const unsavedWalks = {
  count: async (personId: string): Promise<number> => Object.values(waitingByWalk(await browserWalkStore.read(personId))).reduce((sum, n) => sum + n, 0),
  async drop(personId: string): Promise<void> {
    await inBrowserTable(DATABASE, 'readwrite', (table) => table.delete(rangeOf(`${personId}/`)))
  },
}
