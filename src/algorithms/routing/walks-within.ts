import type { DoorSnaps } from './door-snaps'
import type { StreetGraph } from './street-graph'
import { WalkSearch } from './walk-search'
import { HALF_CM } from './access-ground'

/** Every place a door reaches within a limit; row of door i is start[i] … start[i + 1] − 1, the nearest first, of equals the lower index. */
export interface WalkRows {
  readonly start: Uint32Array
  /** Index of the place. */
  readonly place: Int32Array
  /** Centimetres with both access legs. */
  readonly walkCm: Int32Array
}

/**
 * Walks from every door to all places (stations, candidates) within a limit, one search a place.
 *
 * @param limitM longest walk, inclusive to the centimetre
 * Complexity: O(places · (v log v) + entries log entries) for v nodes within the limit of a place.
 * Source: Dijkstra, A note on two problems in connexion with graphs, 1959.
 */
export function walksWithin(graph: StreetGraph, places: DoorSnaps, doors: DoorSnaps, limitM: number): WalkRows {
  const mostCm = Math.round(100 * limitM)
  const boundM = limitM + HALF_CM
  const doorsOn = groupByEdge(doors.edge, graph.edgeFrom.length)
  const search = new WalkSearch(graph)
  const found = { door: [] as number[], place: [] as number[], walkCm: [] as number[] }
  const seenFor = new Int32Array(graph.edgeFrom.length).fill(-1)
  const { arcStart, arcEdge, edgeFrom, edgeTo, edgeLengthM } = graph
  for (let place = 0; place < places.edge.length; place++) {
    const own = places.edge[place]
    if (own < 0) continue
    search.clear()
    search.begin(edgeFrom[own], places.accessM[place] + places.alongM[place], place)
    search.begin(edgeTo[own], places.accessM[place] + edgeLengthM[own] - places.alongM[place], place)
    search.run(null, boundM)
    const measure = (edge: number): void => {
      if (seenFor[edge] === place) return
      seenFor[edge] = place
      for (let k = doorsOn.start[edge]; k < doorsOn.start[edge + 1]; k++) {
        const door = doorsOn.item[k]
        const alongM = doors.alongM[door]
        let walkM = Math.min(search.walkM[edgeFrom[edge]] + alongM, search.walkM[edgeTo[edge]] + edgeLengthM[edge] - alongM)
        if (edge === own) walkM = Math.min(walkM, places.accessM[place] + Math.abs(alongM - places.alongM[place]))
        const walkCm = Math.round(100 * (walkM + doors.accessM[door]))
        if (walkCm > mostCm) continue
        found.door.push(door)
        found.place.push(place)
        found.walkCm.push(walkCm)
      }
    }
    measure(own)
    for (const node of search.reached()) for (let arc = arcStart[node]; arc < arcStart[node + 1]; arc++) measure(arcEdge[arc])
  }
  return rowsOf(doors.edge.length, found)
}

/** Items by edge: edge k has item[start[k]] … item[start[k + 1] − 1]. */
function groupByEdge(edgeOf: Int32Array, edges: number): { start: Uint32Array; item: Int32Array } {
  const start = new Uint32Array(edges + 1)
  for (const edge of edgeOf) if (edge >= 0) start[edge + 1]++
  for (let edge = 0; edge < edges; edge++) start[edge + 1] += start[edge]
  const next = start.slice()
  const item = new Int32Array(start[edges])
  edgeOf.forEach((edge, k) => {
    if (edge >= 0) item[next[edge]++] = k
  })
  return { start, item }
}

function rowsOf(doorCount: number, { door, place, walkCm }: { readonly door: readonly number[]; readonly place: readonly number[]; readonly walkCm: readonly number[] }): WalkRows {
  const order = Uint32Array.from(door.keys()).sort((a, b) => door[a] - door[b] || walkCm[a] - walkCm[b] || place[a] - place[b])
  const start = new Uint32Array(doorCount + 1)
  for (const one of door) start[one + 1]++
  for (let one = 0; one < doorCount; one++) start[one + 1] += start[one]
  return { start, place: Int32Array.from(order, (k) => place[k]), walkCm: Int32Array.from(order, (k) => walkCm[k]) }
}
