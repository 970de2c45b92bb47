import type { DoorSnaps } from './door-snaps'
import type { StreetGraph } from './street-graph'
import { WalkSearch } from './walk-search'
import { WALK, type WalkGroups, type WalkTable } from './walk-table'

/**
 * Walks from door to door, group by group: access leg, the shortest way along streets, access leg. Where no way leads, or a
 * door was refused, the straight line, and `how` says so. Doors at one point are 0 apart. One search for each door that
 * walks begin from in a group, however often it is named.
 *
 * @param boundM walks longer than this need not be known, inclusive; default: all are
 * @returns decimetres, rounded; see `WalkTable`
 * @throws where a group names a door that is not there
 * Complexity: O(f · (v log v + t)) a group for f doors from, t doors to, and v nodes as near as the farthest of them.
 * Source: Dijkstra, A note on two problems in connexion with graphs, 1959.
 */
export function measureWalks(graph: StreetGraph, doors: DoorSnaps, groups: WalkGroups, boundM = Infinity): WalkTable {
  checkGroups(doors, groups)
  const groupCount = groups.fromStart.length - 1
  const offset = new Uint32Array(groupCount + 1)
  for (let g = 0; g < groupCount; g++) {
    offset[g + 1] = offset[g] + (groups.fromStart[g + 1] - groups.fromStart[g]) * (groups.toStart[g + 1] - groups.toStart[g])
  }
  const walkDm = new Int32Array(offset[groupCount])
  const how = new Uint8Array(offset[groupCount])
  const search = new WalkSearch(graph)
  for (let g = 0; g < groupCount; g++) {
    const to = groups.to.subarray(groups.toStart[g], groups.toStart[g + 1])
    const nodesOf = nodesByComponent(graph, doors, to)
    const rowOf = new Map<number, number>()
    let row = offset[g]
    for (const from of groups.from.subarray(groups.fromStart[g], groups.fromStart[g + 1])) {
      const known = rowOf.get(from)
      if (known === undefined) {
        rowOf.set(from, row)
        measureRow(graph, doors, search, from, to, nodesOf, boundM, walkDm.subarray(row, row + to.length), how.subarray(row, row + to.length))
      } else {
        walkDm.copyWithin(row, known, known + to.length)
        how.copyWithin(row, known, known + to.length)
      }
      row += to.length
    }
  }
  return { offset, walkDm, how }
}

function measureRow(
  graph: StreetGraph, doors: DoorSnaps, search: WalkSearch, from: number, to: Int32Array,
  nodesOf: ReadonlyMap<number, Int32Array>, boundM: number, walkDm: Int32Array, how: Uint8Array,
): void {
  const { edgeFrom, edgeTo, edgeLengthM, component } = graph
  const own = doors.edge[from]
  const ownComponent = own < 0 ? -1 : component[edgeFrom[own]]
  const nodes = nodesOf.get(ownComponent)
  search.clear()
  if (own >= 0 && nodes) {
    search.begin(edgeFrom[own], doors.accessM[from] + doors.alongM[from], 0)
    search.begin(edgeTo[own], doors.accessM[from] + edgeLengthM[own] - doors.alongM[from], 0)
    search.run(nodes, boundM)
  }
  for (let j = 0; j < to.length; j++) {
    const door = to[j]
    const edge = doors.edge[door]
    const straightM = Math.hypot(doors.xyM[2 * door] - doors.xyM[2 * from], doors.xyM[2 * door + 1] - doors.xyM[2 * from + 1])
    if (straightM === 0) continue
    if (edge < 0 || ownComponent < 0 || component[edgeFrom[edge]] !== ownComponent) {
      walkDm[j] = Math.round(10 * straightM)
      how[j] = WALK.straight
      continue
    }
    const alongM = doors.alongM[door]
    let walkM = Math.min(search.walkM[edgeFrom[edge]] + alongM, search.walkM[edgeTo[edge]] + edgeLengthM[edge] - alongM)
    if (edge === own) walkM = Math.min(walkM, doors.accessM[from] + Math.abs(alongM - doors.alongM[from]))
    walkM += doors.accessM[door]
    const isWithin = walkM <= boundM
    walkDm[j] = isWithin ? Math.round(10 * walkM) : -1
    how[j] = isWithin ? WALK.street : WALK.beyond
  }
}

/** Nodes at the ends of the doors' edges, each once, by component. */
function nodesByComponent({ edgeFrom, edgeTo, component }: StreetGraph, doors: DoorSnaps, to: Int32Array): Map<number, Int32Array> {
  const nodes = new Map<number, Set<number>>()
  for (const door of to) {
    const edge = doors.edge[door]
    if (edge < 0) continue
    const part = component[edgeFrom[edge]]
    let own = nodes.get(part)
    if (!own) nodes.set(part, (own = new Set()))
    own.add(edgeFrom[edge]).add(edgeTo[edge])
  }
  return new Map([...nodes].map(([part, own]) => [part, Int32Array.from(own)]))
}

function checkGroups(doors: DoorSnaps, { fromStart, from, toStart, to }: WalkGroups): void {
  if (fromStart.length !== toStart.length || fromStart.length === 0) {
    throw new Error(`expected starts of the same groups, got ${fromStart.length} and ${toStart.length}`)
  }
  if (fromStart[fromStart.length - 1] !== from.length || toStart[toStart.length - 1] !== to.length) {
    throw new Error(`expected starts that end at ${from.length} and ${to.length} doors, got ${fromStart[fromStart.length - 1]} and ${toStart[toStart.length - 1]}`)
  }
  for (const door of [...from, ...to]) {
    if (!(door >= 0 && door < doors.edge.length)) throw new Error(`expected a door of 0 … ${doors.edge.length - 1}, got ${door}`)
  }
}
