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
 * Bounds for the problem as it is posed. Of the sum: all tasks, and between them the best pairs of places where an odd number of tasks
 * meets, with starts and ends of patrollers who may stay at home; or what `ringsS` adds for the limits. Of the longest: that sum
 * shared alike; what only some may do shared among these; the longest task there and back by whom it suits best; and the shortest
 * for which rings do not say it is too short.
 * Complexity: that of `pairOddNodes`, and O(tasks · patrollers + tasks log tasks).
 */
export function boundPatrols(ground: PatrolGround): PatrolBound {
  const { tasks, taskS, mayDo, startPlace, problem: { patrollers } } = ground
  const away = startPlace.length
  const workS = taskS.reduce((sum, seconds) => sum + seconds, 0)
  const evenS = pairsS(ground)
  const rings = ringsOf(ground)
  const mostS = Math.max(...patrollers.map(({ limitS }) => limitS))
  // Where rings need more patrollers than there are, limits are refused elsewhere.
  const ringedS = ringsS(rings, mostS, away)
  const totalS = workS + Math.max(evenS, ringedS === Infinity ? 0 : ringedS)
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
  let [tooShortS, enoughS] = [longestS, workS + 1e3 * (1 + evenS)]
  const isEnough = (oneS: number): boolean => workS + ringsS(rings, oneS, away) <= away * oneS
  if (longestS < Infinity && !isEnough(tooShortS) && isEnough(enoughS)) {
    while (enoughS - tooShortS > 1e-3) {
      const middleS = (tooShortS + enoughS) / 2
      if (isEnough(middleS)) enoughS = middleS
      else tooShortS = middleS
    }
    longestS = tooShortS
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

/** What lies between two distances from where patrollers start and end. */
interface Ring {
  readonly widthS: number
  /** Seconds from the start to its outer side and, where everybody has an end, from there to it. */
  readonly outS: number
  /** Tasks that cross it, and seconds of those that lie wholly beyond it. */
  readonly crossing: number
  readonly beyondS: number
  /** Times a route that goes beyond crosses it at least. */
  readonly times: number
}

/** Rings between the distances of all ends of tasks. Whatever goes on beyond a ring, whoever does it has crossed it. */
function ringsOf({ places, walkS, taskS, tasks, headOf, tailOf, startPlace, endPlace }: PatrolGround): Ring[] {
  const count = places.length
  const open = count - 1
  const homes = [...new Set([...startPlace, ...endPlace])].filter((place) => place !== open)
  const times = endPlace.includes(open) ? 1 : 2
  const awayS = Float64Array.from({ length: open }, (_, place) => Math.min(...homes.map((home) => walkS[home * count + place])))
  const inner = Float64Array.from({ length: tasks }, (_, task) => Math.min(awayS[headOf[2 * task]], awayS[tailOf[2 * task]]))
  const outer = Float64Array.from({ length: tasks }, (_, task) => Math.max(awayS[headOf[2 * task]], awayS[tailOf[2 * task]]))
  const sides = [...new Set([0, ...inner, ...outer])].sort((a, b) => a - b)
  const byInner = [...inner.keys()].sort((a, b) => inner[a] - inner[b])
  const outerSorted = outer.slice().sort()
  let beyondS = taskS.reduce((sum, seconds) => sum + seconds, 0)
  let [begun, ended] = [0, 0]
  return sides.slice(1).map((side, k) => {
    while (begun < tasks && inner[byInner[begun]] < side) beyondS -= taskS[byInner[begun++]]
    while (ended < tasks && outerSorted[ended] < side) ended++
    return { widthS: side - sides[k], outS: times * side, crossing: begun - ended, beyondS: Math.max(0, beyondS), times }
  })
}

/**
 * Least seconds between tasks where no route is longer than some: beyond a ring there is work for so many routes, each crosses it
 * there and back, and what tasks do not cross is walked besides; an odd number of crossings is none. Infinity where there is work
 * beyond a ring for more than there are.
 */
function ringsS(rings: readonly Ring[], longestS: number, patrollers: number): number {
  let seconds = 0
  for (const { widthS, outS, crossing, beyondS, times } of rings) {
    // A hair below, so that a whole number of routes stays whole.
    const routes = beyondS <= 0 ? 0 : outS >= longestS ? Infinity : Math.ceil(beyondS / (longestS - outS) - 1e-9)
    if (routes > patrollers) return Infinity
    seconds += widthS * Math.max(times === 2 ? crossing % 2 : 0, times * routes - crossing)
  }
  return seconds
}
