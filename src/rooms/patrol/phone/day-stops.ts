import type { CheckpointVisit } from '@/algorithms/tracks/visit-checkpoints'
import type { DayCheckpoint } from '../repository'
import type { KeptMark, Refusal } from './kept-walk'

/** A checkpoint of the day's route as it stands. */
export interface DayStop {
  readonly checkpoint: DayCheckpoint
  /** `waiting`: confirmed here, not yet told to the server. */
  readonly state: 'confirmed' | 'waiting' | 'visited' | 'probable' | 'none'
  /** ms since 1970; null where nobody came by. */
  readonly atMs: number | null
  /** Why the server did not take it. */
  readonly refusal: Refusal | null
}

export const isDone = ({ state }: DayStop): boolean => state === 'confirmed' || state === 'waiting' || state === 'visited'

/** What is known of each checkpoint: confirmed by hand first, then what the server matched, then what the walk in hand shows. */
export function dayStops(checkpoints: readonly DayCheckpoint[], marks: readonly KeptMark[], visits: readonly CheckpointVisit[]): DayStop[] {
  return checkpoints.map((checkpoint, k): DayStop => {
    const mine = marks.filter(({ checkpointId }) => checkpointId === checkpoint.id)
    const here = mine.find(({ state }) => state !== 'refused')
    const refusal = here ? null : (mine.at(-1)?.refusal ?? null)
    const served = checkpoint.markedAt === null ? null : Date.parse(checkpoint.markedAt)
    if (here) return { checkpoint, state: here.state === 'sent' ? 'confirmed' : 'waiting', atMs: here.atMs, refusal }
    if (checkpoint.mark === 'confirmed' || checkpoint.mark === 'visited') return { checkpoint, state: checkpoint.mark, atMs: served, refusal }
    const visit = visits[k]
    if (visit && visit.mark !== 'none') return { checkpoint, state: visit.mark, atMs: visit.atMs, refusal }
    return { checkpoint, state: checkpoint.mark ?? 'none', atMs: served, refusal }
  })
}
