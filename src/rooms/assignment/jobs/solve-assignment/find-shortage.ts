import { resolveTransport } from '@/algorithms/assignment/resolve-transport'
import { solveTransport } from '@/algorithms/assignment/solve-transport'
import type { TransportSolution } from '@/algorithms/assignment/transport-problem'
import { EXEMPT_REASONS, type ExemptReason } from '@/core/assignment/assignment-scope'
import type { CommunityTask, Relaxation, Shortage } from './community-task'
import { formParts, memberRoom, readShares, type MemberRoom, type Shares } from './form-parts'
import { leastThat, shareBuildings } from './share-buildings'
import { createTieCosts, type TieCosts } from './tie-costs'

/** What of a community falls short, exactly, and for each kind of relaxation the least that would do; null where nothing does. */
export function findShortage(
  task: CommunityTask,
  costs: TieCosts,
  { members: shares, flow }: Shares,
  { households: loads, buildings }: { readonly households: Int32Array; readonly buildings: Int32Array },
): Shortage | null {
  const { households, members } = task
  const room = memberRoom(task)
  const able = [...members.ids.keys()].filter((member) => members.able[member] === 1)
  const unserved = [...households.ids.keys()].filter((household) => shares[household] === -1)
  const free = unserved.filter((household) => households.pinned[household] === 0)
  const carriers = able.filter((member) => room.max[member] > 0 || task.mode === 'building')
  const isBlocked = (household: number) =>
    !carriers.some((member) => !costs.isExcluded(household, member) && costs.isWithinReach(household, member))
  const short = able.flatMap((member): Shortage['short'] => {
    const byBuilding = task.mode === 'building' && members.ownMin[member] === 0
    const missing = byBuilding ? task.minBuildings - buildings[member] : members.min[member] - loads[member]
    return missing > 0 ? [{ memberId: members.ids[member], missing, unit: byBuilding ? 'building' : 'household' }] : []
  })
  if (unserved.length === 0 && short.length === 0) return null
  const idsOf = (list: readonly number[]) => Int32Array.from(list, (household) => households.ids[household])
  return {
    unservedIds: idsOf(unserved),
    blockedIds: idsOf(free.filter(isBlocked)),
    capacity: able.reduce((sum, member) => sum + members.max[member], 0),
    short,
    relaxations: [
      ...(free.length > 0 ? relaxUnserved(task, costs, room, flow, free.length) : []),
      ...(short.length > 0 && flow ? lowerMin(task, room, flow) : []),
    ],
  }
}

/** Ways to serve more than are served, the least of each kind. @param missing households not pinned that nobody carries */
function relaxUnserved(task: CommunityTask, costs: TieCosts, room: MemberRoom, flow: TransportSolution | null, missing: number): Relaxation[] {
  const found: Relaxation[] = []
  const add = (relaxation: Relaxation | null): void => {
    if (relaxation && relaxation.unserved < missing) found.push(relaxation)
  }
  if (flow) {
    add(raiseMax(task, room, flow))
    for (const reason of EXEMPT_REASONS) add(takeExempt(task, costs, room, reason))
    // All classes together, where that goes farther than any one of them.
    const alone = Math.min(missing, ...found.flatMap((way) => (way.kind === 'take_exempt' ? [way.unserved] : [])))
    const together = alone > 0 ? takeExempt(task, costs, room, null) : null
    if (together && together.unserved < alone) found.push(together)
    add(wholeBuildings(task, costs))
  }
  add(liftReach(task, costs, room))
  return found
}

/** Least most, for members without one of their own, that serves as many as any would. */
function raiseMax({ households, members, limits }: CommunityTask, room: MemberRoom, base: TransportSolution): Relaxation {
  const tryMax = (max: number) => resolveTransport(base, {
    limits: [...members.ids.keys()].filter((member) => members.able[member] === 1 && members.ownMax[member] === 0).map((member) => ({
      member, min: room.min[member], max: Math.max(room.min[member], max - room.pinned[member]),
    })),
  })
  const count = households.ids.length
  const fewest = tryMax(limits.max + count).unservedUnits
  // Where everybody can be served it takes room for everybody.
  const total = base.problem.supply.reduce((sum, units) => sum + units, 0)
  const able = [...members.ids.keys()].filter((member) => members.able[member] === 1)
  const holds = (most: number) =>
    able.reduce((sum, member) => sum + (members.ownMax[member] ? room.max[member] : Math.max(0, most - room.pinned[member])), 0) >= total
  const roomy = fewest === 0 ? leastThat(limits.max, limits.max + count, holds) : limits.max
  const max = leastThat(roomy, limits.max + count, (most) => tryMax(most).unservedUnits <= fewest)
  return { kind: 'raise_max', max, unserved: fewest }
}

/** Enough exempt members of one class, or of any, to serve as many as all of them would. Frail ones are not asked. */
function takeExempt(task: CommunityTask, costs: TieCosts, room: MemberRoom, reason: ExemptReason | null): Relaxation | null {
  const { members } = task
  const among = [...members.ids.keys()].filter(
    (member) => members.frail[member] === 0 && members.exempt[member] !== null && (reason === null || members.exempt[member] === reason),
  )
  if (among.length === 0) return null
  const max = room.max.slice()
  for (const member of among) max[member] = Math.max(0, members.max[member] - room.pinned[member])
  const { problem } = formParts(task, costs, { ...room, max })
  const whole = solveTransport(problem)
  // Who would carry most is asked first; the fewest of that order who are enough.
  const order = [...among].sort((a, b) => whole.load[b] - whole.load[a] || a - b)
  const without = (asked: number) => resolveTransport(whole, { limits: order.slice(asked).map((member) => ({ member, min: 0, max: 0 })) })
  const asked = leastThat(1, order.length, (count) => without(count).unservedUnits <= whole.unservedUnits)
  return {
    kind: 'take_exempt',
    reason,
    memberIds: order.slice(0, asked).map((member) => members.ids[member]).sort((a, b) => a - b),
    unserved: whole.unservedUnits,
  }
}

function wholeBuildings(task: CommunityTask, costs: TieCosts): Relaxation {
  const { households, members } = task
  const shares = shareBuildings({ ...task, mode: 'building' }, costs).members
  const loads = new Int32Array(members.ids.length)
  const buildings = members.able.reduce<Set<number>[]>((list) => [...list, new Set()], [])
  shares.forEach((member, household) => {
    if (member < 0) return
    loads[member]++
    buildings[member].add(households.building[household])
  })
  return {
    kind: 'building_mode',
    mostHouseholds: loads.reduce((most, load) => Math.max(most, load), 0),
    shortMembers: buildings.filter(({ size }, member) => members.able[member] === 1 && members.ownMin[member] === 0 && size < task.minBuildings).length,
    unserved: shares.filter((member, household) => member === -1 && households.pinned[household] === 0).length,
  }
}

/** Without any limit of walking: how many would be served, and who would go beyond the own limit for that. */
function liftReach(task: CommunityTask, costs: TieCosts, room: MemberRoom): Relaxation | null {
  const { households, members } = task
  if (!members.reachM.some((reachM, member) => members.able[member] === 1 && reachM >= 0)) return null
  const lifted: CommunityTask = { ...task, members: { ...members, reachM: members.reachM.map(() => -1) } }
  const free = createTieCosts(lifted)
  const shares = task.mode === 'building' ? shareBuildings(lifted, free).members : shareLifted(lifted, free, room)
  const beyond = new Set<number>()
  shares.forEach((member, household) => {
    if (member >= 0 && households.pinned[household] === 0 && !costs.isWithinReach(household, member)) beyond.add(members.ids[member])
  })
  return {
    kind: 'lift_reach',
    memberIds: [...beyond].sort((x, y) => x - y),
    unserved: shares.filter((member, household) => member === -1 && households.pinned[household] === 0).length,
  }
}

function shareLifted(task: CommunityTask, costs: TieCosts, room: MemberRoom): Int32Array {
  const parted = formParts(task, costs, room)
  return readShares(task, parted, solveTransport(parted.problem).flow)
}

/** Largest least, for members without one of their own, that leaves nobody below it. */
function lowerMin({ members, limits }: CommunityTask, room: MemberRoom, base: TransportSolution): Relaxation[] {
  const drop = (by: number) => resolveTransport(base, {
    limits: [...members.ids.keys()].filter((member) => members.able[member] === 1 && members.ownMin[member] === 0).map((member) => ({
      member, min: Math.max(0, limits.min - by - room.pinned[member]), max: room.max[member],
    })),
  })
  const by = leastThat(0, limits.min, (step) => drop(step).shortUnits === 0)
  const lowered = drop(by)
  return by > 0 && lowered.shortUnits < base.shortUnits ? [{ kind: 'lower_min', min: limits.min - by, unserved: lowered.unservedUnits }] : []
}
