import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { DryRun } from '../../prepared-import'
import type { DryRunInput } from './dry-run-job'

const runner = createJobRunner<DryRunInput, DryRun>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./dry-run.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./dry-run-job')).dryRunJob,
})

/** Dry run of an import in a worker of its own. Rejects with `JobError` only: `aborted`, or a fault of ours. */
export async function runDryRun(input: DryRunInput, options?: JobOptions): Promise<DryRun> {
  try {
    return await runner.run(input, options)
  } finally {
    // Reading large files leaves a large heap; the next run starts afresh.
    runner.close()
  }
}
