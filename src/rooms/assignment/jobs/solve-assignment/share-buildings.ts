import { solveTransport } from '@/algorithms/assignment/solve-transport'
import type { TransportProblem, TransportSolution } from '@/algorithms/assignment/transport-problem'
import type { CommunityTask } from './community-task'
import { memberRoom, type Shares } from './form-parts'
import { settleBuildings } from './settle-buildings'
import { longestWalkDm, type TieCosts } from './tie-costs'

/** A building as a whole: what is not pinned of it goes to one member. */
export interface WholeBuilding {
  readonly households: readonly number[]
  /** By carrier: what it costs, decimetres, with and without the bonus of special households; NaN where it may not be. */
  readonly costDm: Float64Array
  readonly pureDm: Float64Array
}

/** Buildings and who can take them. Carriers are positions in `members`. */
export interface BuildingProblem {
  readonly buildings: readonly WholeBuilding[]
  readonly members: readonly number[]
  /** Buildings that each has to get, beside those pinned in part. */
  readonly minBuildings: Int32Array
  /** Most households by own terms; where there are none, `softMax`. */
  readonly max: Int32Array
  readonly isHard: Uint8Array
}

/**
 * Whole buildings to one member each: as many households served as can be, then at least `minBuildings` for each, then nobody
 * with more households than need be, then least cost. Need: the usual most, or as many as it takes.
 *
 * Where all buildings hold equally many households, as farmsteads do, this is a flow and solved exactly. Else it is a packing:
 * settled by exchanges from two plans, and bounded by the flow that may cut buildings.
 */
export function shareBuildings(task: CommunityTask, costs: TieCosts): Shares {
  const problem = formBuildings(task, costs)
  const size = problem.buildings[0]?.households.length ?? 0
  const isUniform = problem.buildings.every(({ households }) => households.length === size)
  const taken = isUniform ? shareAlike(task, problem, size) : settle(task, problem)
  const members = task.households.now.map((member, household) => (task.households.pinned[household] === 1 ? member : -1))
  taken.carrier.forEach((carrier, k) => {
    for (const household of problem.buildings[k].households) members[household] = carrier < 0 ? -1 : problem.members[carrier]
  })
  return { members, slackDm: taken.slackDm, flow: null }
}

interface TakenBuildings {
  /** Carrier by building, −1 nobody. */
  readonly carrier: Int32Array
  readonly slackDm: number
}

function formBuildings(task: CommunityTask, costs: TieCosts): BuildingProblem {
  const { households, members } = task
  const room = memberRoom(task)
  const carriers = [...members.ids.keys()].filter((member) => members.able[member] === 1 && (members.ownMax[member] === 0 || room.max[member] > 0))
  const byBuilding = new Map<number, number[]>()
  const pinnedBuildings = members.able.reduce<Set<number>[]>((list) => [...list, new Set()], [])
  households.building.forEach((building, household) => {
    const now = households.now[household]
    if (households.pinned[household] === 1) {
      if (now >= 0) pinnedBuildings[now].add(building)
      return
    }
    // Households of no known building are buildings by themselves.
    const key = building < 0 ? -1 - household : building
    const among = byBuilding.get(key)
    if (among) among.push(household)
    else byBuilding.set(key, [household])
  })
  const bonusDm = 1 + longestWalkDm(task)
  const buildings = [...byBuilding.values()].map((list): WholeBuilding => {
    const isOpen = (member: number) => list.every((household) => !costs.isExcluded(household, member) && costs.isWithinReach(household, member))
    const pureDm = Float64Array.from(carriers, (member) => (isOpen(member) ? list.reduce((sum, household) => sum + costs.costDm(household, member), 0) : NaN))
    const special = list.reduce((count, household) => count + households.special[household], 0)
    return { households: list, pureDm, costDm: pureDm.map((dm, at) => dm - special * bonusDm * members.committee[carriers[at]]) }
  })
  return {
    buildings,
    members: carriers,
    minBuildings: Int32Array.from(carriers, (member) =>
      members.ownMin[member] === 1 ? 0 : Math.max(0, task.minBuildings - pinnedBuildings[member].size)),
    max: Int32Array.from(carriers, (member) => room.max[member]),
    isHard: Uint8Array.from(carriers, (member) => members.ownMax[member]),
  }
}

/** Most households of those without a most of their own: the usual, or what it takes to carry everybody. */
function evenMax(task: CommunityTask, { buildings, max, isHard }: BuildingProblem): number {
  const total = buildings.reduce((sum, { households }) => sum + households.length, 0)
  const holds = (most: number) => max.reduce((sum, own, carrier) => sum + (isHard[carrier] ? Math.min(own, most) : most), 0) >= total
  return leastThat(task.limits.max, Math.max(total, task.limits.max), holds)
}

/**
 * Least number from `low` to `high` that holds; `high` where none below does. `holds` must be monotone: it is asked upwards from
 * `low` in growing steps, since the answer mostly lies near.
 */
export function leastThat(low: number, high: number, holds: (value: number) => boolean): number {
  let [from, to] = [low, low]
  for (let step = 1; to < high && !holds(to); step *= 2) {
    from = to + 1
    to = Math.min(high, to + step)
  }
  while (from < to) {
    const middle = (from + to) >> 1
    if (holds(middle)) to = middle
    else from = middle + 1
  }
  return from
}

function shareAlike(task: CommunityTask, problem: BuildingProblem, size: number): TakenBuildings {
  const { buildings, max, isHard, minBuildings } = problem
  const solve = (most: number): TransportSolution => {
    const limit = max.map((own, carrier) =>
      isHard[carrier] ? Math.floor(own / Math.max(size, 1)) : Math.max(minBuildings[carrier], Math.floor(most / Math.max(size, 1))))
    return solveTransport(wholeProblem(problem, minBuildings.map((least, carrier) => Math.min(least, limit[carrier])), limit))
  }
  const total = buildings.length * size
  const even = Math.ceil(evenMax(task, problem) / Math.max(size, 1)) * size
  let best = solve(even)
  if (best.unservedUnits > 0) {
    // Who lives far off, or is excluded, makes others carry more than their even share.
    const fewest = solve(total).unservedUnits
    if (fewest < best.unservedUnits) best = solve(leastThat(even, total, (most) => solve(most).unservedUnits <= fewest))
  }
  return { carrier: carriersOf(best), slackDm: best.objective - best.bound }
}

/** One unit a building. */
function wholeProblem({ buildings }: BuildingProblem, min: Int32Array, max: Int32Array): TransportProblem {
  const [part, member, cost]: number[][] = [[], [], []]
  buildings.forEach(({ costDm }, k) =>
    costDm.forEach((dm, carrier) => {
      if (Number.isNaN(dm)) return
      part.push(k)
      member.push(carrier)
      cost.push(dm)
    }),
  )
  const arcs = { part: Int32Array.from(part), member: Int32Array.from(member), cost: Int32Array.from(cost) }
  return { supply: new Int32Array(buildings.length).fill(1), min, max, arcs }
}

/** Households of buildings as units that may be parted: a plan of whole buildings cannot cost less. */
function cutProblem({ buildings }: BuildingProblem, max: Int32Array, costOf: (building: WholeBuilding) => Float64Array): TransportProblem {
  const [part, member, cost]: number[][] = [[], [], []]
  buildings.forEach((building, k) =>
    costOf(building).forEach((dm, carrier) => {
      if (Number.isNaN(dm)) return
      part.push(k)
      member.push(carrier)
      cost.push(Math.floor(dm / building.households.length))
    }),
  )
  const arcs = { part: Int32Array.from(part), member: Int32Array.from(member), cost: Int32Array.from(cost) }
  return { supply: Int32Array.from(buildings, ({ households }) => households.length), min: new Int32Array(max.length), max, arcs }
}

/** Carrier by part with most of its units; of equals the first. */
function carriersOf({ problem, flow }: TransportSolution): Int32Array {
  const carrier = new Int32Array(problem.supply.length).fill(-1)
  const units = new Int32Array(problem.supply.length)
  flow.forEach((count, arc) => {
    const k = problem.arcs.part[arc]
    if (count <= units[k]) return
    units[k] = count
    carrier[k] = problem.arcs.member[arc]
  })
  return carrier
}

function settle(task: CommunityTask, problem: BuildingProblem): TakenBuildings {
  const softMax = evenMax(task, problem)
  const total = problem.buildings.reduce((sum, { households }) => sum + households.length, 0)
  const max = problem.max.map((own, carrier) => (problem.isHard[carrier] ? own : softMax))
  const starts = [
    solveTransport(cutProblem(problem, max, ({ costDm }) => costDm)),
    solveTransport(wholeProblem(problem, problem.minBuildings, problem.minBuildings.map((least) => Math.max(least, problem.buildings.length)))),
  ].map(carriersOf)
  const [first, second] = starts.map((carrier) => settleBuildings(problem, softMax, carrier))
  const best = second.isBetterThan(first) ? second : first

  // The bound is on plans that serve these buildings, nobody carrying more than the most loaded does here.
  const served = problem.buildings.filter((_, k) => best.carrier[k] >= 0)
  const reached = problem.max.map((own, carrier) => (problem.isHard[carrier] ? own : Math.min(total, Math.max(softMax, best.loads[carrier], ...best.loads))))
  const cut = solveTransport(cutProblem({ ...problem, buildings: served }, reached, ({ pureDm }) => pureDm))
  const pureDm = problem.buildings.reduce((sum, building, k) => sum + (best.carrier[k] < 0 ? 0 : building.pureDm[best.carrier[k]]), 0)
  return { carrier: best.carrier, slackDm: Math.max(0, pureDm - cut.bound) }
}
