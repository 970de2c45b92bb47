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
  const [foundDoor, foundKey]: number[][] = [[], []]
  const placeCount = places.edge.length
  const seenFor = new Int32Array(graph.edgeFrom.length).fill(-1)
  const { arcStart, arcEdge, edgeFrom, edgeTo, edgeLengthM } = graph
  for (let place = 0; place < placeCount; place++) {
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
        foundDoor.push(door)
        foundKey.push(walkCm * placeCount + place)
      }
    }
    measure(own)
    for (const node of search.reached()) {
      for (let arc = arcStart[node]; arc < arcStart[node + 1]; arc++) if (doorsOn.start[arcEdge[arc] + 1] > doorsOn.start[arcEdge[arc]]) measure(arcEdge[arc])
    }
  }
  return rowsOf(doors.edge.length, placeCount, foundDoor, foundKey)
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

/** Entries by door, each row in order: door, then walk and place as one number. */
function rowsOf(doorCount: number, places: number, door: readonly number[], key: readonly number[]): WalkRows {
  const start = new Uint32Array(doorCount + 1)
  for (const one of door) start[one + 1]++
  for (let one = 0; one < doorCount; one++) start[one + 1] += start[one]
  const next = start.slice()
  const keys = new Float64Array(key.length)
  for (let k = 0; k < key.length; k++) keys[next[door[k]]++] = key[k]
  for (let one = 0; one < doorCount; one++) if (start[one + 1] > start[one] + 1) keys.subarray(start[one], start[one + 1]).sort()
  const place = new Int32Array(keys.length)
  const walkCm = new Int32Array(keys.length)
  for (let k = 0; k < keys.length; k++) {
    walkCm[k] = Math.floor(keys[k] / places)
    place[k] = keys[k] - walkCm[k] * places
  }
  return { start, place, walkCm }
}
