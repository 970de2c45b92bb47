import { solveTransport } from '@/algorithms/assignment/solve-transport'
import { UNCHANGED, type CommunitySolution, type CommunityTask } from './community-task'
import { findShortage } from './find-shortage'
import { formParts, memberRoom, readShares, type Shares } from './form-parts'
import { gapOf, measureShares } from './measure-shares'
import { shareBuildings } from './share-buildings'
import { shareCare } from './share-care'
import { createTieCosts, type TieCosts } from './tie-costs'

/**
 * Share out one community: household by household exactly, or whole buildings; then care for the frail; then say what falls
 * short. Complexity: that of the flow, O(parts × members) arcs.
 */
export function solveCommunity(task: CommunityTask): CommunitySolution {
  const began = performance.now()
  const costs = createTieCosts(task)
  const shares = task.mode === 'building' ? shareBuildings(task, costs) : shareHouseholds(task, costs)
  const carers = shareCare(task)
  const { figures, households, buildings, objectiveDm } = measureShares(task, costs, shares.members, carers)
  const { members } = task
  const able = [...members.ids.keys()].filter((member) => members.able[member] === 1)
  const boundDm = objectiveDm - shares.slackDm
  return {
    communityId: task.communityId,
    mode: task.mode,
    householdIds: task.households.ids,
    memberIds: toIds(task, shares.members, task.households.now),
    frailIds: Int32Array.from(task.care.frail, (member) => members.ids[member]),
    carerIds: toIds(task, carers, task.care.now),
    figures,
    loads: Int32Array.from(able, (member) => households[member]),
    objectiveM: objectiveDm / 10,
    boundM: boundDm / 10,
    gap: gapOf(objectiveDm, boundDm, 10 * figures.walkSumM),
    shortage: findShortage(task, costs, shares, { households, buildings }),
    ms: performance.now() - began,
  }
}

export function shareHouseholds(task: CommunityTask, costs: TieCosts): Shares {
  const parted = formParts(task, costs, memberRoom(task))
  const solution = solveTransport(parted.problem)
  return { members: readShares(task, parted, solution.flow), slackDm: solution.objective - solution.bound, flow: solution }
}

/** Ids of members by position. */
function toIds({ members }: CommunityTask, list: Int32Array, now: Int32Array): Int32Array {
  return list.map((member, k) => (member >= 0 ? members.ids[member] : member === now[k] ? UNCHANGED : 0))
}
