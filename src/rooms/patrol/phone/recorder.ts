import { createCell, type ReadableCell } from '@/core/observable'
import { isWorthKeeping } from './choose-fix'
import type { KeptMark, KeptWalk, WalkFix } from './kept-walk'
import type { WalkQueue } from './walk-queue'
import { endOfHours, type WorkingHours } from './working-hours'

export type PositionTrouble = 'denied' | 'unavailable'

/** Where positions come from: the phone, or a test. */
export interface PositionSource {
  /** Begins to watch; the returned function ends it. */
  watch(onFix: (fix: WalkFix) => void, onTrouble: (why: PositionTrouble) => void): () => void
}

export interface RecorderHost {
  /** Clock of the server, ms since 1970. */
  nowMs(): number
  /** Null where the phone or the page has none. */
  readonly positions: PositionSource | null
  /** Keep the screen on; the returned function lets it go. */
  keepAwake(): () => void
  after(ms: number, act: () => void): () => void
  newId(): string
  readonly queue: WalkQueue
}

/** What must hold while a walk is recorded; null before the server has told. */
export interface RecorderRules {
  readonly hasConsent: boolean
  readonly hours: WorkingHours
}

/** Why recording cannot begin. */
export type StartRefusal = 'not_told' | 'no_positions' | 'consent_missing' | 'outside_hours' | 'walk_open'

/** Why recording stopped though nobody pressed anything. */
export type StopReason = 'interrupted' | 'denied' | 'hours' | 'consent' | 'full'

export interface RecorderState {
  readonly phase: 'idle' | 'recording' | 'paused'
  /** The walk in hand. */
  readonly trackId: string | null
  readonly startedMs: number
  readonly stopped: StopReason | null
  /** `searching`: no position yet, or none for a while. */
  readonly signal: 'none' | 'searching' | 'poor' | 'good'
  /** The latest position, kept or not. */
  readonly here: WalkFix | null
}

export interface Recorder {
  readonly state: ReadableCell<RecorderState>
  /** Told by the server, told anew when it changes. A walk that goes on stops where it may no longer. */
  setRules(rules: RecorderRules | null): void
  refusal(): StartRefusal | null
  start(walk: Pick<KeptWalk, 'personId' | 'landId' | 'planId' | 'route'>): StartRefusal | null
  /** Take up a walk that was going on when the page was left. */
  takeUp(): void
  pause(): void
  resume(): StartRefusal | null
  end(): void
  /** Give the walk in hand up. */
  discard(): void
  /** Confirm a checkpoint where one stands; false without a position of now. */
  mark(checkpointId: number): boolean
  /** Stop watching and let go of the walk: it stays kept as it is. */
  letGo(): void
}

/** After a reload the recording goes on by itself where it was interrupted for no longer. */
const TAKEN_UP_MS = 600_000
/** Without a position for so long, the signal is said to be lost. */
const LOST_MS = 45_000
const POOR_M = 50
/** The server takes no more of one walk. */
export const MOST_FIXES = 40_000

const IDLE: RecorderState = { phase: 'idle', trackId: null, startedMs: 0, stopped: null, signal: 'none', here: null }

/** Records one walk at a time into the queue, with consent and within the hours only. Pure but for its host. */
export function createRecorder(host: RecorderHost): Recorder {
  const { queue } = host
  const state = createCell<RecorderState>(IDLE)
  let rules: RecorderRules | null = null
  let last: WalkFix | null = null
  let taken = 0
  let stopWatch: (() => void) | null = null
  let letSleep: (() => void) | null = null
  let endOfDay: (() => void) | null = null
  let lost: (() => void) | null = null
  const tell = (parts: Partial<RecorderState>): void => state.set({ ...state.get(), ...parts })

  function unwatch(): void {
    for (const stop of [stopWatch, letSleep, lost]) stop?.()
    stopWatch = letSleep = lost = null
  }

  function hindrance(): Exclude<StartRefusal, 'walk_open'> | null {
    if (!rules) return 'not_told'
    if (!host.positions) return 'no_positions'
    if (!rules.hasConsent) return 'consent_missing'
    return endOfHours(rules.hours, host.nowMs()) === null ? 'outside_hours' : null
  }

  function waitForSignal(): void {
    lost?.()
    lost = host.after(LOST_MS, () => tell({ signal: 'searching' }))
  }

  function watch(): void {
    unwatch()
    if (!host.positions) return
    letSleep = host.keepAwake()
    tell({ phase: 'recording', stopped: null, signal: 'searching' })
    waitForSignal()
    stopWatch = host.positions.watch(take, (why) => {
      if (why === 'denied') stop('denied')
      else tell({ signal: 'searching' })
    })
  }

  /** The day's hours end whether it is recording or held: then the walk is over. */
  function watchHours(): void {
    endOfDay?.()
    endOfDay = null
    if (!rules) return
    const endMs = endOfHours(rules.hours, host.nowMs())
    if (endMs === null) return finish('hours', last?.atMs ?? state.get().startedMs)
    endOfDay = host.after(Math.max(0, endMs - host.nowMs()), watchHours)
  }

  /** A walk left open on another day, or past the hours of its own day, was over with its last position. */
  function review(): void {
    const { trackId, startedMs } = state.get()
    if (trackId === null || !rules) return
    const seenMs = last?.atMs ?? startedMs
    const dayEndMs = endOfHours(rules.hours, seenMs)
    if (dayEndMs === null || host.nowMs() >= dayEndMs) finish('hours', seenMs)
    else watchHours()
  }

  function take(fix: WalkFix): void {
    const { phase, trackId } = state.get()
    if (phase !== 'recording' || trackId === null || !rules) return
    if (endOfHours(rules.hours, host.nowMs()) === null) return watchHours()
    waitForSignal()
    tell({ here: fix, signal: fix.accuracyM !== null && fix.accuracyM > POOR_M ? 'poor' : 'good' })
    // A phone may first tell where it was before.
    if (fix.atMs < state.get().startedMs || endOfHours(rules.hours, fix.atMs) === null || !isWorthKeeping(last, fix)) return
    last = fix
    queue.add(trackId, fix)
    if (++taken >= MOST_FIXES) finish('full', fix.atMs)
  }

  /** Hold the walk for a reason nobody chose. */
  function stop(why: StopReason): void {
    unwatch()
    const { trackId } = state.get()
    if (trackId !== null) queue.change(trackId, { isPaused: true })
    tell({ phase: 'paused', stopped: why, signal: 'none' })
  }

  function finish(why: StopReason | null, endedMs: number): void {
    const { trackId, startedMs } = state.get()
    unwatch()
    endOfDay?.()
    endOfDay = null
    state.set({ ...IDLE, stopped: why, here: state.get().here })
    if (trackId === null) return
    // A walk without any position is no walk.
    if (last === null) queue.giveUp(trackId)
    else queue.change(trackId, { endedMs: Math.max(endedMs, last.atMs, startedMs), isPaused: false })
    last = null
  }

  function adopt(walk: KeptWalk): void {
    const fixes = queue.fixes(walk.trackId)
    last = fixes.at(-1) ?? null
    taken = fixes.length
    state.set({ ...IDLE, phase: 'paused', trackId: walk.trackId, startedMs: walk.startedMs, stopped: walk.isPaused ? null : 'interrupted', here: last })
  }

  return {
    state,
    setRules(next) {
      rules = next
      if (next && !next.hasConsent && state.get().phase === 'recording') stop('consent')
      review()
    },
    refusal: () => (state.get().trackId !== null ? 'walk_open' : hindrance()),
    start({ personId, landId, planId, route }) {
      const refusal = state.get().trackId !== null ? 'walk_open' : hindrance()
      if (refusal) return refusal
      const trackId = host.newId()
      const startedMs = host.nowMs()
      last = null
      taken = 0
      queue.begin({
        trackId, personId, landId, planId, route, startedMs, endedMs: null, isPaused: false, isOpened: false, isGivenUp: false, dropped: {}, marks: [], refusal: null,
      })
      state.set({ ...IDLE, phase: 'recording', trackId, startedMs })
      watch()
      watchHours()
      return null
    },
    takeUp() {
      if (state.get().trackId !== null) return
      const open = queue.state.get().walks.filter(({ endedMs }) => endedMs === null)
      // Windows that knew nothing of each other may have left two: the older ones are over.
      for (const walk of open.slice(0, -1)) {
        adopt(walk)
        finish(null, last?.atMs ?? walk.startedMs)
      }
      const walk = open.at(-1)
      if (!walk) return
      adopt(walk)
      const seenMs = last?.atMs ?? walk.startedMs
      review()
      if (state.get().trackId !== null && !walk.isPaused && host.nowMs() - seenMs < TAKEN_UP_MS && hindrance() === null) watch()
    },
    pause() {
      const { trackId, phase } = state.get()
      if (trackId === null || phase !== 'recording') return
      unwatch()
      queue.change(trackId, { isPaused: true })
      tell({ phase: 'paused', stopped: null, signal: 'none' })
    },
    resume() {
      const { trackId, phase } = state.get()
      const refusal = hindrance()
      if (trackId === null || phase !== 'paused' || refusal) return refusal
      queue.change(trackId, { isPaused: false })
      watch()
      return null
    },
    end() {
      const endMs = rules && state.get().trackId !== null ? endOfHours(rules.hours, host.nowMs()) : null
      finish(null, endMs === null ? (last?.atMs ?? state.get().startedMs) : host.nowMs())
    },
    discard() {
      const { trackId } = state.get()
      unwatch()
      endOfDay?.()
      endOfDay = null
      last = null
      state.set({ ...IDLE, here: state.get().here })
      if (trackId !== null) queue.giveUp(trackId)
    },
    mark(checkpointId) {
      const { trackId, here, signal } = state.get()
      if (trackId === null || !here || signal === 'none' || signal === 'searching') return false
      const mark: KeptMark = { checkpointId, atMs: here.atMs, lng: here.lng, lat: here.lat, accuracyM: here.accuracyM, state: 'waiting' }
      queue.mark(trackId, mark)
      return true
    },
    letGo() {
      unwatch()
      endOfDay?.()
      endOfDay = null
      last = null
      rules = null
      state.set(IDLE)
    },
  }
}
