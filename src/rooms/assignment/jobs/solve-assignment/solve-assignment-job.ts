import { JobError, type JobControl } from '@/jobs/job'
import type { CommunitySolution, CommunityTask } from './community-task'
import { gapOf } from './measure-shares'
import { solveCommunity } from './solve-community'

export interface SolveAssignmentInput {
  readonly communities: readonly CommunityTask[]
}

export interface SolvedAssignment {
  readonly communities: readonly CommunitySolution[]
  /** Sums over the communities. */
  readonly objectiveM: number
  readonly boundM: number
  readonly gap: number
  readonly ms: number
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

function sumSolutions(communities: readonly CommunitySolution[]): SolvedAssignment {
  const sum = (value: (solution: CommunitySolution) => number) => communities.reduce((total, solution) => total + value(solution), 0)
  const objectiveM = sum((solution) => solution.objectiveM)
  const boundM = sum((solution) => solution.boundM)
  return { communities, objectiveM, boundM, gap: gapOf(objectiveM, boundM, sum(({ figures }) => figures.walkSumM)), ms: sum(({ ms }) => ms) }
}
