import { beforeEach, expect, it } from 'vitest'
import type { WalkFix } from '@/rooms/patrol/phone/kept-walk'
import { createRecorder, MOST_FIXES, type PositionTrouble, type Recorder, type RecorderRules } from '@/rooms/patrol/phone/recorder'
import { createWalkQueue, type WalkQueue } from '@/rooms/patrol/phone/walk-queue'
import { endOfHours, type WorkingHours } from '@/rooms/patrol/phone/working-hours'
import { makeClock, makeServer, makeStore, settle } from './walk-fakes'

const at = (time: string): number => Date.parse(`2026-11-20T${time}+08:00`)
/** A Friday, seven in the morning to nine in the evening. */
const HOURS: WorkingHours = { fromMinute: 420, toMinute: 1260, onDaysOff: true, day: '2026-11-20', isRecorded: true }
const RULES: RecorderRules = { hasConsent: true, hours: HOURS }
const WHO = { personId: 'p1', landId: 1, planId: 'plan', route: 2 }
const M = 1 / 111_000

let clock: ReturnType<typeof makeClock>
let store: ReturnType<typeof makeStore>
let served: ReturnType<typeof makeServer>
let queue: WalkQueue
let recorder: Recorder
let arrived: string[]
/** Who watches the phone's position now; null nobody. */
let feed: { fix: (fix: WalkFix) => void; trouble: (why: PositionTrouble) => void } | null
let awake: number
let ids: number
let northM: number

function open({ hasPositions = true } = {}): void {
  queue = createWalkQueue({ store, sender: served.sender, nowMs: clock.nowMs, after: clock.after, onArrived: ({ trackId }) => arrived.push(trackId), onMatchedBefore: () => undefined })
  recorder = createRecorder({
    nowMs: clock.nowMs,
    positions: hasPositions
      ? {
          watch(fix, trouble) {
            const own = { fix, trouble }
            feed = own
            return () => void (feed = feed === own ? null : feed)
          },
        }
      : null,
    keepAwake() {
      awake++
      return () => void awake--
    },
    after: clock.after,
    newId: () => `t${++ids}`,
    queue,
  })
}
async function reload(rules: RecorderRules | null = RULES): Promise<void> {
  clock.forget()
  feed = null
  awake = 0
  open()
  await queue.load('p1')
  queue.reconcile([])
  recorder.setRules(rules)
  recorder.takeUp()
  await settle()
}
/** Walks on, a position each five seconds, 6 m north. */
async function walk(n: number, accuracyM = 6): Promise<void> {
  for (let k = 0; k < n; k++) {
    northM += 6
    feed?.fix({ atMs: clock.nowMs(), lng: 117, lat: 36 + northM * M, accuracyM })
    await clock.pass(5_000)
  }
}
const phase = () => recorder.state.get().phase
const fixes = (trackId = 't1') => queue.fixes(trackId).map(({ atMs }) => atMs)

beforeEach(async () => {
  clock = makeClock(at('09:00'))
  store = makeStore()
  served = makeServer()
  arrived = []
  feed = null
  awake = 0
  ids = 0
  northM = 0
  open()
  await queue.load('p1')
  recorder.setRules(RULES)
})

it('records from start to end: the screen stays on meanwhile, all arrives, nobody watches afterwards', async () => {
  expect(recorder.start(WHO)).toBeNull()
  await settle()
  expect(recorder.state.get()).toMatchObject({ phase: 'recording', trackId: 't1', signal: 'searching' })
  expect(awake).toBe(1)
  await walk(50)
  expect(recorder.state.get().signal).toBe('good')
  recorder.end()
  await settle()
  expect(phase()).toBe('idle')
  expect([feed, awake]).toEqual([null, 0])
  expect(served.stored('t1')).toHaveLength(50)
  expect(served.tracks.get('t1')!.opened).toMatchObject({ planId: 'plan', route: 2, startedMs: at('09:00') })
  expect(arrived).toEqual(['t1'])
})

it('says why it cannot begin, and takes no position then', () => {
  recorder.setRules(null)
  expect(recorder.start(WHO)).toBe('not_told')
  recorder.setRules({ ...RULES, hasConsent: false })
  expect(recorder.start(WHO)).toBe('consent_missing')
  recorder.setRules({ ...RULES, hours: { ...HOURS, toMinute: 480 } })
  expect(recorder.start(WHO)).toBe('outside_hours')
  recorder.setRules({ ...RULES, hours: { ...HOURS, isRecorded: false } })
  expect(recorder.start(WHO)).toBe('outside_hours')
  open({ hasPositions: false })
  recorder.setRules(RULES)
  expect(recorder.start(WHO)).toBe('no_positions')
  expect([feed, awake, ids]).toEqual([null, 0, 0])
})

it('has one walk at a time', () => {
  expect(recorder.start(WHO)).toBeNull()
  expect(recorder.start(WHO)).toBe('walk_open')
  expect(recorder.refusal()).toBe('walk_open')
})

it('takes no position while held, and is sent what it has; going on, it is the same walk', async () => {
  recorder.start(WHO)
  await walk(3)
  recorder.pause()
  await settle()
  expect([feed, awake, queue.state.get().waiting]).toEqual([null, 0, 0])
  await clock.pass(600_000)
  expect(recorder.resume()).toBeNull()
  await walk(2)
  recorder.end()
  await settle()
  expect(served.stored('t1')).toHaveLength(5)
})

it('keeps few positions of somebody who stands, and none that is older than the walk', async () => {
  recorder.start(WHO)
  feed!.fix({ atMs: at('08:59:50'), lng: 117, lat: 36, accuracyM: 5 })
  for (let k = 0; k < 120; k++) {
    feed!.fix({ atMs: clock.nowMs(), lng: 117, lat: 36, accuracyM: 5 })
    await clock.pass(1_000)
  }
  expect(fixes()).toEqual([0, 30, 60, 90].map((s) => at('09:00') + s * 1000))
})

it('tells a poor signal from a good one, and when there is none', async () => {
  recorder.start(WHO)
  await walk(1, 80)
  expect(recorder.state.get().signal).toBe('poor')
  await walk(1)
  expect(recorder.state.get().signal).toBe('good')
  await clock.pass(60_000)
  expect(recorder.state.get().signal).toBe('searching')
  feed!.trouble('unavailable')
  expect(phase()).toBe('recording')
})

it('is held when the phone refuses its position, and goes on when asked again', async () => {
  recorder.start(WHO)
  await walk(2)
  feed!.trouble('denied')
  expect(recorder.state.get()).toMatchObject({ phase: 'paused', stopped: 'denied' })
  expect([feed, awake]).toEqual([null, 0])
  expect(recorder.resume()).toBeNull()
  expect(recorder.state.get()).toMatchObject({ phase: 'recording', stopped: null })
})

it('ends by itself when the hours end: no position after them is taken, the walk ends with its last', async () => {
  clock.sleep(at('20:59') - at('09:00'))
  recorder.start(WHO)
  await walk(20)
  await settle()
  expect(recorder.state.get()).toMatchObject({ phase: 'idle', stopped: 'hours' })
  expect([feed, awake]).toEqual([null, 0])
  expect(Math.max(...served.stored('t1'))).toBeLessThan(at('21:00'))
  expect(served.tracks.get('t1')!.endedMs).toBe(at('20:59:55'))
  expect(recorder.refusal()).toBe('outside_hours')
})

it('ends when the hours end though the phone slept over it, and though it was held', async () => {
  clock.sleep(at('20:50') - at('09:00'))
  recorder.start(WHO)
  await walk(3)
  const watch = feed!
  clock.sleep(3_600_000)
  watch.fix({ atMs: clock.nowMs(), lng: 117, lat: 36.1, accuracyM: 5 })
  await settle()
  expect(recorder.state.get()).toMatchObject({ phase: 'idle', stopped: 'hours' })
  expect(served.stored('t1')).toHaveLength(3)
  expect(served.tracks.get('t1')!.endedMs).toBe(at('20:50:10'))

  clock.sleep(at('20:50') + 86_400_000 - clock.nowMs())
  recorder.setRules({ ...RULES, hours: { ...HOURS, day: '2026-11-21' } })
  recorder.start(WHO)
  await walk(2)
  recorder.pause()
  await clock.pass(3_600_000)
  expect(recorder.state.get()).toMatchObject({ phase: 'idle', stopped: 'hours' })
  expect(arrived).toEqual(['t1', 't2'])
})

it('ends when the hours are set shorter meanwhile', async () => {
  recorder.start(WHO)
  await walk(2)
  recorder.setRules({ ...RULES, hours: { ...HOURS, toMinute: 540 } })
  await settle()
  expect(recorder.state.get()).toMatchObject({ phase: 'idle', stopped: 'hours' })
})

it('stops at once when consent is withdrawn, here or elsewhere, and cannot go on without', async () => {
  recorder.start(WHO)
  await walk(2)
  recorder.setRules({ ...RULES, hasConsent: false })
  expect(recorder.state.get()).toMatchObject({ phase: 'paused', stopped: 'consent' })
  expect([feed, awake]).toEqual([null, 0])
  expect(recorder.resume()).toBe('consent_missing')
  recorder.setRules(RULES)
  expect(recorder.resume()).toBeNull()
})

it('goes on by itself after a reload, with the positions it had', async () => {
  recorder.start(WHO)
  await walk(4)
  await clock.pass(60_000)
  await reload()
  expect(recorder.state.get()).toMatchObject({ phase: 'recording', trackId: 't1', startedMs: at('09:00') })
  await walk(2)
  recorder.end()
  await settle()
  expect(served.stored('t1')).toHaveLength(6)
})

it('asks before it goes on where it was interrupted for long, or was held by hand, or rules are not known', async () => {
  recorder.start(WHO)
  await walk(4)
  clock.sleep(1_200_000)
  await reload()
  expect(recorder.state.get()).toMatchObject({ phase: 'paused', stopped: 'interrupted' })
  expect(feed).toBeNull()
  recorder.resume()
  recorder.pause()
  await settle()
  await reload()
  expect(recorder.state.get()).toMatchObject({ phase: 'paused', stopped: null })
  recorder.resume()
  await walk(1)
  await reload(null)
  expect(recorder.state.get()).toMatchObject({ phase: 'paused', stopped: 'interrupted' })
  expect(recorder.resume()).toBe('not_told')
})

it('a walk left open on another day ends with its last position, whenever the rules are told', async () => {
  recorder.start(WHO)
  await walk(3)
  clock.sleep(86_400_000)
  await reload(null)
  expect(phase()).toBe('paused')
  recorder.setRules({ ...RULES, hours: { ...HOURS, day: '2026-11-21' } })
  await settle()
  expect(recorder.state.get()).toMatchObject({ phase: 'idle', stopped: 'hours' })
  expect(served.tracks.get('t1')!.endedMs).toBe(at('09:00:10'))
  expect(recorder.start(WHO)).toBeNull()
})

it('of two walks left open, the older is over', async () => {
  recorder.start(WHO)
  await walk(2)
  recorder.letGo()
  await clock.pass(1000)
  recorder.setRules(RULES)
  recorder.start(WHO)
  await walk(2)
  await reload()
  expect(recorder.state.get().trackId).toBe('t2')
  expect(arrived).toEqual(['t1'])
})

it('a walk without any position is none', async () => {
  recorder.start(WHO)
  await settle()
  recorder.end()
  await settle()
  expect(served.tracks.size).toBe(0)
  expect(queue.state.get().walks).toEqual([])
  expect(arrived).toEqual([])
})

it('ends when the server would take no more', async () => {
  recorder.start(WHO)
  recorder.setRules({ ...RULES, hours: { ...HOURS, fromMinute: 0, toMinute: 1440 } })
  const watch = feed!
  served.server.isDown = true
  let atMs = clock.nowMs()
  // Adding one costs what the walk has: the walk is made long beforehand.
  const full = { fromMs: atMs, atMs: Array.from({ length: MOST_FIXES - 1 }, (_, k) => k), lngE7: Array<number>(MOST_FIXES - 1).fill(0), latE7: Array<number>(MOST_FIXES - 1).fill(0), accuracyDm: Array<number>(MOST_FIXES - 1).fill(-1) }
  await settle()
  store.of('p1').batches.set('t1/0', { trackId: 't1', seq: 0, state: 'sent', fixes: full })
  await reload()
  atMs += 60_000
  clock.sleep(60_000)
  expect(feed).not.toBe(watch)
  feed!.fix({ atMs, lng: 117, lat: 36, accuracyM: 5 })
  expect(recorder.state.get()).toMatchObject({ phase: 'idle', stopped: 'full' })
})

it('gives a walk up by hand: nothing of it is left', async () => {
  recorder.start(WHO)
  await walk(40)
  recorder.discard()
  await settle()
  expect([phase(), feed, awake]).toEqual(['idle', null, 0])
  expect(served.tracks.size).toBe(0)
  expect(store.of('p1').walks.size).toBe(0)
})

it('leaving lets go of phone and screen; the walk stays as it is for the next time', async () => {
  recorder.start(WHO)
  await walk(4)
  recorder.letGo()
  queue.close()
  await settle()
  expect([phase(), feed, awake]).toEqual(['idle', null, 0])
  await reload()
  expect(recorder.state.get()).toMatchObject({ phase: 'recording', trackId: 't1' })
  expect(fixes()).toHaveLength(4)
})

it('confirms a checkpoint where one stands, and nowhere without a position of now', async () => {
  expect(recorder.mark(7)).toBe(false)
  recorder.start(WHO)
  expect(recorder.mark(7)).toBe(false)
  await walk(1)
  expect(recorder.mark(7)).toBe(true)
  await settle()
  expect(served.tracks.get('t1')!.marks).toMatchObject([{ checkpointId: 7, atMs: at('09:00'), accuracyM: 6 }])
  await clock.pass(60_000)
  expect(recorder.mark(8)).toBe(false)
})

it('hours are those of the street: begin included, end not; days off as the server tells, other days by the week', () => {
  expect(endOfHours(HOURS, at('06:59:59'))).toBeNull()
  expect(endOfHours(HOURS, at('07:00'))).toBe(at('21:00'))
  expect(endOfHours(HOURS, at('20:59:59'))).toBe(at('21:00'))
  expect(endOfHours(HOURS, at('21:00'))).toBeNull()
  const strict = { ...HOURS, onDaysOff: false }
  const saturday = at('10:00') + 86_400_000
  expect(endOfHours(strict, at('10:00'))).not.toBeNull()
  expect(endOfHours({ ...strict, isRecorded: false }, at('10:00'))).toBeNull()
  expect(endOfHours(strict, saturday)).toBeNull()
  expect(endOfHours({ ...strict, day: '2026-11-21' }, saturday)).not.toBeNull()
  expect(endOfHours(HOURS, saturday)).not.toBeNull()
  expect(endOfHours({ ...HOURS, fromMinute: 0, toMinute: 1440 }, at('00:00'))).toBe(at('00:00') + 86_400_000)
})
