import { middlesOf } from './patrol-start'
import { secondsOf, type PatrolGround } from './patrol-ground'
import type { PatrolBound } from './patrol-bound'
import type { PatrolPlan, PatrolProblem, PatrolRoute } from './patrol-problem'
import { edgesOfWay } from './vertex-distances'

/** The walk of one patroller from codes, with all segments passed on the way. */
function routeOfCodes(ground: PatrolGround, patroller: number, codes: readonly number[]): PatrolRoute {
  const { graph, search, places, headOf, tailOf, startPlace, endPlace, taskSegment, taskServes, taskCheckpoints, problem } = ground
  const segment: number[] = []
  const reversed: number[] = []
  const served: number[] = []
  const checkpoint: number[] = []
  const checkpointStep: number[] = []
  let at = startPlace[patroller]
  const walkTo = (place: number): void => {
    const [begin, end] = [places[at], places[place]]
    at = place
    if (begin === end || end < 0) return
    let node = begin
    for (const edge of edgesOfWay(graph, search.waysFrom(begin, end), end)) {
      const isReversed = graph.from[edge] !== node
      segment.push(edge)
      reversed.push(Number(isReversed))
      served.push(0)
      node = isReversed ? graph.from[edge] : graph.to[edge]
    }
  }
  for (const code of codes) {
    walkTo(headOf[code])
    for (const one of taskCheckpoints[code >> 1]) {
      checkpoint.push(one)
      checkpointStep.push(segment.length)
    }
    if (taskSegment[code >> 1] < 0) continue
    segment.push(taskSegment[code >> 1])
    reversed.push(code & 1)
    served.push(taskServes[code >> 1])
    at = tailOf[code]
  }
  if (codes.length > 0) walkTo(endPlace[patroller])
  const walk = {
    patroller,
    segment: Int32Array.from(segment),
    reversed: Uint8Array.from(reversed),
    served: Uint8Array.from(served),
    checkpoint: Int32Array.from(checkpoint),
    checkpointStep: Int32Array.from(checkpointStep),
  }
  return { ...walk, ...measureRoute(problem, walk) }
}

/** Metres and seconds of a walk, from its steps alone. */
export function measureRoute(
  { network: { segmentLengthM }, serviceS, walkS, checkpoints }: PatrolProblem, { segment, served, checkpoint }: Pick<PatrolRoute, 'segment' | 'served' | 'checkpoint'>,
): Pick<PatrolRoute, 'lengthM' | 'servedM' | 'seconds'> {
  let [lengthM, servedM, seconds] = [0, 0, 0]
  segment.forEach((one, step) => {
    lengthM += segmentLengthM[one]
    if (served[step] === 1) servedM += segmentLengthM[one]
    seconds += served[step] === 1 ? serviceS[one] : walkS[one]
  })
  for (const one of checkpoint) seconds += checkpoints.dwellS[one]
  return { lengthM, servedM, seconds }
}

/** Codes of a route of the same problem, in its order. @throws where it serves what the problem does not ask for */
export function codesOfRoute({ tasks, taskSegment, taskServes, taskCheckpoints }: PatrolGround, route: PatrolRoute, isDone: Uint8Array): number[] {
  const tasksOf = new Map<number, number[]>()
  const taskWith = new Map<number, number>()
  for (let task = 0; task < tasks; task++) {
    if (taskServes[task] === 1) tasksOf.set(taskSegment[task], [...(tasksOf.get(taskSegment[task]) ?? []), task])
    else for (const checkpoint of taskCheckpoints[task]) taskWith.set(checkpoint, task)
  }
  const codes: number[] = []
  let next = 0
  const comeBy = (step: number): void => {
    for (; next < route.checkpoint.length && route.checkpointStep[next] === step; next++) {
      const task = taskWith.get(route.checkpoint[next])
      if (task === undefined || isDone[task] === 1) continue
      isDone[task] = 1
      codes.push(2 * task + (taskSegment[task] >= 0 ? route.reversed[step] : 0))
    }
  }
  /** Whether the task with its checkpoints is the one walked on the step. */
  const isHere = (task: number, step: number): boolean =>
    taskCheckpoints[task].length === 0 || [...route.checkpoint].some((one, k) => route.checkpointStep[k] === step && taskCheckpoints[task].includes(one))
  route.segment.forEach((segment, step) => {
    comeBy(step)
    if (route.served[step] === 0) return
    const task = tasksOf.get(segment)?.find((one) => isDone[one] === 0 && isHere(one, step))
    if (task === undefined) throw new Error(`expected segment ${segment} served no more often than it is required`)
    isDone[task] = 1
    codes.push(2 * task + route.reversed[step])
  })
  comeBy(route.segment.length)
  return codes
}

/**
 * A plan of routes in the order of the map: west to east by the middle of what they serve, then north to south; among patrollers who
 * could take one another's place they are handed out in that order too.
 */
export function planOfCodes(ground: PatrolGround, orders: readonly (readonly number[])[], bound: PatrolBound): PatrolPlan {
  const middle = middlesOf(ground)
  const keys = orders.map((codes) => centreOf(codes, middle))
  const byPlace = [...orders.keys()].sort((a, b) => compareCentres(keys[a], keys[b]) || a - b)
  const handed = new Map<string, number[]>()
  for (const k of orders.keys()) {
    const kind = kindOf(ground, k)
    handed.set(kind, [...(handed.get(kind) ?? []), k])
  }
  return planOfRoutes(ground, byPlace.map((k) => routeOfCodes(ground, handed.get(kindOf(ground, k))!.shift()!, orders[k])), bound)
}

/** A plan of routes in the order they are given. */
function planOfRoutes(ground: PatrolGround, routes: readonly PatrolRoute[], bound: PatrolBound): PatrolPlan {
  const longestS = Math.max(0, ...routes.map(({ seconds }) => seconds))
  const totalS = routes.reduce((sum, { seconds }) => sum + seconds, 0)
  const isMinMax = ground.problem.aim === 'min_max'
  const boundS = isMinMax ? bound.longestS : bound.totalS
  const value = isMinMax ? longestS : totalS
  return { routes, longestS, totalS, boundS, gap: boundS > 0 ? Math.max(0, value / boundS - 1) : 0, ...measureCompactness(ground.problem, routes) }
}

/**
 * How well routes keep apart (after Corberán, Golden, Lum, Plana and Sanchis 2017): the share of nodes of what is served that more
 * than one route serves at, and the mean distance between the middles of what one route serves.
 */
function measureCompactness({ network: { segmentFrom, segmentTo, nodeXYM } }: PatrolProblem, routes: readonly PatrolRoute[]): Pick<PatrolPlan, 'overlap' | 'taskDistanceM'> {
  const routesAt = new Map<number, number>()
  let [sumM, pairs] = [0, 0]
  for (const { segment, served } of routes) {
    const own = [...new Set([...segment].filter((_, step) => served[step] === 1))]
    for (const node of new Set(own.flatMap((one) => [segmentFrom[one], segmentTo[one]]))) routesAt.set(node, (routesAt.get(node) ?? 0) + 1)
    const middle = own.map((one) => [0, 1].map((axis) => (nodeXYM[2 * segmentFrom[one] + axis] + nodeXYM[2 * segmentTo[one] + axis]) / 2))
    middle.forEach(([x, y], i) => {
      for (let j = 0; j < i; j++) sumM += Math.hypot(middle[j][0] - x, middle[j][1] - y)
      pairs += i
    })
  }
  const shared = [...routesAt.values()].filter((count) => count > 1).length
  return { overlap: routesAt.size > 0 ? shared / routesAt.size : 0, taskDistanceM: pairs > 0 ? sumM / pairs : 0 }
}

/** Worth of orders: the aim, then the sum; what passes a limit counts a hundredfold. */
export function worthOf(ground: PatrolGround, orders: readonly (readonly number[])[]): number {
  let [longest, sum, beyond] = [0, 0, 0]
  orders.forEach((codes, k) => {
    const seconds = secondsOf(ground, k, codes)
    longest = Math.max(longest, seconds)
    sum += seconds
    beyond += 100 * Math.max(0, seconds - ground.problem.patrollers[k].limitS)
  })
  return beyond + (ground.problem.aim === 'min_total' ? sum : longest + 1e-4 * sum)
}

/** What makes patrollers alike. */
function kindOf({ problem: { patrollers } }: PatrolGround, k: number): string {
  const { startNode, endNode, limitS, zone } = patrollers[k]
  return `${startNode} ${endNode} ${limitS} ${zone ? zone.join('') : ''}`
}

function centreOf(codes: readonly number[], middle: Float64Array): readonly [number, number] | null {
  if (codes.length === 0) return null
  const mean = (axis: number): number => codes.reduce((sum, code) => sum + middle[2 * (code >> 1) + axis], 0) / codes.length
  return [mean(0), mean(1)]
}

function compareCentres(a: readonly [number, number] | null, b: readonly [number, number] | null): number {
  if (!a || !b) return Number(!a) - Number(!b)
  return a[0] - b[0] || b[1] - a[1]
}
