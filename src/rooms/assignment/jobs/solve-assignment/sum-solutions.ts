import type { CommunitySolution } from './community-task'

export interface SolvedAssignment {
  readonly communities: readonly CommunitySolution[]
  /** Sums over the communities. */
  readonly objectiveM: number
  readonly boundM: number
  readonly gap: number
  readonly ms: number
}

export function sumSolutions(communities: readonly CommunitySolution[]): SolvedAssignment {
  const sum = (value: (solution: CommunitySolution) => number) => communities.reduce((total, solution) => total + value(solution), 0)
  const objectiveM = sum((solution) => solution.objectiveM)
  const boundM = sum((solution) => solution.boundM)
  const walkSumM = sum(({ figures }) => figures.walkSumM)
  return { communities, objectiveM, boundM, gap: gapOf(objectiveM, boundM, walkSumM), ms: sum(({ ms }) => ms) }
}

/** What is left to gain, as a share of the walking. */
export const gapOf = (objective: number, bound: number, walking: number): number =>
  objective <= bound ? 0 : (objective - bound) / Math.max(walking, 1)
