import { DataError } from '@/data/errors'
import type { KeptBatch, KeptMark, KeptWalk } from '@/rooms/patrol/phone/kept-walk'
import type { FixColumns } from '@/rooms/patrol/repository'
import type { WalkSender } from '@/rooms/patrol/phone/walk-queue'
import type { WalkChange, WalkStore } from '@/rooms/patrol/phone/walk-store'

/** A clock that goes when it is told, with what was to be done later. */
export function makeClock(startMs: number) {
  let nowMs = startMs
  let waiting: { atMs: number; act: () => void }[] = []
  return {
    nowMs: () => nowMs,
    after(ms: number, act: () => void) {
      const one = { atMs: nowMs + ms, act }
      waiting.push(one)
      return () => void (waiting = waiting.filter((other) => other !== one))
    },
    /** Goes on to a moment, doing on the way what was due; answers once all that followed has come to rest. */
    async pass(ms: number) {
      const endMs = nowMs + ms
      for (;;) {
        const next = waiting.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (!next) break
        nowMs = Math.max(nowMs, next.atMs)
        waiting = waiting.filter((one) => one !== next)
        next.act()
        await settle()
      }
      nowMs = endMs
      await settle()
    },
    /** The phone slept: time is gone, nothing was done. */
    sleep: (ms: number) => void (nowMs += ms),
    forget: () => void (waiting = []),
  }
}

/** Lets all that can happen without time passing happen. */
export async function settle(): Promise<void> {
  for (let k = 0; k < 200; k++) await Promise.resolve()
}

/** A browser's store that can be full, and that outlasts the page. */
export function makeStore() {
  const tables = new Map<string, { walks: Map<string, KeptWalk>; batches: Map<string, KeptBatch> }>()
  const of = (personId: string) => {
    const table = tables.get(personId) ?? { walks: new Map(), batches: new Map() }
    tables.set(personId, table)
    return table
  }
  const store: WalkStore & { isFull: boolean; refuses: boolean; writes: number; of: typeof of } = {
    isFull: false,
    refuses: false,
    writes: 0,
    of,
    async read(personId) {
      if (store.refuses) throw new Error('refused')
      const { walks, batches } = structuredClone(of(personId))
      return { walks: [...walks.values()], batches: [...batches.values()] }
    },
    async write(personId, { walks = [], batches = [], drop = [] }: WalkChange) {
      if (store.isFull || store.refuses) throw new DOMException('full', 'QuotaExceededError')
      store.writes++
      const table = of(personId)
      for (const walk of walks) table.walks.set(walk.trackId, structuredClone(walk))
      for (const batch of batches) table.batches.set(`${batch.trackId}/${batch.seq}`, structuredClone(batch))
      for (const trackId of drop) {
        table.walks.delete(trackId)
        for (const key of table.batches.keys()) if (key.startsWith(`${trackId}/`)) table.batches.delete(key)
      }
    },
  }
  return store
}

interface ServedTrack {
  readonly opened: KeptWalk
  readonly batches: Map<number, string>
  readonly marks: KeptMark[]
  endedMs: number | null
}

/** A server that stores a batch once, refuses other bytes under a known number, and loses answers when told. */
export function makeServer() {
  const tracks = new Map<string, ServedTrack>()
  const calls: string[] = []
  /** What the next calls meet: the request never comes, its answer is lost, or a code. */
  const fate: ('unsent' | 'lost' | string)[] = []
  const dropsPerBatch: Record<string, number> = {}
  /** Set while a call is to wait for being let through. */
  const server = { tracks, calls, fate, dropsPerBatch, isDown: false, gate: null as Promise<void> | null }

  async function answer<T>(name: string, act: () => T): Promise<T> {
    calls.push(name)
    if (server.gate) await server.gate
    const now = server.isDown ? 'unsent' : fate.shift()
    if (now === 'unsent') throw new DataError('server_down', 'fetch failed')
    if (now && now !== 'lost' && now !== 'ok') throw new DataError(now, now, { metres: 40 })
    const value = act()
    if (now === 'lost') throw new DataError('server_down', 'fetch failed')
    return value
  }
  const trackOf = (trackId: string): ServedTrack => {
    const track = tracks.get(trackId)
    if (!track) throw new DataError('not_allowed', 'not_allowed')
    return track
  }
  const sender: WalkSender = {
    open: (walk) =>
      answer(`open ${walk.trackId}`, () => {
        if (!tracks.has(walk.trackId)) tracks.set(walk.trackId, { opened: walk, batches: new Map(), marks: [], endedMs: null })
      }),
    send: (trackId, seq, fixes) =>
      answer(`send ${trackId} ${seq}`, () => {
        const track = trackOf(trackId)
        const bytes = JSON.stringify(fixes)
        const before = track.batches.get(seq)
        if (before !== undefined && before !== bytes) throw new DataError('batch_differs', 'batch_differs', { seq })
        if (before === undefined && track.endedMs !== null) throw new DataError('track_closed', 'track_closed')
        track.batches.set(seq, bytes)
        return { dropped: { ...dropsPerBatch } }
      }),
    mark: (trackId, mark) => answer(`mark ${trackId} ${mark.checkpointId}`, () => void trackOf(trackId).marks.push(mark)),
    end: (trackId, endedMs, lastSeq) =>
      answer(`end ${trackId} ${lastSeq}`, () => {
        const track = trackOf(trackId)
        const missing = Array.from({ length: lastSeq + 1 }, (_, seq) => seq).filter((seq) => !track.batches.has(seq))
        if (missing.length === 0) track.endedMs = endedMs
        return missing
      }),
    discard: (trackId) => answer(`discard ${trackId}`, () => void tracks.delete(trackId)),
  }
  return {
    ...server,
    /** The live object: flags are set on it. */
    server,
    sender,
    /** Positions stored of a walk, in the order of their batches. */
    stored: (trackId: string): number[] =>
      [...(tracks.get(trackId)?.batches ?? [])]
        .sort(([a], [b]) => a - b)
        .flatMap(([, bytes]) => {
          const { fromMs, atMs } = JSON.parse(bytes) as FixColumns
          return atMs.map((at) => fromMs + at)
        }),
  }
}
