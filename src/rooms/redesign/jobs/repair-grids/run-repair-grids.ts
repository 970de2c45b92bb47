import type { DivisionRepair } from '@/algorithms/partition/repair-division'
import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { RepairGridsInput } from './repair-grids-job'

const runner = createJobRunner<RepairGridsInput, DivisionRepair[]>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./repair-grids.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./repair-grids-job')).repairGridsJob,
})

/** Repairs in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runRepairGrids = (input: RepairGridsInput, options?: JobOptions): Promise<DivisionRepair[]> => runner.run(input, options)
