import { solveTransport } from '@/algorithms/assignment/solve-transport'
import type { CommunityTask } from './community-task'
import { longestWalkDm } from './tie-costs'

/**
 * Who cares for each frail member: able members, each for at most `care.max`, nearest on the whole. Where there are enough frail
 * members for everybody to have `care.min`, everybody has; where there are fewer, the nearest are asked and some care for nobody.
 * @returns member by frail member, −1 nobody
 */
export function shareCare(task: CommunityTask): Int32Array {
  const { members, walks, weights, care } = task
  const carers = [...members.ids.keys()].filter((member) => members.able[member] === 1)
  const min = care.frail.length >= care.min * carers.length ? care.min : 0
  const longest = longestWalkDm(task)
  const [part, member, cost]: number[][] = [[], [], []]
  care.frail.forEach((frail, k) => {
    carers.forEach((carer, at) => {
      const isKnown = members.row[carer] >= 0 && members.column[frail] >= 0
      const walkDm = isKnown ? walks.walkDm[members.row[carer] * walks.columns + members.column[frail]] : longest
      part.push(k)
      member.push(at)
      cost.push(walkDm + (care.today[k] !== -1 && care.today[k] !== carer ? weights.changeDm : 0))
    })
  })
  const { flow } = solveTransport({
    supply: new Int32Array(care.frail.length).fill(1),
    min: new Int32Array(carers.length).fill(Math.min(min, care.max)),
    max: new Int32Array(carers.length).fill(care.max),
    arcs: { part: Int32Array.from(part), member: Int32Array.from(member), cost: Int32Array.from(cost) },
  })
  const out = new Int32Array(care.frail.length).fill(-1)
  flow.forEach((units, arc) => {
    if (units > 0) out[part[arc]] = carers[member[arc]]
  })
  return out
}
