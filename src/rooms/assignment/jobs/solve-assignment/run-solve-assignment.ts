import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { SolveAssignmentInput, SolvedAssignment } from './solve-assignment-job'

const runner = createJobRunner<SolveAssignmentInput, SolvedAssignment>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./solve-assignment.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./solve-assignment-job')).solveAssignmentJob,
})

/** Share out households in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runSolveAssignment = (input: SolveAssignmentInput, options?: JobOptions): Promise<SolvedAssignment> => runner.run(input, options)
