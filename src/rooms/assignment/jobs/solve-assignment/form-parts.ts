import { MOST_COST, type TransportProblem, type TransportSolution } from '@/algorithms/assignment/transport-problem'
import type { CommunityTask } from './community-task'
import type { TieCosts } from './tie-costs'

/** Households of a community in parts of interchangeable ones, with what each part costs each member. */
export interface PartedProblem {
  readonly problem: TransportProblem
  /** Households by part, in their natural order; pinned ones are in none. */
  readonly partHouseholds: readonly Int32Array[]
  /** Cost that a special household with a committee member is spared, decimetres; not a cost of walking. */
  readonly committeeBonusDm: number
}

/** Who may carry how much beyond the pinned; by member. */
export interface MemberRoom {
  readonly min: Int32Array
  readonly max: Int32Array
  /** Households pinned to the member. */
  readonly pinned: Int32Array
}

/** Members by household, and how much cheaper a plan could be at most, decimetres. */
export interface Shares {
  readonly members: Int32Array
  readonly slackDm: number
  /** The flow they were read from; null where whole buildings were shared out. */
  readonly flow: TransportSolution | null
}

/**
 * Parts and costs of a community. Households of one building and stairwell that are alike in all a cost depends on make one
 * part, so sharing out parts is sharing out households, exactly.
 *
 * A special household goes to a committee member first: the bonus is larger than any chain of exchanges could cost, which
 * meets each part and each member once at most.
 * Complexity O(households + parts × members).
 */
export function formParts(task: CommunityTask, costs: TieCosts, room: MemberRoom): PartedProblem {
  const { households, members } = task
  const byKey = new Map<string, number[]>()
  households.ids.forEach((_, household) => {
    if (households.pinned[household] === 1) return
    const { building, stairwell, special, interests, today } = households
    const key = `${building[household]}|${stairwell[household]}|${special[household]}|${interests[household]}|${today[household]}|${costs.kinKey(household)}|${costs.excludedKey(household)}`
    const among = byKey.get(key)
    if (among) among.push(household)
    else byKey.set(key, [household])
  })
  const partHouseholds = [...byKey.values()].map((list) => Int32Array.from(list))

  const carriers = [...members.ids.keys()].filter((k) => room.max[k] > 0 || room.min[k] > 0)
  const pairs = partHouseholds.length * carriers.length
  const [part, member, cost] = [new Int32Array(pairs), new Int32Array(pairs), new Int32Array(pairs)]
  let [count, most, least] = [0, 0, 0]
  partHouseholds.forEach(([household], k) => {
    for (const carrier of carriers) {
      if (costs.isExcluded(household, carrier) || !costs.isWithinReach(household, carrier)) continue
      const dm = costs.costDm(household, carrier)
      part[count] = k
      member[count] = carrier
      cost[count++] = dm
      if (dm > most) most = dm
      if (dm < least) least = dm
    }
  })
  const chain = 2 * Math.min(partHouseholds.length, carriers.length) + 2
  const committeeBonusDm = Math.min((most - least) * chain + 1, MOST_COST / 2)
  for (let arc = 0; arc < count; arc++) {
    if (households.special[partHouseholds[part[arc]][0]] === 1 && members.committee[member[arc]] === 1) cost[arc] -= committeeBonusDm
  }
  return {
    problem: {
      supply: Int32Array.from(partHouseholds, ({ length }) => length),
      min: room.min,
      max: room.max,
      arcs: { part: part.subarray(0, count), member: member.subarray(0, count), cost: cost.subarray(0, count) },
    },
    partHouseholds,
    committeeBonusDm,
  }
}

/** Room that members have beside the households pinned to them; who is not able has none. */
export function memberRoom({ households, members }: CommunityTask): MemberRoom {
  const pinned = members.pinnedElsewhere.slice()
  households.now.forEach((member, household) => {
    if (households.pinned[household] === 1 && member >= 0) pinned[member]++
  })
  const left = (limit: Int32Array) => limit.map((count, member) => (members.able[member] ? Math.max(0, count - pinned[member]) : 0))
  return { min: left(members.min), max: left(members.max), pinned }
}

/**
 * Members by household as the flow has it. Within a part whoever the plan has now is kept where the flow allows, so that
 * nothing changes without need.
 */
export function readShares(task: CommunityTask, { problem, partHouseholds }: PartedProblem, flow: ArrayLike<number>): Int32Array {
  const { now, pinned } = task.households
  const shares = now.map((member, household) => (pinned[household] === 1 ? member : -1))
  const left = partHouseholds.map(() => new Map<number, number>())
  const { part, member } = problem.arcs
  for (let arc = 0; arc < part.length; arc++) if (flow[arc] > 0) left[part[arc]].set(member[arc], flow[arc])
  partHouseholds.forEach((households, k) => {
    const units = left[k]
    const take = (household: number, to: number, count: number): void => {
      shares[household] = to
      if (count > 1) units.set(to, count - 1)
      else units.delete(to)
    }
    for (const household of households) {
      const count = units.get(now[household])
      if (count !== undefined) take(household, now[household], count)
    }
    for (const household of households) {
      if (shares[household] >= 0) continue
      for (const [to, count] of units) {
        take(household, to, count)
        break
      }
    }
  })
  return shares
}
