import { shanghaiDay } from '@/core/issues/shanghai-time'
import { toDataError, type DataError } from '@/data/errors'
import { loadMyVisits, logVisits, undoVisit, type MyVisits, type VisitInput } from '@/data/visits'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { dueWords, todayBy, type DueWords } from './due-words'
import { browserKeptVisits } from './kept-visits'

/** As this browser keeps it; cleared at sign-out with all else that begins so. */
const STORED = 'gewu.own-visits'
/** The server has not said no: the same is sent again later. */
const LATER: readonly string[] = ['server_down', 'too_slow', 'too_many_requests', 'session_expired', 'unknown']

interface KeptWorkbook {
  readonly personId: string
  readonly readAtMs: number
  readonly workbook: MyVisits
}

/** A member's workbook: what is due, and visits logged here, which wait in this browser until the server has them. */
export const useOwnVisits = defineStore('own-visits', () => {
  const workbook = shallowRef<MyVisits | null>(null)
  const readAtMs = ref(0)
  const nowMs = ref(Date.now())
  const waiting = shallowRef<readonly VisitInput[]>([])
  /** The last one the server refused; it is let go. */
  const refused = shallowRef<{ readonly householdId: number; readonly error: DataError } | null>(null)
  /** False: this browser keeps nothing: what waits is lost when the page is closed. */
  const isKept = ref(true)
  let personId = ''
  let sending: Promise<void> | null = null

  const today = computed(() => (workbook.value ? todayBy(workbook.value.today, readAtMs.value, nowMs.value) : shanghaiDay(nowMs.value / 1000)))
  const judged = computed(() => new Map(workbook.value?.households.map((one) => [one.householdId, one])))
  const waitingOf = (householdId: number): VisitInput[] => waiting.value.filter((visit) => visit.householdId === householdId)
  const wordsOf = (householdId: number): DueWords => dueWords(judged.value.get(householdId), waitingOf(householdId), today.value)
  const late = computed(() => new Set([...judged.value.keys()].filter((householdId) => wordsOf(householdId).isLate)))
  const lastOf = (householdId: number): string | null => judged.value.get(householdId)?.lastVisitOn ?? null
  const undoableOf = (householdId: number) => workbook.value?.visits.find((visit) => visit.householdId === householdId && visit.isUndoable) ?? null

  function hold(next: MyVisits | null, atMs: number): void {
    workbook.value = next
    readAtMs.value = atMs
  }

  async function read(): Promise<void> {
    const owner = personId
    nowMs.value = Date.now()
    try {
      const answer = await loadMyVisits()
      if (owner !== personId) return
      hold(answer, Date.now())
      if (answer) localStorage.setItem(STORED, JSON.stringify({ personId, readAtMs: readAtMs.value, workbook: answer } satisfies KeptWorkbook))
    } catch {
      // Without a network, or where the browser has no room, what was read before stands.
    }
  }

  /** Take up what this browser keeps of the person, send what waits, read what is due. */
  async function load(person: string): Promise<void> {
    if (personId !== person) {
      personId = person
      waiting.value = []
      hold(null, 0)
      const kept = readKept(person)
      if (kept) hold(kept.workbook, kept.readAtMs)
    }
    const kept = await browserKeptVisits.read(person).catch(() => [])
    waiting.value = [...kept, ...waiting.value.filter(({ id }) => !kept.some((one) => one.id === id))]
    await send()
    await read()
  }

  /** Send what waits, in its order, until nothing answers; what the server refuses is told and let go. */
  function send(): Promise<void> {
    sending ??= sendAll().finally(() => (sending = null))
    return sending
  }
  async function sendAll(): Promise<void> {
    const owner = personId
    while (waiting.value.length > 0 && owner === personId) {
      const [visit] = waiting.value
      try {
        await logVisits([visit])
      } catch (thrown) {
        const error = toDataError(thrown)
        if (LATER.includes(error.code)) return
        refused.value = { householdId: visit.householdId, error }
      }
      await forget(owner, visit.id)
    }
  }

  async function forget(owner: string, visitId: string): Promise<void> {
    if (owner === personId) waiting.value = waiting.value.filter(({ id }) => id !== visitId)
    await browserKeptVisits.drop(owner, visitId).catch(() => undefined)
  }

  /** Keep a visit here and send it; resolves when the server has it or does not answer. */
  async function log(visit: VisitInput): Promise<void> {
    refused.value = null
    waiting.value = [...waiting.value, visit]
    isKept.value = await browserKeptVisits.put(personId, visit, Date.now()).then(() => true, () => false)
    await send()
    await read()
  }

  /** Take back a visit of today, sent or not. Throws `DataError`: `visit_settled`, or none answered. */
  async function undo(visitId: string): Promise<void> {
    // One that is on its way arrives first: it would stand after it was taken back.
    await sending
    if (waiting.value.some(({ id }) => id === visitId)) await forget(personId, visitId)
    else await undoVisit(visitId)
    await read()
  }

  return { workbook, today, waiting, refused, isKept, late, wordsOf, waitingOf, lastOf, undoableOf, load, send, read, log, undo }
})

function readKept(personId: string): KeptWorkbook | null {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? 'null') as KeptWorkbook | null
    return kept?.personId === personId ? kept : null
  } catch {
    return null
  }
}
