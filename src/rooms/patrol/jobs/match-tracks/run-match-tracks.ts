import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { MatchTracksInput, MatchTracksResult } from './match-tracks-model'

const runner = createJobRunner<MatchTracksInput, MatchTracksResult>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./match-tracks.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./match-tracks-job')).matchTracksJob,
})

/** Tracks matched in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runMatchTracks = (input: MatchTracksInput, options?: JobOptions): Promise<MatchTracksResult> => runner.run(input, options)
