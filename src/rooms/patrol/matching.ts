import type { PatrolScope } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import { toDataError } from '@/data/errors'
import { runMatchTracks } from './jobs/match-tracks/run-match-tracks'
import { encodeTracks, makeMatchEncoder, type MatchGround } from './operations/encode-match'
import { loadTracksToMatch, saveTrackMatch, type TrackToMatch } from './repository'

/** What is told while walks are matched. */
export interface MatchingReport {
  /** How many wait, once known. */
  onFound?(count: number): void
  onSaved?(saved: number): void
  /** Walks whose match the server refused: they wait on, and the others are matched all the same. */
  onRefused?(refused: number): void
}

/** Somebody else matched it, or its fixes are gone by rule: it waits no more. */
const SETTLED: readonly string[] = ['raw_gone', 'track_open', 'not_allowed']
/** The match does not fit the walk. */
const REFUSED: readonly string[] = ['match_invalid', 'patrol_invalid']

export const groundOf = (scope: Scope, { gates, checkpoints, settings }: Pick<PatrolScope, 'gates' | 'checkpoints' | 'settings'>): MatchGround => ({
  scope, gates, checkpoints, passM: settings.passM,
})

/**
 * Match the ended walks of a street that wait and that the caller may match, or one's own alone, in a worker, and save each; answers how many
 * were saved. Throws `DataError`, `JobError`; what was saved before stays so.
 */
export async function matchWaiting(landId: number, ground: MatchGround, isOwn: boolean, { onFound, onSaved, onRefused }: MatchingReport = {}): Promise<number> {
  let [found, saved, refused] = [0, 0, 0]
  let after: string | null = null
  const encode = makeMatchEncoder(ground)
  for (;;) {
    const waiting: TrackToMatch[] = await loadTracksToMatch(landId, { isOwn, after })
    if (waiting.length === 0) return saved
    after = waiting[waiting.length - 1].trackId
    onFound?.((found += waiting.length))
    const { tracks } = await runMatchTracks(encodeTracks(waiting, ground))
    for (const [k, matched] of tracks.entries()) {
      try {
        await saveTrackMatch(matched.trackId, encode(matched, waiting[k]))
        onSaved?.(++saved)
      } catch (thrown) {
        const { code } = toDataError(thrown)
        if (REFUSED.includes(code)) onRefused?.(++refused)
        else if (!SETTLED.includes(code)) throw thrown
      }
    }
  }
}
