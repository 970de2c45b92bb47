import { beforeEach, expect, it } from 'vitest'
import type { KeptWalk } from '@/rooms/patrol/phone/kept-walk'
import { createWalkQueue, type WalkQueue } from '@/rooms/patrol/phone/walk-queue'
import { makeClock, makeServer, makeStore, settle } from './walk-fakes'

const START_MS = Date.parse('2026-11-20T08:00:00+08:00')
const walk = (trackId: string, parts: Partial<KeptWalk> = {}): KeptWalk => ({
  trackId, personId: 'p1', landId: 1, planId: null, route: null, startedMs: START_MS, endedMs: null, isPaused: false, isOpened: false, isGivenUp: false, dropped: {}, marks: [], refusal: null, ...parts,
})

let clock: ReturnType<typeof makeClock>
let store: ReturnType<typeof makeStore>
let served: ReturnType<typeof makeServer>
let arrived: string[]
let matchedBefore: string[]
let queue: WalkQueue

const makeQueue = (): WalkQueue =>
  createWalkQueue({ store, sender: served.sender, nowMs: clock.nowMs, after: clock.after, onArrived: ({ trackId }) => arrived.push(trackId), onMatchedBefore: ({ trackId }) => matchedBefore.push(trackId) })
/** One position each three seconds, 9 m on. */
let taken = 0
async function take(n: number, trackId = 't1'): Promise<void> {
  for (let k = 0; k < n; k++) {
    queue.add(trackId, { atMs: clock.nowMs(), lng: 117 + taken * 1e-4, lat: 36, accuracyM: 5 })
    taken++
    await clock.pass(3_000)
  }
}
/** The page is gone without a word, and opened again. */
async function reload(personId = 'p1'): Promise<void> {
  clock.forget()
  queue = makeQueue()
  await queue.load(personId)
  queue.reconcile([...served.tracks].map(([id, { batches }]) => ({ id, batches: [...batches.keys()] })))
  await settle()
}
const mark = (checkpointId: number) => ({ checkpointId, atMs: clock.nowMs(), lng: 117, lat: 36, accuracyM: 5, state: 'waiting' as const })

beforeEach(async () => {
  clock = makeClock(START_MS)
  store = makeStore()
  served = makeServer()
  arrived = []
  matchedBefore = []
  taken = 0
  queue = makeQueue()
  await queue.load('p1')
  queue.begin(walk('t1'))
  await settle()
})

it('sends batches in their order and ends the walk once all have arrived; then nothing is kept', async () => {
  await take(70)
  expect(served.stored('t1').length).toBeGreaterThan(40)
  queue.change('t1', { endedMs: clock.nowMs() })
  await settle()
  expect(served.stored('t1')).toHaveLength(70)
  expect(new Set(served.stored('t1')).size).toBe(70)
  expect(served.tracks.get('t1')!.endedMs).toBe(clock.nowMs())
  expect(arrived).toEqual(['t1'])
  expect(queue.state.get()).toMatchObject({ walks: [], waiting: 0, trouble: 'none', isSending: false })
  expect(store.of('p1')).toEqual({ walks: new Map(), batches: new Map() })
})

it('a few positions wait for company, but no longer than two minutes', async () => {
  await take(3)
  expect(served.calls.filter((call) => call.startsWith('send'))).toEqual([])
  expect(queue.state.get().waiting).toBe(3)
  await clock.pass(120_000)
  expect(served.stored('t1')).toHaveLength(3)
  expect(queue.state.get().waiting).toBe(0)
})

it('counts what waits without a network, and sends it once there is one again', async () => {
  served.server.isDown = true
  await take(40)
  expect(queue.state.get()).toMatchObject({ waiting: 40, trouble: 'offline' })
  served.server.isDown = false
  await queue.flush()
  expect(queue.state.get()).toMatchObject({ waiting: 0, trouble: 'none' })
  expect(served.stored('t1')).toHaveLength(40)
})

it('tries again by itself, with longer and longer pauses', async () => {
  served.server.isDown = true
  await take(13)
  served.calls.length = 0
  await clock.pass(600_000)
  const tries = served.calls.length
  expect(tries).toBeGreaterThan(3)
  expect(tries).toBeLessThan(12)
  served.server.isDown = false
  await clock.pass(120_000)
  expect(queue.state.get().waiting).toBe(0)
})

it('a batch whose answer was lost goes again with the same bytes, though positions came meanwhile', async () => {
  await take(29)
  served.fate.push('lost')
  await take(1)
  expect(queue.state.get().trouble).toBe('offline')
  await take(5)
  queue.change('t1', { endedMs: clock.nowMs() })
  await queue.flush()
  expect(served.calls.filter((call) => call === 'send t1 0')).toHaveLength(2)
  expect(served.stored('t1')).toHaveLength(35)
  expect(arrived).toEqual(['t1'])
})

it('every answer lost once, of every kind: all is stored once', async () => {
  const sure = makeServer()
  served = { ...sure, sender: Object.fromEntries(Object.entries(sure.sender).map(([name, call]) => [name, async (...values: never[]) => {
    sure.fate.push(seen.has(JSON.stringify([name, values])) ? 'ok' : 'lost')
    seen.add(JSON.stringify([name, values]))
    return (call as (...all: never[]) => unknown)(...values)
  }])) as never }
  const seen = new Set<string>()
  queue.close()
  await reload('p2')
  queue.begin(walk('t2', { personId: 'p2' }))
  await settle()
  await take(65, 't2')
  queue.mark('t2', mark(7))
  queue.change('t2', { endedMs: clock.nowMs() })
  for (let k = 0; k < 12; k++) await clock.pass(120_000)
  expect(arrived).toEqual(['t2'])
  expect(served.stored('t2')).toHaveLength(65)
  expect(new Set(served.stored('t2')).size).toBe(65)
})

it('a reload in the middle of a batch loses nothing and goes on with the next number', async () => {
  await take(12)
  await reload()
  expect(queue.state.get().waiting).toBe(12)
  await take(3)
  queue.change('t1', { endedMs: clock.nowMs() })
  await settle()
  expect(served.stored('t1')).toHaveLength(15)
  expect(arrived).toEqual(['t1'])
})

it('a reload between sending and answer sends the very same batch again', async () => {
  await take(29)
  let let_through = (): void => {}
  served.server.gate = new Promise((resolve) => (let_through = resolve))
  await take(1)
  expect(store.of('p1').batches.get('t1/0')!.state).toBe('sealed')
  // The page goes; the request arrives all the same.
  let_through()
  served.server.gate = null
  queue.close()
  await settle()
  expect(served.stored('t1')).toHaveLength(30)
  await reload()
  await take(2)
  queue.change('t1', { endedMs: clock.nowMs() })
  await settle()
  expect(served.stored('t1')).toHaveLength(32)
  expect(served.calls.filter((call) => call === 'send t1 0')).toHaveLength(2)
})

it('positions taken while a batch is under way go into the next', async () => {
  await take(29)
  let let_through = (): void => {}
  served.server.gate = new Promise((resolve) => (let_through = resolve))
  await take(4)
  expect([...store.of('p1').batches.values()].map(({ state, fixes }) => [state, fixes.atMs.length])).toEqual([['sealed', 30], ['filling', 3]])
  served.server.gate = null
  let_through()
  await settle()
  queue.change('t1', { endedMs: clock.nowMs() })
  await settle()
  expect(served.stored('t1')).toHaveLength(33)
})

it('positions that were sent stay here until the walk is over, so that its way can be drawn', async () => {
  await take(45)
  expect(queue.state.get().waiting).toBeLessThan(20)
  expect(queue.fixes('t1')).toHaveLength(45)
  await reload()
  expect(queue.fixes('t1').map(({ atMs }) => atMs)).toEqual(Array.from({ length: 45 }, (_, k) => START_MS + k * 3_000))
})

it('another person on the same phone sees and sends nothing of it', async () => {
  served.server.isDown = true
  await take(5)
  served.server.isDown = false
  served.calls.length = 0
  await queue.load('p2')
  await settle()
  expect(queue.state.get()).toMatchObject({ walks: [], waiting: 0 })
  expect(queue.fixes('t1')).toEqual([])
  await clock.pass(600_000)
  expect(served.calls).toEqual([])
  await queue.load('p1')
  await queue.flush()
  expect(served.stored('t1')).toHaveLength(5)
})

it('an answer that comes after another person came in is not taken for theirs', async () => {
  await take(29)
  let let_through = (): void => {}
  served.server.gate = new Promise((resolve) => (let_through = resolve))
  await take(1)
  await queue.load('p2')
  served.server.gate = null
  let_through()
  await settle()
  expect(store.of('p2')).toEqual({ walks: new Map(), batches: new Map() })
  expect(store.of('p1').batches.get('t1/0')!.state).toBe('sealed')
  await queue.load('p1')
  await queue.flush()
  expect(served.stored('t1')).toHaveLength(30)
})

it('signed out: waits for the same person to be in again, then sends', async () => {
  served.server.fate.push('session_expired')
  await take(30)
  expect(queue.state.get()).toMatchObject({ waiting: 30, trouble: 'signed_out' })
  const before = served.calls.length
  await clock.pass(600_000)
  expect(served.calls).toHaveLength(before)
  await queue.load('p1')
  await queue.flush()
  expect(queue.state.get()).toMatchObject({ waiting: 0, trouble: 'none' })
})

it('without consent nothing more is sent and nothing is lost', async () => {
  served.server.fate.push('consent_required')
  await take(30)
  expect(queue.state.get()).toMatchObject({ waiting: 30, trouble: 'consent' })
  await queue.flush()
  expect(queue.state.get()).toMatchObject({ waiting: 0, trouble: 'none' })
})

it('what the server refuses is held with the reason until it is tried again or given up; other walks go on', async () => {
  served.server.fate.push('track_full')
  await take(30)
  expect(queue.state.get().walks[0].refusal).toMatchObject({ code: 'track_full' })
  queue.begin(walk('t2', { startedMs: START_MS + 1 }))
  await take(2, 't2')
  queue.change('t2', { endedMs: clock.nowMs() })
  await settle()
  expect(arrived).toEqual(['t2'])
  expect(queue.state.get().waiting).toBe(30)
  queue.again('t1')
  await settle()
  expect(queue.state.get()).toMatchObject({ waiting: 0 })
  expect(queue.state.get().walks[0].refusal).toBeNull()
})

it('a walk given up is gone here at once and on the server when it can be told, even after a reload', async () => {
  await take(30)
  served.server.isDown = true
  await take(4)
  queue.giveUp('t1')
  await settle()
  expect(queue.state.get()).toMatchObject({ walks: [], waiting: 0 })
  expect([...store.of('p1').batches.values()].every(({ fixes }) => fixes.atMs.length === 0)).toBe(true)
  await reload()
  expect(queue.state.get().walks).toEqual([])
  served.server.isDown = false
  await queue.flush()
  expect(served.tracks.has('t1')).toBe(false)
  expect(store.of('p1').walks.size).toBe(0)
  expect(arrived).toEqual([])
})

it('a walk given up while a batch of it is under way is not brought back by the answer', async () => {
  await take(29)
  let let_through = (): void => {}
  served.server.gate = new Promise((resolve) => (let_through = resolve))
  await take(1)
  queue.giveUp('t1')
  served.server.gate = null
  let_through()
  await settle()
  await queue.flush()
  expect(queue.state.get()).toMatchObject({ walks: [], waiting: 0 })
  expect(served.tracks.has('t1')).toBe(false)
  expect(store.of('p1').walks.size).toBe(0)
})

it('says when the browser has no room, sends all the same, and keeps everything once there is room again', async () => {
  await take(3)
  store.isFull = true
  await take(3)
  expect(queue.state.get()).toMatchObject({ isKept: false, waiting: 6 })
  store.isFull = false
  await take(1)
  expect(queue.state.get().isKept).toBe(true)
  await reload()
  expect(queue.state.get().waiting).toBe(7)
})

it('a window that keeps nothing at all still sends', async () => {
  store.refuses = true
  await queue.load('p1')
  expect(queue.state.get().isKept).toBe(false)
  queue.begin(walk('t9'))
  await take(31, 't9')
  queue.change('t9', { endedMs: clock.nowMs() })
  await settle()
  expect(served.stored('t9')).toHaveLength(31)
  expect(arrived).toEqual(['t9'])
})

it('a walk that was dropped while the browser had no room does not come back', async () => {
  await take(2)
  store.isFull = true
  queue.change('t1', { endedMs: clock.nowMs() })
  await settle()
  expect(arrived).toEqual(['t1'])
  store.isFull = false
  queue.begin(walk('t2', { startedMs: START_MS + 1 }))
  await settle()
  expect([...store.of('p1').walks.keys()]).toEqual(['t2'])
  expect(store.of('p1').batches.size).toBe(0)
})

it('what was sent while the browser had no room to note it is neither sent anew nor are its numbers used again', async () => {
  await take(20)
  store.isFull = true
  await take(45)
  expect(served.stored('t1').length).toBeGreaterThanOrEqual(60)
  const before = served.stored('t1').length
  store.isFull = false
  // The disk knows twenty of them as one batch that still fills; the server has two batches and more.
  store.of('p1').batches.forEach((one) => expect(one.state).toBe('filling'))
  await reload()
  expect(queue.state.get().waiting).toBe(0)
  await take(30)
  queue.change('t1', { endedMs: clock.nowMs() })
  await settle()
  expect(arrived).toEqual(['t1'])
  expect(served.stored('t1')).toHaveLength(before + 30)
  expect(new Set(served.stored('t1')).size).toBe(before + 30)
})

it('a batch that differs from what the server has is held and told, not stored beside it', async () => {
  await take(5)
  served.tracks.get('t1')!.batches.set(0, '{"fromMs":0,"atMs":[]}')
  await queue.flush()
  expect(queue.state.get().walks[0].refusal).toMatchObject({ code: 'batch_differs', detail: { seq: 0 } })
  expect(queue.state.get().waiting).toBe(5)
})

it('checkpoints confirmed without a network are sent later; one that is refused says why and holds nothing up', async () => {
  served.server.isDown = true
  await take(2)
  queue.mark('t1', mark(5))
  queue.mark('t1', mark(6))
  await settle()
  expect(queue.state.get().waiting).toBe(4)
  served.server.isDown = false
  served.server.fate.push('ok', 'too_far')
  await queue.flush()
  const [{ marks }] = queue.state.get().walks
  expect(marks.map(({ checkpointId, state, refusal }) => [checkpointId, state, refusal?.code])).toEqual([[5, 'refused', 'too_far'], [6, 'sent', undefined]])
  // Confirmed once more from nearer by.
  queue.mark('t1', mark(5))
  await settle()
  expect(queue.state.get().walks[0].marks.map(({ checkpointId, state }) => [checkpointId, state])).toEqual([[6, 'sent'], [5, 'sent']])
})

it('sends again what a server lost after it had said yes', async () => {
  await take(65)
  served.tracks.get('t1')!.batches.delete(0)
  queue.change('t1', { endedMs: clock.nowMs() })
  await settle()
  expect(arrived).toEqual([])
  await clock.pass(60_000)
  expect(arrived).toEqual(['t1'])
  expect(served.stored('t1')).toHaveLength(65)
})

it('tells what the server left out, by reason', async () => {
  served.dropsPerBatch.hours = 2
  await take(61)
  expect(queue.state.get().walks[0].dropped).toEqual({ hours: 4 })
})

it('a walk that was matched before it was given up is told of, and nothing of it waits here', async () => {
  await take(3)
  served.server.fate.push('track_matched')
  queue.giveUp('t1')
  await settle()
  expect(matchedBefore).toEqual(['t1'])
  expect(queue.state.get()).toMatchObject({ walks: [], waiting: 0, trouble: 'none' })
  expect(store.of('p1')).toEqual({ walks: new Map(), batches: new Map() })
})
