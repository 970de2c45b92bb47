import type { PatrolScope } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import { toDataError } from '@/data/errors'
import { runMatchTracks } from './jobs/match-tracks/run-match-tracks'
import { encodeTracks, makeMatchEncoder, type MatchGround } from './operations/encode-match'
import { loadTracksToMatch, saveTrackMatch } from './repository'

/** What is told while walks are matched. */
export interface MatchingReport {
  /** How many wait, once known. */
  onFound?(count: number): void
  onSaved?(saved: number): void
}

/** Somebody else matched it, or its fixes are gone by rule: it waits no more. */
const SETTLED: readonly string[] = ['raw_gone', 'track_open', 'not_allowed']

export const groundOf = (scope: Scope, { gates, checkpoints, settings }: Pick<PatrolScope, 'gates' | 'checkpoints' | 'settings'>): MatchGround => ({
  scope, gates, checkpoints, passM: settings.passM,
})

/**
 * Match the ended walks of a street that wait and that the caller may match, in a worker, and save each; answers how many were saved. Throws
 * `DataError`, `JobError`; what was saved before stays so.
 */
export async function matchWaiting(landId: number, ground: MatchGround, { onFound, onSaved }: MatchingReport = {}): Promise<number> {
  let saved = 0
  const tried = new Set<string>()
  const encode = makeMatchEncoder(ground)
  for (;;) {
    const waiting = (await loadTracksToMatch(landId)).filter(({ trackId }) => !tried.has(trackId))
    if (waiting.length === 0) return saved
    onFound?.(tried.size + waiting.length)
    const { tracks } = await runMatchTracks(encodeTracks(waiting, ground))
    for (const [k, matched] of tracks.entries()) {
      tried.add(matched.trackId)
      try {
        await saveTrackMatch(matched.trackId, encode(matched, waiting[k]))
        onSaved?.(++saved)
      } catch (thrown) {
        if (!SETTLED.includes(toDataError(thrown).code)) throw thrown
      }
    }
  }
}
