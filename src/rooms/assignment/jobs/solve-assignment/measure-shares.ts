import type { CommunityTask, SolutionFigures } from './community-task'
import type { TieCosts } from './tie-costs'

export interface MeasuredShares {
  readonly figures: SolutionFigures
  /** Households and buildings by member. */
  readonly households: Int32Array
  readonly buildings: Int32Array
  /** Sum of what the ties cost, decimetres. */
  readonly objectiveDm: number
}

/** What shares of a community amount to. @param shares member by household, −1 nobody, `ELSEWHERE` of another community */
export function measureShares(task: CommunityTask, costs: TieCosts, shares: Int32Array, carers: Int32Array): MeasuredShares {
  const { households, members, weights } = task
  const loads = new Int32Array(members.ids.length)
  const buildingsOf = members.able.reduce<Set<number>[]>((list) => [...list, new Set()], [])
  let [objectiveDm, sumDm, maxDm, far, straight, kept, changed, special, specialWithCommittee, served] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  shares.forEach((member, household) => {
    special += households.special[household]
    if (member === households.today[household] && member !== -1) kept++
    else if (member !== -1) changed++
    if (member === -1) return
    served++
    if (member < 0) return
    loads[member]++
    buildingsOf[member].add(households.building[household])
    specialWithCommittee += households.special[household] & members.committee[member]
    objectiveDm += costs.costDm(household, member)
    straight += Number(costs.isStraight(household, member))
    const walkDm = costs.walkDm(household, member)
    sumDm += walkDm
    maxDm = Math.max(maxDm, walkDm)
    far += Number(walkDm > weights.farDm)
  })
  const buildings = Int32Array.from(buildingsOf, ({ size }) => size)
  let [ableMembers, belowMin, aboveMax] = [0, 0, 0]
  members.able.forEach((isAble, member) => {
    if (isAble === 0) return
    ableMembers++
    const byBuilding = task.mode === 'building'
    const isBelow = byBuilding && members.ownMin[member] === 0 ? buildings[member] < task.minBuildings : loads[member] < members.min[member]
    belowMin += Number(isBelow)
    aboveMax += Number(loads[member] > members.max[member] && (!byBuilding || members.ownMax[member] === 1))
  })
  const figures: SolutionFigures = {
    households: households.ids.length,
    served, ableMembers, belowMin, aboveMax, kept, changed, special, specialWithCommittee,
    walkSumM: sumDm / 10,
    walkMaxM: maxDm / 10,
    far, straight,
    frail: task.care.frail.length,
    cared: carers.reduce((count, carer) => count + Number(carer !== -1), 0),
  }
  return { figures, households: loads, buildings, objectiveDm }
}

/** What is left to gain, as a share of the walking. */
export const gapOf = (objective: number, bound: number, walking: number): number =>
  objective <= bound ? 0 : (objective - bound) / Math.max(walking, 1)
