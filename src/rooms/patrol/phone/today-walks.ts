import type { OwnTrack } from '../repository'
import type { KeptWalk, Refusal } from './kept-walk'

/** One of one's own walks, wherever it is on its way. */
export interface TodayWalk {
  readonly trackId: string
  readonly startedMs: number
  readonly endedMs: number | null
  /** `open` is recorded here; `here` waits to be sent; `otherPhone` was left open elsewhere. */
  readonly state: 'open' | 'here' | 'refused' | 'otherPhone' | 'ended' | 'matched'
  /** Something of it is kept in this browser. */
  readonly isHere: boolean
  readonly dropped: Readonly<Record<string, number>>
  readonly streetM: number
  readonly yardM: number
  readonly refusal: Refusal | null
  /** Batches the server has. */
  readonly batches: readonly number[]
}

/** Walks kept here and walks the server knows, each once, by their beginning. O(n). */
export function todayWalks(kept: readonly KeptWalk[], tracks: readonly OwnTrack[], recordedId: string | null): TodayWalk[] {
  const here = kept.map(({ trackId, startedMs, endedMs, dropped, refusal }): TodayWalk => ({
    trackId, startedMs, endedMs, dropped, refusal, isHere: true, streetM: 0, yardM: 0, batches: [],
    state: refusal ? 'refused' : trackId === recordedId ? 'open' : 'here',
  }))
  const there = tracks
    .filter(({ id }) => !kept.some(({ trackId }) => trackId === id))
    .map(({ id, startedAt, endedAt, state, dropped, streetM, yardM, batches }): TodayWalk => ({
      trackId: id, startedMs: Date.parse(startedAt), endedMs: endedAt === null ? null : Date.parse(endedAt), dropped, streetM, yardM, batches, refusal: null, isHere: false,
      state: state === 'open' ? 'otherPhone' : state,
    }))
  return [...there, ...here].sort((a, b) => a.startedMs - b.startedMs)
}
