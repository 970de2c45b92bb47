import { createWaySearch, type EdgeGraph } from './vertex-distances'

/**
 * The capacitated arc routing problem (Golden and Wong 1981): every required edge is served once by one of any number of routes,
 * each route starts and ends at the depot and serves no more than its capacity, at the least sum of costs walked.
 */
export interface CarpProblem {
  readonly graph: EdgeGraph
  /** What serving each edge takes of a route's capacity, ≥ 0; 0: it need not be served. */
  readonly demand: Float64Array
  readonly capacity: number
  /** Vertex where routes start and end. */
  readonly depot: number
}

export interface CarpRoute {
  /** Edges in the order they are served; the cheapest ways are walked between them. */
  readonly edges: Int32Array
  /** By position in `edges`: 1 where the edge is walked from its `to` to its `from`. */
  readonly isReversed: Uint8Array
  readonly load: number
  /** Of the whole route, from the depot back to it. */
  readonly cost: number
}

export interface CarpPlan {
  readonly routes: readonly CarpRoute[]
  readonly cost: number
}

/** Demands are sums of measured numbers in the rooms: rounding must not make a full route an overfull one. */
const ROUNDING = 1e-9

/** The most that a route may serve, rounding allowed for. */
export function roomOf({ capacity }: CarpProblem): number {
  return capacity * (1 + ROUNDING)
}

/** @throws RangeError with what was expected and what came, for input no plan could be made of */
export function checkCarpProblem(problem: CarpProblem): void {
  const { graph, demand, capacity, depot } = problem
  const { vertexCount, from, to, cost } = graph
  const count = from.length
  if (to.length !== count || cost.length !== count || demand.length !== count) {
    throw new RangeError(`expected to, cost and demand of ${count} edges, got ${to.length}, ${cost.length}, ${demand.length}`)
  }
  if (!(Number.isInteger(depot) && depot >= 0 && depot < vertexCount)) {
    throw new RangeError(`expected a depot among vertices 0 to ${vertexCount - 1}, got ${depot}`)
  }
  if (!(capacity > 0 && Number.isFinite(capacity))) throw new RangeError(`expected a capacity above 0, got ${capacity}`)
  const isVertex = (vertex: number) => vertex >= 0 && vertex < vertexCount
  for (let edge = 0; edge < count; edge++) {
    if (!isVertex(from[edge]) || !isVertex(to[edge])) {
      throw new RangeError(`expected edge ${edge} between vertices 0 to ${vertexCount - 1}, got ${from[edge]} and ${to[edge]}`)
    }
    if (!(cost[edge] >= 0 && Number.isFinite(cost[edge]))) {
      throw new RangeError(`expected a cost ≥ 0 of edge ${edge}, got ${cost[edge]}`)
    }
    if (!(demand[edge] >= 0 && demand[edge] <= roomOf(problem))) {
      throw new RangeError(`expected a demand of edge ${edge} from 0 to the capacity ${capacity}, got ${demand[edge]}`)
    }
  }
  const { distance } = createWaySearch(graph).waysFrom(depot)
  const cutOff = demand.findIndex((amount, edge) => amount > 0 && distance[from[edge]] === Infinity)
  if (cutOff >= 0) throw new RangeError(`expected a way from the depot ${depot} to every required edge, none leads to edge ${cutOff}`)
}
