import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import { cleanTrack, CLEAN_SETTINGS } from '@/algorithms/tracks/clean-track'
import { LEAST_CONFIDENCE } from '@/algorithms/tracks/covered-length'
import { MATCH_SETTINGS } from '@/algorithms/tracks/match-settings'
import { createTrackMatcher } from '@/algorithms/tracks/match-track'
import { measureEdges, streetParts } from '@/algorithms/tracks/street-stretches'
import type { WalkedPart } from '@/algorithms/tracks/track-match'
import { JobError, type JobControl } from '@/jobs/job'
import type { MatchedTrack, MatchTracksInput, MatchTracksResult, WalkedStretch } from './match-tracks-model'

/** Tracks cleaned and brought onto streets, many in one go; runs alike in a worker, on the page and in Node. */
export function matchTracksJob(input: MatchTracksInput, { onProgress, signal }: JobControl): MatchTracksResult {
  const { streets, streetIds, barriers, tracks } = input
  if (streetIds.length !== streets.classes.length) throw new Error(`expected ${streets.classes.length} street ids, got ${streetIds.length}`)
  const begin = (share: number, pass: string) => {
    if (signal?.aborted) throw new JobError('aborted', {}, 'aborted')
    onProgress(share, pass)
  }
  begin(0, 'graph')
  const graph = buildStreetGraph(streets, barriers)
  const measures = measureEdges(graph, streets)
  const matcher = createTrackMatcher(graph, { ...MATCH_SETTINGS, ...input.match })
  const matched = tracks.map((track, k): MatchedTrack => {
    begin(0.05 + (0.95 * k) / tracks.length, 'match')
    const clean = cleanTrack(track, { ...CLEAN_SETTINGS, ...input.clean })
    const match = matcher.match(clean)
    const isSure = ({ confidence }: WalkedPart): boolean => confidence >= LEAST_CONFIDENCE
    return {
      trackId: track.trackId,
      walked: streetParts(graph, measures, match.walked.filter(isSure)).flatMap((part): WalkedStretch[] => {
        const [fromCm, toCm] = [Math.round(100 * part.fromM), Math.round(100 * part.toM)]
        if (fromCm === toCm) return []
        return [{
          streetId: streetIds[part.line],
          fromCm,
          toCm,
          reversed: part.isReversed,
          fromAtMs: part.fromMs,
          toAtMs: part.toMs,
          confidence: part.confidence,
        }]
      }),
      doubtfulM: match.walked.reduce((sum, part) => sum + (isSure(part) ? 0 : Math.abs(part.toM - part.fromM)), 0),
      offNetwork: match.off.map(({ xyM, fromMs, toMs, confidence }) => ({
        xyM,
        lengthM: lengthOf(xyM),
        fromAtMs: fromMs,
        toAtMs: toMs,
        confidence,
      })),
      cleaned: clean.counts,
      sigmaM: match.sigmaM,
    }
  })
  onProgress(1, 'match')
  return { tracks: matched }
}

function lengthOf(xyM: Float64Array): number {
  let sum = 0
  for (let k = 2; k < xyM.length; k += 2) sum += Math.hypot(xyM[k] - xyM[k - 2], xyM[k + 1] - xyM[k - 1])
  return sum
}
