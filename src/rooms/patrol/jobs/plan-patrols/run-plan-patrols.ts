import type { PatrolOutcome, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'

const runner = createJobRunner<PatrolProblem, PatrolOutcome>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./plan-patrols.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./plan-patrols-job')).planPatrolsJob,
})

/** Routes in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runPlanPatrols = (problem: PatrolProblem, options?: JobOptions): Promise<PatrolOutcome> => runner.run(problem, options)
