import type { PatrolProblem } from './patrol-problem'
import { createWaySearch, type EdgeGraph, type WaySearch } from './vertex-distances'

/**
 * A problem as a search sees it: tasks between places. A task is one pass of a segment that serves, a pass of one that need only be
 * come by, or a stay at a node. A *code* is 2 · task, and one more where the task is walked from its end to its beginning.
 */
export interface PatrolGround {
  readonly problem: PatrolProblem
  /** The network with seconds of passing, and ways on it. */
  readonly graph: EdgeGraph
  readonly search: WaySearch
  /** Node by place; the last place has none: it is at no cost from all others and stands for an end left open. */
  readonly places: Int32Array
  /** Seconds from place to place, row after row, the open end among them. */
  readonly walkS: Float64Array
  readonly tasks: number
  readonly taskS: Float64Array
  /** Segment, −1 for a stay at a node. */
  readonly taskSegment: Int32Array
  /** 1 where the pass serves. */
  readonly taskServes: Uint8Array
  /** Task on the other side of the same segment, −1: none. */
  readonly taskMate: Int32Array
  /** Checkpoints that are come by with a task. */
  readonly taskCheckpoints: readonly (readonly number[])[]
  /** Place where a code begins and where it ends. */
  readonly headOf: Int32Array
  readonly tailOf: Int32Array
  /** 1 where patroller k may do task t: t · patrollers + k. */
  readonly mayDo: Uint8Array
  /** Place where each patroller starts and ends. */
  readonly startPlace: Int32Array
  readonly endPlace: Int32Array
}

/**
 * The ground of a problem.
 * @throws where columns do not fit one another
 */
export function groundOf(problem: PatrolProblem): PatrolGround {
  checkProblem(problem)
  const { network: { segmentFrom, segmentTo, nodeXYM }, passes, serviceS, walkS, checkpoints, patrollers } = problem
  const graph = { vertexCount: nodeXYM.length / 2, from: segmentFrom, to: segmentTo, cost: walkS }
  const search = createWaySearch(graph)
  const onSegment = listsBy(checkpoints.segment)
  const atNode = listsBy(checkpoints.node)
  const taskSegment: number[] = []
  const taskServes: number[] = []
  const taskS: number[] = []
  const taskMate: number[] = []
  const taskCheckpoints: (readonly number[])[] = []
  const ends: [number, number][] = []
  const add = (segment: number, serves: boolean, seconds: number, mate: number, come: readonly number[], from: number, to: number): void => {
    taskSegment.push(segment)
    taskServes.push(Number(serves))
    taskS.push(come.reduce((sum, checkpoint) => sum + checkpoints.dwellS[checkpoint], seconds))
    taskMate.push(mate)
    taskCheckpoints.push(come)
    ends.push([from, to])
  }
  passes.forEach((times, segment) => {
    const come = onSegment.get(segment) ?? []
    if (times === 0 && come.length === 0) return
    const [from, to] = [segmentFrom[segment], segmentTo[segment]]
    const first = taskS.length
    add(segment, times > 0, times > 0 ? serviceS[segment] : walkS[segment], times === 2 ? first + 1 : -1, come, from, to)
    if (times === 2) add(segment, true, serviceS[segment], first, [], from, to)
  })
  for (const [node, come] of atNode) add(-1, false, 0, -1, come, node, node)

  const nodes = new Set([...ends.flat(), ...patrollers.flatMap(({ startNode, endNode }) => (endNode < 0 ? [startNode] : [startNode, endNode]))])
  const placeOf = new Map([...nodes].map((node, place) => [node, place]))
  const places = Int32Array.from([...nodes, -1])
  const open = nodes.size
  const table = search.tableBetween(places.subarray(0, open))
  const count = places.length
  const between = new Float64Array(count * count)
  for (let place = 0; place < open; place++) between.set(table.subarray(place * open, (place + 1) * open), place * count)
  const heads = ends.flatMap(([from, to]) => [placeOf.get(from)!, placeOf.get(to)!])
  return {
    problem,
    graph,
    search,
    places,
    walkS: between,
    tasks: taskS.length,
    taskS: Float64Array.from(taskS),
    taskSegment: Int32Array.from(taskSegment),
    taskServes: Uint8Array.from(taskServes),
    taskMate: Int32Array.from(taskMate),
    taskCheckpoints,
    headOf: Int32Array.from(heads),
    tailOf: Int32Array.from(heads, (_, code) => heads[code ^ 1]),
    mayDo: Uint8Array.from({ length: taskS.length * patrollers.length }, (_, k) => {
      const segment = taskSegment[Math.floor(k / patrollers.length)]
      const { zone } = patrollers[k % patrollers.length]
      return Number(segment < 0 || zone === null || zone[segment] === 1)
    }),
    startPlace: Int32Array.from(patrollers, ({ startNode }) => placeOf.get(startNode)!),
    endPlace: Int32Array.from(patrollers, ({ endNode }) => (endNode < 0 ? open : placeOf.get(endNode)!)),
  }
}

/** Seconds of a route by codes, as the search reckons: nothing for who stays at home. O(codes). */
export function secondsOf({ places, walkS, taskS, headOf, tailOf, startPlace, endPlace }: PatrolGround, patroller: number, codes: readonly number[]): number {
  if (codes.length === 0) return 0
  let at = startPlace[patroller]
  let seconds = 0
  for (const code of codes) {
    seconds += walkS[at * places.length + headOf[code]] + taskS[code >> 1]
    at = tailOf[code]
  }
  return seconds + walkS[at * places.length + endPlace[patroller]]
}

function listsBy(keys: Int32Array): Map<number, number[]> {
  const lists = new Map<number, number[]>()
  keys.forEach((key, k) => {
    if (key >= 0) lists.set(key, [...(lists.get(key) ?? []), k])
  })
  return lists
}

function checkProblem({ network, passes, serviceS, walkS, checkpoints, patrollers }: PatrolProblem): void {
  const segments = network.segmentFrom.length
  const nodes = network.nodeXYM.length / 2
  for (const [name, column] of [['passes', passes], ['service', serviceS], ['walking', walkS], ['lengths', network.segmentLengthM]] as const) {
    if (column.length !== segments) throw new Error(`expected ${name} of ${segments} segments, got ${column.length}`)
  }
  const badS = segments > 0 ? [...serviceS, ...walkS].find((seconds) => !(seconds > 0 && seconds < Infinity)) : undefined
  if (badS !== undefined) throw new Error(`expected seconds above 0, got ${badS}`)
  if (passes.some((times) => times > 2)) throw new Error('expected at most two passes of a segment, got more')
  checkpoints.dwellS.forEach((dwellS, k) => {
    const [segment, node] = [checkpoints.segment[k], checkpoints.node[k]]
    if (segment >= 0 === node >= 0 || segment >= segments || node >= nodes) {
      throw new Error(`expected checkpoint ${k} on a segment or at a node, got segment ${segment} and node ${node}`)
    }
    if (!(dwellS >= 0)) throw new Error(`expected seconds at checkpoint ${k}, got ${dwellS}`)
  })
  patrollers.forEach(({ startNode, endNode, limitS, zone }, k) => {
    if (!(startNode >= 0 && startNode < nodes && endNode < nodes)) throw new Error(`expected patroller ${k} at one of ${nodes} nodes, got ${startNode} to ${endNode}`)
    if (!(limitS > 0)) throw new Error(`expected a limit above 0 s for patroller ${k}, got ${limitS}`)
    if (zone && zone.length !== segments) throw new Error(`expected a zone over ${segments} segments for patroller ${k}, got ${zone.length}`)
  })
}
