import type { CommunityWalks } from '@/core/assignment/walks'
import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { MeasureWalksInput } from './measure-walks-job'

const runner = createJobRunner<MeasureWalksInput, CommunityWalks[]>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./measure-walks.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./measure-walks-job')).measureWalksJob,
})

/** Walks in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runMeasureWalks = (input: MeasureWalksInput, options?: JobOptions): Promise<CommunityWalks[]> => runner.run(input, options)
