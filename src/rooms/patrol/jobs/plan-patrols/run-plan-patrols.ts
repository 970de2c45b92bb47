import type { PatrolOutcome, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import { createJobRunner } from '@/jobs/create-job-runner'
import { JobError, type JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { PlanPatrolsInput } from './plan-patrols-job'

const runner = createJobRunner<PlanPatrolsInput, PatrolOutcome>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./plan-patrols.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./plan-patrols-job')).planPatrolsJob,
})

/** Shares of the effort, one after the other from the best so far: a worker that is stopped takes what it has with it. */
const STAGES = [0.1, 0.3, 0.6]
/** Effort below which there is nothing to wait for between. */
const WHOLE = 100

/**
 * Routes in a worker. Stopped once there is a plan, it answers with the best so far; before, it rejects with `JobError` `aborted`.
 * @param run the job, as others may run it
 */
export async function runPlanPatrols(problem: PatrolProblem, options: JobOptions = {}, run = runner.run): Promise<PatrolOutcome> {
  const stages = problem.effort < WHOLE ? [1] : STAGES
  let outcome: PatrolOutcome | null = null
  let done = 0
  for (const [stage, share] of stages.entries()) {
    const begin: PlanPatrolsInput['begin'] = outcome?.kind === 'plan' ? outcome.plan : null
    const from = done
    try {
      outcome = await run({ problem: { ...problem, seed: problem.seed + stage, effort: share * problem.effort }, begin }, {
        signal: options.signal,
        onProgress: (part, pass) => options.onProgress?.(from + share * part, pass),
      })
    } catch (cause) {
      if (begin && cause instanceof JobError && cause.code === 'aborted') return { kind: 'plan', plan: begin }
      throw cause
    }
    done += share
    // A bound that refuses does so again; a search that found nothing may yet find something.
    if (outcome.kind === 'refused' && outcome.refusals.some(({ reason }) => reason !== 'none_found')) return outcome
    if (outcome.kind === 'plan' && outcome.plan.gap === 0) return outcome
  }
  return outcome!
}
