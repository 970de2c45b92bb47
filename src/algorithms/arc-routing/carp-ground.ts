import { roomOf, type CarpProblem } from './carp-problem'
import { createWaySearch } from './vertex-distances'

/**
 * What every pass over a problem reads. A *task* is a required edge, numbered 0 … taskCount−1 in the order of edges; a *place* is
 * the depot (0) or an end of a task. Only what is walked between tasks counts here: serving costs the same in every plan.
 */
export interface CarpGround {
  readonly taskCount: number
  /** Edge by task. */
  readonly edgeOf: Int32Array
  /** Places of a task's ends: `ends[2t]` and `ends[2t + 1]`. Walked *forward* it leads from the first to the second. */
  readonly ends: Int32Array
  readonly demand: Float64Array
  /** The most a route may serve. */
  readonly room: number
  /** Costs of the ways between places, `ways[a * placeCount + b]`, symmetric. */
  readonly ways: Float64Array
  readonly placeCount: number
  /** Sum of what serving costs. */
  readonly serviceCost: number
  /** Tasks nearest to each other one, `nearCount` each, nearest first, itself at the head. */
  readonly near: Int32Array
  readonly nearCount: number
}

/** More neighbours than these are never asked for. */
const MOST_NEAR = 400

/** Complexity: a search from every place, and the neighbours of every task sorted. */
export function makeCarpGround(problem: CarpProblem): CarpGround {
  const { graph, demand, depot } = problem
  const edgeOf = Int32Array.from([...demand.keys()].filter((edge) => demand[edge] > 0))
  const placeOf = new Map([[depot, 0]])
  const placeAt = (vertex: number) => {
    const place = placeOf.get(vertex) ?? placeOf.size
    placeOf.set(vertex, place)
    return place
  }
  const ends = new Int32Array(2 * edgeOf.length)
  let serviceCost = 0
  edgeOf.forEach((edge, task) => {
    ends[2 * task] = placeAt(graph.from[edge])
    ends[2 * task + 1] = placeAt(graph.to[edge])
    serviceCost += graph.cost[edge]
  })
  const ways = createWaySearch(graph).tableBetween(Int32Array.from(placeOf.keys()))
  const nearCount = Math.min(edgeOf.length, MOST_NEAR)
  return {
    taskCount: edgeOf.length,
    edgeOf,
    ends,
    demand: Float64Array.from(edgeOf, (edge) => demand[edge]),
    room: roomOf(problem),
    ways,
    placeCount: placeOf.size,
    serviceCost,
    near: nearTasks(ends, ways, placeOf.size, nearCount),
    nearCount,
  }
}

/** Nearest by the shortest way between any of their ends, then by the sum of all four; then the lower number. */
function nearTasks(ends: Int32Array, ways: Float64Array, places: number, nearCount: number): Int32Array {
  const tasks = ends.length / 2
  const near = new Int32Array(tasks * nearCount)
  const least = new Float64Array(tasks)
  const sum = new Float64Array(tasks)
  const order = new Int32Array(tasks)
  for (let task = 0; task < tasks; task++) {
    const rowA = ends[2 * task] * places
    const rowB = ends[2 * task + 1] * places
    for (let other = 0; other < tasks; other++) {
      const a = ends[2 * other]
      const b = ends[2 * other + 1]
      least[other] = Math.min(ways[rowA + a], ways[rowA + b], ways[rowB + a], ways[rowB + b])
      sum[other] = ways[rowA + a] + ways[rowA + b] + ways[rowB + a] + ways[rowB + b]
      order[other] = other
    }
    least[task] = -1
    order.sort((x, y) => least[x] - least[y] || sum[x] - sum[y] || x - y)
    near.set(order.subarray(0, nearCount), task * nearCount)
  }
  return near
}
