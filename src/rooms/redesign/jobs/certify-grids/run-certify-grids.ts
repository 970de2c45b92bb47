import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { CertifiedGrids, CertifyGridsInput } from './certify-grids-job'

const runner = createJobRunner<CertifyGridsInput, CertifiedGrids>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./certify-grids.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./certify-grids-job')).certifyGridsJob,
})

/** Certificate in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export async function runCertifyGrids(input: CertifyGridsInput, options?: JobOptions): Promise<CertifiedGrids> {
  try {
    return await runner.run(input, options)
  } finally {
    // A solver leaves a large heap; the next question starts afresh.
    runner.close()
  }
}
