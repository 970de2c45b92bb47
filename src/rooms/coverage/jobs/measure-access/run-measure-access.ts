import type { AccessInput } from '@/algorithms/routing/access-ground'
import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { MeasuredLand } from './measure-access-job'

const runner = createJobRunner<AccessInput, MeasuredLand>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./measure-access.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./measure-access-job')).measureAccessJob,
})

/** Walks to stations in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runMeasureAccess = (input: AccessInput, options?: JobOptions): Promise<MeasuredLand> => runner.run(input, options)
