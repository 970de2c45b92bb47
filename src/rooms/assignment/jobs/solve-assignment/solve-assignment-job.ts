import { JobError, type JobControl } from '@/jobs/job'
import type { CommunityTask } from './community-task'
import { solveCommunity } from './solve-community'
import { sumSolutions, type SolvedAssignment } from './sum-solutions'

export interface SolveAssignmentInput {
  readonly communities: readonly CommunityTask[]
}

/** Share out the households of communities, one after the other. The same input gives the same shares everywhere. */
export function solveAssignmentJob({ communities }: SolveAssignmentInput, { onProgress, signal }: JobControl): SolvedAssignment {
  const total = communities.reduce((sum, { households }) => sum + households.ids.length, 0)
  let done = 0
  const solutions = communities.map((task) => {
    if (signal?.aborted) throw new JobError('aborted', {}, 'aborted')
    const solution = solveCommunity(task)
    done += task.households.ids.length
    onProgress(total === 0 ? 1 : done / total, 'community')
    return solution
  })
  return sumSolutions(solutions)
}
