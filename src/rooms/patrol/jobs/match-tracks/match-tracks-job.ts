import type { JobControl } from '@/jobs/job'
import type { MatchTracksInput, MatchTracksResult } from './match-tracks-model'

export type { MatchedTrack, MatchTracksInput, MatchTracksResult, OffNetworkStretch, RawTrack, WalkedStretch } from './match-tracks-model'

/** Tracks on streets, cleaned and matched; runs alike in a worker, on the page and in Node. */
export type MatchTracksJob = (input: MatchTracksInput, control: JobControl) => MatchTracksResult
