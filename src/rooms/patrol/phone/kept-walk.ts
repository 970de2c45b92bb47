import type { FixColumns } from '../repository'

/** A position of the phone. */
export interface WalkFix {
  /** Clock of the server, ms since 1970. */
  readonly atMs: number
  readonly lng: number
  readonly lat: number
  /** Radius the phone says it lies within; null unknown. */
  readonly accuracyM: number | null
}

/**
 * Positions that go to the server together. `filling` takes more; `sealed` never changes again, for it may have been sent and its answer
 * lost; `sent` was confirmed and stays until the walk is over, so that its way can be drawn.
 */
export interface KeptBatch {
  readonly trackId: string
  /** From 0, without holes. */
  readonly seq: number
  readonly state: 'filling' | 'sealed' | 'sent'
  readonly fixes: FixColumns
}

/** A checkpoint confirmed on the spot. */
export interface KeptMark {
  readonly checkpointId: number
  readonly atMs: number
  readonly lng: number
  readonly lat: number
  readonly accuracyM: number | null
  readonly state: 'waiting' | 'sent' | 'refused'
  /** Code of the server's refusal with its figures. */
  readonly refusal?: Refusal
}

export interface Refusal {
  readonly code: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** A walk as this browser keeps it until the server has all of it. */
export interface KeptWalk {
  readonly trackId: string
  readonly personId: string
  readonly landId: number
  readonly planId: string | null
  readonly route: number | null
  readonly startedMs: number
  /** Null while it goes on. */
  readonly endedMs: number | null
  /** Held by hand: no position is taken until it goes on. */
  readonly isPaused: boolean
  /** The server knows of it. */
  readonly isOpened: boolean
  /** Given up by hand; nothing of it is left here but the word to the server. */
  readonly isGivenUp: boolean
  /** Positions the server left out, by reason. */
  readonly dropped: Readonly<Record<string, number>>
  readonly marks: readonly KeptMark[]
  /** Why the server takes no more of it; it is tried again by hand only. */
  readonly refusal: Refusal | null
}

/** What is kept of a person: walks by their beginning, batches by walk and seq. */
export interface KeptWalks {
  readonly walks: readonly KeptWalk[]
  readonly batches: readonly KeptBatch[]
}

const DEGREE_SCALE = 1e7
const UNKNOWN = -1
/** Largest accuracy that fits the column, dm. */
const MOST_DM = 32767

export const emptyBatch = (trackId: string, seq: number, fromMs: number): KeptBatch => ({
  trackId, seq, state: 'filling', fixes: { fromMs, atMs: [], lngE7: [], latE7: [], accuracyDm: [] },
})

export function withFix(batch: KeptBatch, fix: WalkFix): KeptBatch {
  const { fromMs, atMs, lngE7, latE7, accuracyDm } = batch.fixes
  return {
    ...batch,
    fixes: {
      fromMs,
      atMs: [...atMs, Math.round(fix.atMs - fromMs)],
      lngE7: [...lngE7, Math.round(fix.lng * DEGREE_SCALE)],
      latE7: [...latE7, Math.round(fix.lat * DEGREE_SCALE)],
      accuracyDm: [...accuracyDm, fix.accuracyM === null ? UNKNOWN : Math.min(MOST_DM, Math.round(fix.accuracyM * 10))],
    },
  }
}

export const sizeOf = ({ fixes }: KeptBatch): number => fixes.atMs.length

/** Positions of a batch as they were taken, to the resolution they are kept in. */
export const fixesOf = ({ fixes: { fromMs, atMs, lngE7, latE7, accuracyDm } }: KeptBatch): WalkFix[] =>
  atMs.map((at, k) => ({
    atMs: fromMs + at,
    lng: lngE7[k] / DEGREE_SCALE,
    lat: latE7[k] / DEGREE_SCALE,
    accuracyM: accuracyDm[k] === UNKNOWN ? null : accuracyDm[k] / 10,
  }))

/** What the server has not confirmed, positions and marks, by walk. */
export function waitingByWalk({ walks, batches }: KeptWalks): Record<string, number> {
  const waiting: Record<string, number> = {}
  for (const { trackId, marks } of walks) waiting[trackId] = marks.filter(({ state }) => state === 'waiting').length
  for (const batch of batches) if (batch.state !== 'sent') waiting[batch.trackId] = (waiting[batch.trackId] ?? 0) + sizeOf(batch)
  return waiting
}
