import { seededRandom } from '@/algorithms/shared/seeded-random'
import type { Severity } from '@/rooms/data-exchange/model'

/** Everything in the corpus that is drawn by lot is drawn from this: the same files on every machine and every day. */
const SEED = 20261122

/** A lottery of its own for each part of the corpus, so that adding to one part leaves the others as they were. */
export const lottery = (part: string): (() => number) => seededRandom([...part].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), SEED) >>> 0)

/** A file that is wrong, and what reading it must end in. */
export interface MalformedFile {
  /** What is wrong, in a few words; together with the name of the file it is the name of the case. */
  readonly what: string
  readonly name: string
  readonly content: Uint8Array | string
  readonly ends: Ending
}

export interface Ending {
  /** Code of the finding; any of several where the place of a cut decides which fault is met first. */
  readonly code: string | readonly string[]
  /** A blocker lets nothing of the file go on; an error costs its own row; a warning tells of something mended. */
  readonly severity: Severity
  /** Where the finding points; left out where it is drawn by lot. */
  readonly row?: number | null
  readonly field?: string
  /** Rows handed on all the same; left out where it is drawn by lot. */
  readonly rows?: number
}

/** What a case must end in when only one thing can happen to it. */
export const blocker = (code: string | readonly string[], row?: number | null): Ending => ({ code, severity: 'blocker', row })
