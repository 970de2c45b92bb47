import type { SolverControl } from '../shared/solver-control'
import { improveLinks } from './postman-links'
import { orderLegs } from './postman-order'
import { startLinks } from './postman-start'
import { createWaySearch, edgesOfWay, type EdgeGraph } from './vertex-distances'

/** A closed walk over every required edge. */
export interface PostmanTour {
  /** Edges of the graph in the order they are walked, and 1 where from `to` to `from`. */
  readonly edge: Int32Array
  readonly reversed: Uint8Array
  /** 1 where the edge is served on this pass, once for each required edge. */
  readonly served: Uint8Array
  readonly cost: number
  /** No walk costs less: the required edges and the best pairs of odd vertices, which are what it takes to be even. */
  readonly bound: number
}

export interface PostmanEffort {
  readonly seed: number
  /** Of a change; 4 million go on for some seconds. */
  readonly trials: number
}

/**
 * The undirected rural postman: the cheapest closed walk over required edges, through others where that helps. Exact where the
 * required edges hang together (the Chinese postman), and where cost and bound are equal; else close to the best.
 *
 * @param required edges of the graph, each once
 * @throws where one cannot be reached from another
 * Complexity: O(t · e log v + t³) for t vertices of required edges, then O(trials). Deterministic for a seed.
 */
export function solvePostman(graph: EdgeGraph, required: Int32Array, effort: PostmanEffort, control: SolverControl = {}): PostmanTour {
  const places = Int32Array.from(new Set([...required].flatMap((edge) => [graph.from[edge], graph.to[edge]])))
  const placeOf = new Map([...places].map((vertex, place) => [vertex, place]))
  const search = createWaySearch(graph)
  const ground = {
    count: places.length,
    cost: search.tableBetween(places),
    from: Int32Array.from(required, (edge) => placeOf.get(graph.from[edge])!),
    to: Int32Array.from(required, (edge) => placeOf.get(graph.to[edge])!),
    openEnd: -1,
  }
  const requiredCost = required.reduce((sum, edge) => sum + graph.cost[edge], 0)
  const start = startLinks(ground)
  const links = start.isBest ? start.links : improveLinks(ground, start.links, effort, control)
  const order = orderLegs(ground, links, 0, new Uint8Array(required.length), -1)

  const edge: number[] = []
  const reversed: number[] = []
  const served: number[] = []
  const walk = (one: number, isReversed: boolean, isServed: boolean): void => {
    edge.push(one)
    reversed.push(Number(isReversed))
    served.push(Number(isServed))
  }
  order.leg.forEach((leg, k) => {
    const isReversed = order.reversed[k] === 1
    if (leg >= 0) {
      walk(required[leg], isReversed, true)
      return
    }
    const ends = [places[links.a[-1 - leg]], places[links.b[-1 - leg]]]
    if (isReversed) ends.reverse()
    let at = ends[0]
    for (const one of edgesOfWay(graph, search.waysFrom(at, ends[1]), ends[1])) {
      walk(one, graph.from[one] !== at, false)
      at = graph.from[one] === at ? graph.to[one] : graph.from[one]
    }
  })
  return {
    edge: Int32Array.from(edge),
    reversed: Uint8Array.from(reversed),
    served: Uint8Array.from(served),
    cost: requiredCost + links.cost,
    bound: requiredCost + start.bound,
  }
}
