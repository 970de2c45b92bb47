import { DisjointSets } from '../shared/disjoint-sets'
import { roomOf, type CarpProblem } from './carp-problem'
import { costOfPairs, pairOddNodes } from './pair-odd-nodes'
import { createWaySearch, type EdgeGraph } from './vertex-distances'

/** Cuts that ask for fewer walks without service are left to the pairs, which are worth more there (2 was better than 1, 3 and 4). */
const LEAST_ASKED = 2
/** Costs are paired to a thousandth of their unit. */
const PAIRING_PARTS = 1000

/**
 * A cost that no plan is below: what serving costs, and two prices of walking without service that may be added up.
 *
 * 1. Cuts. Parts of the graph that lie further from the depot than r are entered and left by every route that serves them or an
 *    edge that leads there: 2 · ⌈demand / capacity⌉ times in all, by an even number anyway; what its required edges do not
 *    give is walked without service (the capacity and parity cuts of Belenguer and Benavent 2003, "A cutting plane algorithm
 *    for the capacitated arc routing problem"). Priced at dr for every r, an edge pays no more than its cost.
 * 2. Pairs. With what the cuts leave of each edge's cost, vertices of odd required degree are paired at the least sum (Golden
 *    and Wong 1981).
 *
 * Complexity: pairing O(n³) at worst in the odd vertices that are left.
 */
export function boundCarp(problem: CarpProblem): number {
  const { graph, demand } = problem
  const serviceCost = graph.cost.reduce((sum, cost, edge) => sum + (demand[edge] > 0 ? cost : 0), 0)
  const left = graph.cost.slice()
  return serviceCost + priceCuts(problem, left) + pairOdd({ ...graph, cost: left }, demand)
}

/** At most the least sum of ways that pair the vertices where an odd number of required edges ends. */
function pairOdd(graph: EdgeGraph, demand: Float64Array): number {
  const { vertexCount, from, to, cost } = graph
  // Vertices between which nothing is left to pay are one.
  const clusters = new DisjointSets(vertexCount)
  cost.forEach((value, edge) => value === 0 && clusters.union(from[edge], to[edge]))
  const isOdd = new Uint8Array(vertexCount)
  demand.forEach((amount, edge) => {
    if (amount === 0) return
    isOdd[clusters.find(from[edge])] ^= 1
    isOdd[clusters.find(to[edge])] ^= 1
  })
  const odd = Int32Array.from([...isOdd.keys()].filter((vertex) => isOdd[vertex] === 1))
  if (odd.length === 0) return 0
  const table = createWaySearch(graph).tableBetween(odd)
  // Required edges all hang together with the depot, so nobody stays without a partner.
  const pairs = pairOddNodes(odd.length, table) ?? new Int32Array()
  const isExact = cost.every((value) => Number.isInteger(value * PAIRING_PARTS))
  return Math.max(0, costOfPairs(pairs, table) - (isExact ? 0 : odd.length / PAIRING_PARTS))
}

/**
 * Sum of what the cuts that ask for `LEAST_ASKED` walks or more are worth; takes their prices from `left`, the costs by edge.
 * The parts grow from the vertices farthest from the depot, the walks asked for kept by part.
 */
function priceCuts(problem: CarpProblem, left: Float64Array): number {
  const { graph, demand, depot } = problem
  const { vertexCount, from, to } = graph
  const room = roomOf(problem)
  const { distance } = createWaySearch(graph).waysFrom(depot)
  const order = [...distance.keys()].filter((vertex) => distance[vertex] < Infinity && distance[vertex] > 0)
  order.sort((a, b) => distance[b] - distance[a])
  const edgesOf: number[][] = Array.from({ length: vertexCount }, () => [])
  for (let edge = 0; edge < from.length; edge++) {
    edgesOf[from[edge]].push(edge)
    if (to[edge] !== from[edge]) edgesOf[to[edge]].push(edge)
  }
  const parts = new DisjointSets(vertexCount)
  const isIn = new Uint8Array(vertexCount)
  const demandOf = new Float64Array(vertexCount)
  const crossingsOf = new Int32Array(vertexCount)
  /** Since which distance the part has asked for as much as it does, and how much; 0: not priced. */
  const asked = new Int32Array(vertexCount)
  const askedFrom = new Float64Array(vertexCount)
  /** Edges that cross a part, those too that have come to lie inside. */
  const crossing: number[][] = Array.from({ length: vertexCount }, () => [])
  let worth = 0

  const close = (part: number, at: number) => {
    const price = askedFrom[part] - at
    if (asked[part] === 0 || price <= 0) return
    worth += price * asked[part]
    crossing[part] = crossing[part].filter((edge) => isIn[from[edge]] !== isIn[to[edge]])
    for (const edge of crossing[part]) left[edge] = Math.max(0, left[edge] - price)
    asked[part] = 0
  }
  for (const vertex of order) {
    const at = distance[vertex]
    // Parts that it will join are priced down to here before it comes in.
    for (const edge of edgesOf[vertex]) {
      const other = from[edge] === vertex ? to[edge] : from[edge]
      if (isIn[other] === 1) close(parts.find(other), at)
    }
    isIn[vertex] = 1
    let part = vertex
    for (const edge of edgesOf[vertex]) {
      const other = from[edge] === vertex ? to[edge] : from[edge]
      const isRequired = demand[edge] > 0
      if (other !== vertex && isIn[other] === 1) {
        const joined = parts.find(other)
        if (joined !== part) {
          const whole = parts.union(part, joined)
          const gone = whole === part ? joined : part
          demandOf[whole] += demandOf[gone]
          crossingsOf[whole] += crossingsOf[gone]
          crossing[whole] = crossing[whole].concat(crossing[gone])
          crossing[gone] = []
          part = whole
        }
        if (isRequired) crossingsOf[part]--
        continue
      }
      demandOf[part] += demand[edge]
      if (other === vertex) continue
      if (isRequired) crossingsOf[part]++
      crossing[part].push(edge)
    }
    const missing = 2 * Math.ceil(demandOf[part] / room) - crossingsOf[part]
    const walks = missing > 0 ? missing : crossingsOf[part] % 2
    asked[part] = walks >= LEAST_ASKED ? walks : 0
    askedFrom[part] = at
  }
  for (const vertex of order) if (parts.find(vertex) === vertex) close(vertex, 0)
  return worth
}
