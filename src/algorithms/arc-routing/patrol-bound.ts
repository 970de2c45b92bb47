import { pairOddNodes, costOfPairs } from './pair-odd-nodes'
import type { PatrolGround } from './patrol-ground'
import type { PatrolRefusal } from './patrol-problem'
import { oddPlaces } from './postman-ground'

/** What no plan can have less of, seconds. */
export interface PatrolBound {
  readonly longestS: number
  readonly totalS: number
}

/**
 * Bounds for the problem as it is posed. Of the sum: all tasks, and the best pairs of places where an odd number of them meets, with
 * starts and ends of patrollers who may stay at home. Of the longest: that sum shared alike; what only some may do shared among
 * these; the longest task there and back by whom it suits best.
 * Complexity: that of `pairOddNodes`, and O(tasks · patrollers).
 */
export function boundPatrols(ground: PatrolGround): PatrolBound {
  const { tasks, taskS, mayDo, startPlace } = ground
  const away = startPlace.length
  const totalS = taskS.reduce((sum, seconds) => sum + seconds, 0) + pairsS(ground)
  let longestS = totalS / away
  const groupS = new Map<string, number>()
  for (let task = 0; task < tasks; task++) {
    longestS = Math.max(longestS, leastS(ground, task))
    const who = mayDo.subarray(task * away, (task + 1) * away).join('')
    groupS.set(who, (groupS.get(who) ?? 0) + taskS[task])
  }
  for (const who of groupS.keys()) {
    let sum = 0
    for (const [other, seconds] of groupS) if ([...other].every((may, k) => may === '0' || who[k] === '1')) sum += seconds
    longestS = Math.max(longestS, sum / [...who].filter((may) => may === '1').length)
  }
  return { longestS, totalS }
}

/**
 * Why there can be no plan, from the bounds alone; none where there may be one.
 */
export function refusePatrols(ground: PatrolGround): PatrolRefusal[] {
  const { tasks, taskSegment, taskCheckpoints, startPlace, problem: { patrollers } } = ground
  if (tasks === 0) return []
  if (startPlace.length === 0) return [{ reason: 'nobody' }]
  const unreachable = new Set<number>()
  const missedCheckpoints = new Set<number>()
  const far = new Map<number, number>()
  const farCheckpoints = new Map<number, number>()
  for (let task = 0; task < tasks; task++) {
    const segment = taskSegment[task]
    let shortfallS = Infinity
    patrollers.forEach(({ limitS }, k) => (shortfallS = Math.min(shortfallS, Math.max(0, aloneS(ground, task, k) - limitS) || 0)))
    if (leastS(ground, task) === Infinity) {
      if (segment >= 0) unreachable.add(segment)
      for (const checkpoint of taskCheckpoints[task]) missedCheckpoints.add(checkpoint)
    } else if (shortfallS > 0) {
      if (segment >= 0) far.set(segment, Math.max(far.get(segment) ?? 0, shortfallS))
      else for (const checkpoint of taskCheckpoints[task]) farCheckpoints.set(checkpoint, shortfallS)
    }
  }
  const refusals: PatrolRefusal[] = []
  if (unreachable.size + missedCheckpoints.size > 0) {
    return [{ reason: 'unreachable', segments: [...unreachable], checkpoints: [...missedCheckpoints] }]
  }
  if (far.size + farCheckpoints.size > 0) {
    refusals.push({
      reason: 'out_of_reach',
      segments: [...far.keys()],
      checkpoints: [...farCheckpoints.keys()],
      shortfallS: [...far.values(), ...farCheckpoints.values()],
    })
  }
  const shortfallS = boundPatrols(ground).totalS - patrollers.reduce((sum, { limitS }) => sum + limitS, 0)
  if (shortfallS > 0) refusals.push({ reason: 'sum_exceeds_limits', shortfallS })
  return refusals
}

/** Seconds of a patroller for one task there and back; Infinity where it may not or cannot be. */
function aloneS({ places, walkS, taskS, headOf, tailOf, mayDo, startPlace, endPlace }: PatrolGround, task: number, k: number): number {
  if (mayDo[task * startPlace.length + k] === 0) return Infinity
  const count = places.length
  return Math.min(...[2 * task, 2 * task + 1].map((code) =>
    walkS[startPlace[k] * count + headOf[code]] + taskS[task] + walkS[tailOf[code] * count + endPlace[k]]))
}

const leastS = (ground: PatrolGround, task: number): number =>
  ground.startPlace.reduce((least, _, k) => Math.min(least, aloneS(ground, task, k)), Infinity)

/**
 * Least seconds between tasks. All routes together meet every place evenly but for starts and ends that differ. Such a start and end
 * stand for themselves and may be paired with one another at no cost, which is what staying at home comes to.
 */
function pairsS({ places, walkS, tasks, headOf, tailOf, startPlace, endPlace }: PatrolGround): number {
  const count = places.length
  const ends = Array.from({ length: tasks }, (_, task) => task)
  const odd = oddPlaces(count, ends.map((task) => headOf[2 * task]), ends.map((task) => tailOf[2 * task]))
  const whose = odd.map(() => -1)
  startPlace.forEach((place, k) => {
    if (place === endPlace[k]) return
    odd.push(place, endPlace[k])
    whose.push(k, k)
  })
  const size = odd.length
  const cost = new Float64Array(size * size)
  odd.forEach((a, i) => odd.forEach((b, j) => {
    cost[i * size + j] = (whose[i] >= 0 && whose[i] === whose[j]) || a === b ? 0 : walkS[a * count + b]
  }))
  const mate = pairOddNodes(size, cost)
  // Costs are paired to the millisecond; half of one a pair keeps the bound on its side.
  return mate ? Math.max(0, costOfPairs(mate, cost) - 0.0005 * size) : 0
}
