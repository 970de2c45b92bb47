import { planPatrols } from '@/algorithms/arc-routing/plan-patrols'
import type { PatrolOutcome, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import type { JobControl } from '@/jobs/job'

/** Routes for all patrollers, or why there are none. Stopped by its signal it answers with the best so far. */
export function planPatrolsJob(problem: PatrolProblem, control: JobControl): PatrolOutcome {
  return planPatrols(problem, control)
}
