import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { ChangeRun } from '../../land-change'
import type { ChangeRunInput } from './change-run-job'

const runner = createJobRunner<ChangeRunInput, ChangeRun>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./change-run.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./change-run-job')).changeRunJob,
})

/** Dry run of a change in a worker of its own. Rejects with `JobError` only: `aborted`, or a fault of ours. */
export async function runChangeRun(input: ChangeRunInput, options?: JobOptions): Promise<ChangeRun> {
  try {
    return await runner.run(input, options)
  } finally {
    // Reading large files leaves a large heap; the next run starts afresh.
    runner.close()
  }
}
