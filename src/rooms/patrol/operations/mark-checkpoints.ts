import type { TrackFixes } from '@/algorithms/tracks/track-fixes'

/** A checkpoint in metres of the frame of the land. */
export interface CheckpointPlace {
  readonly id: number
  readonly x: number
  readonly y: number
  readonly radiusM: number
  readonly dwellS: number
}

export interface WalkMark {
  readonly checkpointId: number
  readonly mark: 'visited' | 'probable'
  readonly atMs: number
}

/** Worse positions say nothing of a place. */
const WORST_M = 50
/** Between two positions farther apart in time nobody knows where one was. */
const GAP_MS = 120_000

/**
 * Which checkpoints a walk came by. Visited: it was within the radius for as long as the checkpoint asks, the way in and out not counted; where
 * it asks for nothing, one position whose accuracy is within the radius does. Probable: it came as near as the accuracy of its positions lets
 * one tell. The time is that of the first such position. O(fixes × checkpoints).
 */
export function markCheckpoints({ atMs, xyM, accuracyM }: TrackFixes, checkpoints: readonly CheckpointPlace[]): WalkMark[] {
  return checkpoints.flatMap(({ id, x, y, radiusM, dwellS }): WalkMark[] => {
    let [near, inside, visitedMs] = [NaN, -1, NaN]
    for (let k = 0; k < atMs.length; k++) {
      const accuracy = Number.isNaN(accuracyM[k]) ? 0 : accuracyM[k]
      if (accuracy > WORST_M) continue
      const awayM = Math.hypot(xyM[2 * k] - x, xyM[2 * k + 1] - y)
      if (Number.isNaN(near) && awayM <= radiusM + accuracy) near = atMs[k]
      if (awayM > radiusM || accuracy > radiusM) {
        inside = -1
        continue
      }
      if (inside < 0 || atMs[k] - atMs[k - 1] > GAP_MS) inside = k
      if (atMs[k] - atMs[inside] >= dwellS * 1000 && Number.isNaN(visitedMs)) visitedMs = atMs[inside]
    }
    if (!Number.isNaN(visitedMs)) return [{ checkpointId: id, mark: 'visited', atMs: visitedMs }]
    return Number.isNaN(near) ? [] : [{ checkpointId: id, mark: 'probable', atMs: near }]
  })
}
