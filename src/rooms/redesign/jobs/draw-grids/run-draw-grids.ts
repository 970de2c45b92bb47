import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { DrawGridsInput, DrawnGrids } from './draw-grids-job'

const runner = createJobRunner<DrawGridsInput, DrawnGrids>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./draw-grids.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./draw-grids-job')).drawGridsJob,
  // Candidates do not depend on one another.
  threads: 2,
})

/** One candidate in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runDrawGrids = (input: DrawGridsInput, options?: JobOptions): Promise<DrawnGrids> => runner.run(input, options)
