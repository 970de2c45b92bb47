import type { PatrolGround } from './patrol-ground'
import type { PatrolRefusal } from './patrol-problem'
import { crossingsWithin, leastWaysS, ringsOf } from './patrol-rings'

/** What no plan can have less of, seconds. */
export interface PatrolBound {
  readonly longestS: number
  readonly totalS: number
}

/** Share of the longest to which the shortest that rings allow is told. */
const PRECISION = 5e-4
const NO_BOUND: PatrolBound = { longestS: 0, totalS: 0 }

/**
 * Bounds for the problem as it is posed. Of the sum: all tasks, and the least ways between them (`leastWaysS`), with the crossings of
 * rings that the limits bring with them. Of the longest: that sum shared alike; what only some may do shared among these; the longest
 * task there and back by whom it suits best; and the shortest that has time for the ways it brings with it: the shorter the longest,
 * the more routes go far out.
 * Complexity: that of `pairOddNodes` and of a way from each odd place, for each of some ten lengths tried.
 */
function boundPatrols(ground: PatrolGround): PatrolBound {
  const { tasks, taskS, mayDo, startPlace, problem: { patrollers } } = ground
  const away = startPlace.length
  const workS = taskS.reduce((sum, seconds) => sum + seconds, 0)
  const evenS = leastWaysS(ground, [], [])
  const rings = ringsOf(ground)
  /** Seconds of all routes by the crossings they need, which many lengths have in common. */
  const known = new Map<string, number>()
  const sumWithin = (oneS: number): number => {
    const needs = away > 1 ? crossingsWithin(rings, oneS, away) : []
    if (!needs) return Infinity
    const key = needs.map((need) => Math.max(0, need)).join()
    const sum = known.get(key) ?? workS + Math.max(evenS, leastWaysS(ground, rings, needs))
    known.set(key, sum)
    return sum
  }
  const mostS = Math.max(...patrollers.map(({ limitS }) => limitS))
  const within = mostS < Infinity ? sumWithin(mostS) : Infinity
  // Where rings ask for more routes than there are, it is not the sum that says so.
  const totalS = within < Infinity ? within : workS + evenS

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
  if (!(longestS < Infinity) || away < 2) return { longestS, totalS }
  const isEnough = (oneS: number): boolean => sumWithin(oneS) <= away * oneS
  let [tooShortS, enoughS] = [longestS, longestS]
  while (!isEnough(enoughS)) {
    tooShortS = enoughS
    enoughS *= 1.2
  }
  while (enoughS - tooShortS > PRECISION * enoughS) {
    const middleS = (tooShortS + enoughS) / 2
    if (isEnough(middleS)) enoughS = middleS
    else tooShortS = middleS
  }
  return { longestS: tooShortS, totalS }
}

/**
 * Why there can be no plan, from the bounds alone, and the bounds where there may be one: they are reckoned once, and not at all
 * where something cannot be reached, for then they are none.
 */
export function judgePatrols(ground: PatrolGround): { readonly refusals: readonly PatrolRefusal[]; readonly bound: PatrolBound } {
  const { tasks, taskSegment, taskCheckpoints, startPlace, problem: { patrollers } } = ground
  if (tasks === 0) return { refusals: [], bound: NO_BOUND }
  if (startPlace.length === 0) return { refusals: [{ reason: 'nobody' }], bound: NO_BOUND }
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
    return { refusals: [{ reason: 'unreachable', segments: [...unreachable], checkpoints: [...missedCheckpoints] }], bound: NO_BOUND }
  }
  if (far.size + farCheckpoints.size > 0) {
    refusals.push({
      reason: 'out_of_reach',
      segments: [...far.keys()],
      checkpoints: [...farCheckpoints.keys()],
      shortfallS: [...far.values(), ...farCheckpoints.values()],
    })
  }
  const bound = boundPatrols(ground)
  const shortfallS = bound.totalS - patrollers.reduce((sum, { limitS }) => sum + limitS, 0)
  if (shortfallS > 0) refusals.push({ reason: 'sum_exceeds_limits', shortfallS })
  return { refusals, bound }
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
