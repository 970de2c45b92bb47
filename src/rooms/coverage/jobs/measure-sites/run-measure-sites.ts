import type { WalkRows } from '@/algorithms/routing/walks-within'
import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { MeasureSitesInput } from './measure-sites-job'

const runner = createJobRunner<MeasureSitesInput, WalkRows>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./measure-sites.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./measure-sites-job')).measureSitesJob,
})

/** Walks to candidates in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runMeasureSites = (input: MeasureSitesInput, options?: JobOptions): Promise<WalkRows> => runner.run(input, options)
