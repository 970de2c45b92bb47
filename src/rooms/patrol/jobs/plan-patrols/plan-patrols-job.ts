import { planPatrols } from '@/algorithms/arc-routing/plan-patrols'
import type { PatrolOutcome, PatrolPlan, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import type { JobControl } from '@/jobs/job'

export interface PlanPatrolsInput {
  readonly problem: PatrolProblem
  /** A plan of the same problem to go on from. */
  readonly begin: PatrolPlan | null
}

/** Routes for all patrollers, or why there are none. */
export function planPatrolsJob({ problem, begin }: PlanPatrolsInput, control: JobControl): PatrolOutcome {
  return planPatrols(problem, control, begin)
}
