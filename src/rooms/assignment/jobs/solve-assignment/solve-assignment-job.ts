import { JobError, type JobControl } from '@/jobs/job'
import type { CommunitySolution, CommunityTask } from './community-task'
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

export function sumSolutions(communities: readonly CommunitySolution[]): SolvedAssignment {
  const sum = (value: (solution: CommunitySolution) => number) => communities.reduce((total, solution) => total + value(solution), 0)
  const objectiveM = sum((solution) => solution.objectiveM)
  const boundM = sum((solution) => solution.boundM)
  const walkSumM = sum(({ figures }) => figures.walkSumM)
  return { communities, objectiveM, boundM, gap: gapOf(objectiveM, boundM, walkSumM), ms: sum(({ ms }) => ms) }
}

/** What is left to gain, as a share of the walking; walks of nothing leave no gap worth the name. */
export const gapOf = (objectiveM: number, boundM: number, walkSumM: number): number =>
  objectiveM <= boundM ? 0 : (objectiveM - boundM) / Math.max(walkSumM, 1)
