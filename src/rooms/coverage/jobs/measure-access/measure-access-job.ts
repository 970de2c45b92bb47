import { makeAccessGround, type AccessGround, type AccessInput } from '@/algorithms/routing/access-ground'
import { measureAccess, type LevelWalks } from '@/algorithms/routing/measure-access'
import { JobError, type JobControl } from '@/jobs/job'

export interface MeasuredLand {
  readonly walks: LevelWalks
  /** For further questions, which are answered at once: nearest open stations, service areas, who is served when they are full. */
  readonly ground: AccessGround
}

/** Walks of a land to its stations; runs alike in a worker, on the page and in Node. */
export function measureAccessJob(input: AccessInput, { onProgress, signal }: JobControl): MeasuredLand {
  onProgress(0, 'streets')
  const ground = makeAccessGround(input)
  if (signal?.aborted) throw new JobError('aborted', {}, 'aborted')
  onProgress(0.7, 'walks')
  return { walks: measureAccess(ground, input.stationLevel, input.levels), ground }
}
