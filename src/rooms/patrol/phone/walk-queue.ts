import { createCell, type ReadableCell } from '@/core/observable'
import { toDataError, type DataError } from '@/data/errors'
import type { FixColumns, KeptFixes } from '../repository'
import { emptyBatch, fixesOf, sizeOf, waitingByWalk, withFix, type KeptBatch, type KeptMark, type KeptWalk, type KeptWalks, type WalkFix } from './kept-walk'
import type { WalkChange, WalkStore } from './walk-store'

/** What the queue asks of the server. Each may be asked again after a lost answer and does nothing twice. Throws `DataError`. */
export interface WalkSender {
  open(walk: KeptWalk): Promise<void>
  send(trackId: string, seq: number, fixes: FixColumns): Promise<Pick<KeptFixes, 'dropped'>>
  mark(trackId: string, mark: KeptMark): Promise<void>
  /** Answers which batches up to `lastSeq` the server lacks; −1: there is none. */
  end(trackId: string, endedMs: number, lastSeq: number): Promise<readonly number[]>
  discard(trackId: string): Promise<void>
}

export interface QueueHost {
  readonly store: WalkStore
  readonly sender: WalkSender
  nowMs(): number
  /** Call `act` once after so many ms; the returned function calls it off. */
  after(ms: number, act: () => void): () => void
  /** All of a walk has arrived and it is ended. */
  onArrived(walk: KeptWalk): void
  /** A walk that was given up had been matched by somebody else before: the server keeps it. */
  onMatchedBefore(walk: KeptWalk): void
}

export interface QueueState {
  /** Walks that are not yet whole on the server, oldest first. */
  readonly walks: readonly KeptWalk[]
  /** Positions and marks that wait to be sent, in all and by walk. */
  readonly waiting: number
  readonly waitingOf: Readonly<Record<string, number>>
  readonly isSending: boolean
  /** What keeps it from being sent. */
  readonly trouble: 'none' | 'offline' | 'signed_out' | 'consent'
  /** False: the browser keeps nothing, or has no room: what waits is lost when the page is closed. */
  readonly isKept: boolean
}

export interface WalkQueue {
  readonly state: ReadableCell<QueueState>
  /** Take up what is kept of a person; nothing is sent before `reconcile` or `flush`. */
  load(personId: string): Promise<void>
  /** Told which batches the server has of which walks: what was sent while this browser had no room to note it is not numbered anew. Sends. */
  reconcile(tracks: readonly { readonly id: string; readonly batches: readonly number[] }[]): void
  begin(walk: KeptWalk): void
  add(trackId: string, fix: WalkFix): void
  change(trackId: string, parts: Partial<Pick<KeptWalk, 'isPaused' | 'endedMs'>>): void
  mark(trackId: string, mark: KeptMark): void
  /** Give a walk up, here and on the server. */
  giveUp(trackId: string): void
  /** Try what was refused once more. */
  again(trackId: string): void
  /** Positions of a walk that are still here, in their order. */
  fixes(trackId: string): WalkFix[]
  /** Send what waits now, the positions that wait for company too. */
  flush(): Promise<void>
  /** Let all go: another person, another window. Nothing kept is lost. */
  close(): void
}

/** A batch is sent when it has so many positions or has waited so long: few wakes of the radio, little to lose. */
const BATCH_FIXES = 30
const BATCH_MS = 120_000
/** Pauses between tries while nothing answers; the last again and again. */
const PAUSES_MS = [15_000, 30_000, 60_000, 120_000]
/** The server has not said no: the same is sent again later. */
const LATER: readonly string[] = ['server_down', 'too_slow', 'too_many_requests', 'unknown']

const NOTHING: KeptWalks = { walks: [], batches: [] }

/**
 * The queue between a walk and the server: batches are numbered, sealed before they are first sent and sent in order until each is
 * confirmed; they outlast reload and sign-out. Pure but for its host; one window has it at a time.
 */
export function createWalkQueue(host: QueueHost): WalkQueue {
  let personId: string | null = null
  let kept: KeptWalks = NOTHING
  /** Writes were refused: the next one that succeeds carries everything, and what was to go by then. */
  let isDirty = false
  let undropped: readonly string[] = []
  let writing: Promise<void> = Promise.resolve()
  let flushing: Promise<void> | null = null
  let failures = 0
  let callOff: (() => void) | null = null
  /** Grows when a person leaves: what was asked for another is not heard. */
  let turn = 0
  const state = createCell<QueueState>({ walks: [], waiting: 0, waitingOf: {}, isSending: false, trouble: 'none', isKept: true })
  function tell(parts: Partial<QueueState> = {}): void {
    const waitingOf = waitingByWalk(kept)
    state.set({ ...state.get(), ...parts, walks: kept.walks.filter((one) => !one.isGivenUp), waitingOf, waiting: Object.values(waitingOf).reduce((sum, n) => sum + n, 0) })
  }

  /** Apply a change here and keep it; resolves when it is kept, or known not to be. */
  function keep(change: WalkChange): Promise<void> {
    const { walks = [], batches = [], drop = [] } = change
    const isSame = (a: KeptBatch, b: KeptBatch) => a.trackId === b.trackId && a.seq === b.seq
    const stays = ({ trackId }: { trackId: string }) => !drop.includes(trackId)
    kept = {
      walks: [...kept.walks.filter((one) => stays(one) && !walks.some(({ trackId }) => trackId === one.trackId)), ...walks].sort((a, b) => a.startedMs - b.startedMs),
      batches: [...kept.batches.filter((one) => stays(one) && !batches.some((other) => isSame(one, other))), ...batches],
    }
    tell()
    const [owner, whole] = [personId, kept]
    if (owner === null) return Promise.resolve()
    writing = writing.then(async () => {
      try {
        await host.store.write(owner, isDirty ? { ...whole, drop: [...undropped, ...drop] } : change)
        isDirty = false
        undropped = []
      } catch {
        isDirty = true
        undropped = [...undropped, ...drop]
      }
      if (owner === personId) tell({ isKept: !isDirty })
    })
    return writing
  }

  const walkOf = (trackId: string): KeptWalk | undefined => kept.walks.find((one) => one.trackId === trackId)
  const batchesOf = (trackId: string): KeptBatch[] => kept.batches.filter((one) => one.trackId === trackId).sort((a, b) => a.seq - b.seq)
  const put = (trackId: string, parts: Partial<KeptWalk>): Promise<void> => {
    const walk = walkOf(trackId)
    return walk ? keep({ walks: [{ ...walk, ...parts }] }) : Promise.resolve()
  }

  function plan(ms: number): void {
    callOff?.()
    callOff = host.after(ms, () => {
      callOff = null
      void run(false)
    })
  }

  const isDue = (batch: KeptBatch, walk: KeptWalk, isForced: boolean): boolean =>
    batch.state === 'sealed' || isForced || walk.endedMs !== null || walk.isPaused || sizeOf(batch) >= BATCH_FIXES || host.nowMs() - batch.fixes.fromMs >= BATCH_MS

  /** One walk as far as it goes, while its person is here. Throws `DataError`. */
  async function sendWalk(trackId: string, isForced: boolean, isHere: () => boolean): Promise<void> {
    if (walkOf(trackId)?.isGivenUp) return sendGivenUp(trackId, isHere)
    if (!walkOf(trackId)?.isOpened) {
      await host.sender.open(walkOf(trackId)!)
      if (!isHere()) return
      await put(trackId, { isOpened: true })
    }
    for (;;) {
      const walk = walkOf(trackId)
      const next = batchesOf(trackId).find(({ state: how }) => how !== 'sent')
      if (!isHere() || !walk || walk.isGivenUp || !next || !isDue(next, walk, isForced)) break
      const sealed: KeptBatch = { ...next, state: 'sealed' }
      // Sealed here before it is sent: after a lost answer the very same goes again.
      if (next.state === 'filling') await keep({ batches: [sealed] })
      if (!isHere()) return
      const { dropped } = await host.sender.send(trackId, sealed.seq, sealed.fixes)
      const now = isHere() ? walkOf(trackId) : undefined
      if (!now || now.isGivenUp) break
      await keep({ batches: [{ ...sealed, state: 'sent' }], walks: [{ ...now, dropped: sumByReason(now.dropped, dropped) }] })
    }
    await sendMarks(trackId, isHere)
    const walk = isHere() ? walkOf(trackId) : undefined
    if (walk && !walk.isGivenUp && walk.endedMs !== null) await sendEnd(walk, walk.endedMs, isHere)
  }

  async function sendGivenUp(trackId: string, isHere: () => boolean): Promise<void> {
    let isMatched = false
    try {
      await host.sender.discard(trackId)
    } catch (thrown) {
      isMatched = toDataError(thrown).code === 'track_matched'
      if (!isMatched) throw thrown
    }
    const walk = isHere() ? walkOf(trackId) : undefined
    if (!walk) return
    await keep({ drop: [trackId] })
    if (isMatched) host.onMatchedBefore(walk)
  }

  async function sendMarks(trackId: string, isHere: () => boolean): Promise<void> {
    for (;;) {
      const walk = isHere() ? walkOf(trackId) : undefined
      const mark = walk?.marks.find(({ state: how }) => how === 'waiting')
      if (!walk || walk.isGivenUp || !mark) return
      let became: KeptMark = { ...mark, state: 'sent' }
      try {
        await host.sender.mark(trackId, mark)
      } catch (thrown) {
        const error = toDataError(thrown)
        if (kindOf(error) !== 'refused') throw error
        became = { ...mark, state: 'refused', refusal: { code: error.code, detail: error.detail } }
      }
      const now = isHere() ? walkOf(trackId) : undefined
      if (!now) return
      await put(trackId, { marks: now.marks.map((one) => (one.checkpointId === mark.checkpointId && one.atMs === mark.atMs ? became : one)) })
    }
  }

  async function sendEnd(walk: KeptWalk, endedMs: number, isHere: () => boolean): Promise<void> {
    const batches = batchesOf(walk.trackId)
    const missing = await host.sender.end(walk.trackId, endedMs, batches.at(-1)?.seq ?? -1)
    if (!isHere()) return
    if (missing.length === 0) {
      await keep({ drop: [walk.trackId] })
      host.onArrived(walk)
      return
    }
    // The server lost them after it had said yes, as a restored one does: they are still here.
    const again = batches.filter(({ seq }) => missing.includes(seq))
    if (again.length < missing.length) await put(walk.trackId, { refusal: { code: 'fixes_missing', detail: { n: missing.length - again.length } } })
    else {
      await keep({ batches: again.map((one) => ({ ...one, state: 'sealed' })) })
      plan(PAUSES_MS[0])
    }
  }

  async function pass(isForced: boolean, isHere: () => boolean): Promise<void> {
    for (const { trackId, refusal } of [...kept.walks]) {
      if (!isHere()) return
      if (refusal) continue
      try {
        await sendWalk(trackId, isForced, isHere)
      } catch (thrown) {
        if (!isHere()) return
        const error = toDataError(thrown)
        const kind = kindOf(error)
        if (kind === 'refused') await put(trackId, { refusal: { code: error.code, detail: error.detail } })
        else {
          tell({ trouble: kind })
          if (kind === 'offline') plan(PAUSES_MS[Math.min(failures++, PAUSES_MS.length - 1)])
          return
        }
      }
    }
    if (!isHere()) return
    failures = 0
    tell({ trouble: 'none' })
    const filling = kept.batches.find(({ state: how }) => how === 'filling')
    if (filling && callOff === null) plan(Math.max(1000, BATCH_MS - (host.nowMs() - filling.fixes.fromMs)))
  }

  /** One sending at a time; whoever asks meanwhile waits for it and then for one of its own. */
  function run(isForced: boolean): Promise<void> {
    if (personId === null) return Promise.resolve()
    const own = turn
    const isHere = () => own === turn
    const before = flushing
    const mine = (async () => {
      await before
      if (!isHere()) return
      callOff?.()
      callOff = null
      tell({ isSending: true })
      await pass(isForced, isHere)
      if (isHere()) tell({ isSending: false })
    })()
    flushing = mine
    return mine.finally(() => {
      if (flushing === mine) flushing = null
    })
  }

  function close(): void {
    turn++
    personId = null
    callOff?.()
    callOff = null
    kept = NOTHING
    failures = 0
    isDirty = false
    undropped = []
    tell({ isSending: false, trouble: 'none', isKept: true })
  }

  return {
    state,
    async load(next) {
      close()
      const own = turn
      personId = next
      try {
        // What the person before wrote here is kept first.
        await writing
        const found = await host.store.read(next)
        if (own !== turn) return
        kept = found
        tell()
      } catch {
        if (own === turn) tell({ isKept: false })
      }
    },
    reconcile(tracks) {
      const batches = tracks.flatMap(({ id, batches: seqs }) => {
        const walk = walkOf(id)
        if (!walk) return []
        const here = new Map(batchesOf(id).map((one) => [one.seq, one]))
        return seqs.flatMap((seq): KeptBatch[] => {
          const one = here.get(seq) ?? emptyBatch(id, seq, walk.startedMs)
          // A sealed one is what was sent and goes again; one still filling on disk was sealed with more in it.
          return one.state === 'filling' ? [{ ...one, state: 'sent' }] : []
        })
      })
      if (batches.length > 0) void keep({ batches })
      void run(false)
    },
    begin(walk) {
      void keep({ walks: [walk] })
      void run(false)
    },
    add(trackId, fix) {
      if (!walkOf(trackId)) return
      const last = batchesOf(trackId).at(-1)
      const batch = last?.state === 'filling' ? last : emptyBatch(trackId, (last?.seq ?? -1) + 1, fix.atMs)
      const filled = withFix(batch, fix)
      void keep({ batches: [filled] })
      if (flushing !== null || state.get().trouble !== 'none') return
      if (sizeOf(filled) >= BATCH_FIXES) void run(false)
      else if (callOff === null) plan(BATCH_MS)
    },
    change(trackId, parts) {
      void put(trackId, parts)
      void run(false)
    },
    mark(trackId, mark) {
      const walk = walkOf(trackId)
      if (!walk) return
      void put(trackId, { marks: [...walk.marks.filter((one) => one.checkpointId !== mark.checkpointId || one.state === 'sent'), mark] })
      void run(false)
    },
    giveUp(trackId) {
      const walk = walkOf(trackId)
      if (!walk) return
      const empty = batchesOf(trackId).map((one): KeptBatch => ({ ...emptyBatch(trackId, one.seq, one.fixes.fromMs), state: 'sent' }))
      void keep({ batches: empty, walks: [{ ...walk, isGivenUp: true, endedMs: walk.endedMs ?? host.nowMs(), marks: [], refusal: null }] })
      void run(false)
    },
    again(trackId) {
      void put(trackId, { refusal: null })
      void run(true)
    },
    fixes: (trackId) => batchesOf(trackId).flatMap(fixesOf),
    flush: () => run(true),
    close,
  }
}

const sumByReason = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> => {
  const sum = { ...a }
  for (const [reason, n] of Object.entries(b)) sum[reason] = (sum[reason] ?? 0) + n
  return sum
}

/** Whether the server has said no, or cannot be asked now. */
function kindOf({ code }: DataError): 'offline' | 'signed_out' | 'consent' | 'refused' {
  if (LATER.includes(code)) return 'offline'
  if (code === 'session_expired') return 'signed_out'
  return code === 'consent_required' ? 'consent' : 'refused'
}
