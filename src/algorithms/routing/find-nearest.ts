import type { DoorSnaps } from './door-snaps'
import { searchNearest } from './nearest-search'
import type { StreetGraph } from './street-graph'

/** The nearest place by door. */
export interface NearestPlaces {
  /** Index of the place; −1 where none is within the limit along streets. */
  readonly place: Int32Array
  /** Metres, with both access legs; Infinity where none. */
  readonly walkM: Float64Array
}

/**
 * The nearest of some places (stations) for every door, along streets, by one search from all of them at once.
 *
 * @param places where the places come onto the streets; refused ones serve nobody
 * @param limitM longest walk, inclusive
 * @returns of places as near the one with the lowest index
 * Complexity: O(e log n + d + places on one edge · doors on it).
 */
export function findNearest(graph: StreetGraph, places: DoorSnaps, doors: DoorSnaps, limitM: number): NearestPlaces {
  const { edgeFrom, edgeTo, edgeLengthM } = graph
  const beginnings = { node: [] as number[], walkM: [] as number[], start: [] as number[] }
  const begin = (node: number, walkM: number, place: number): void => {
    beginnings.node.push(node)
    beginnings.walkM.push(walkM)
    beginnings.start.push(place)
  }
  const onEdge = new Map<number, number[]>()
  places.edge.forEach((edge, place) => {
    if (edge < 0) return
    begin(edgeFrom[edge], places.accessM[place] + places.alongM[place], place)
    begin(edgeTo[edge], places.accessM[place] + edgeLengthM[edge] - places.alongM[place], place)
    onEdge.set(edge, [...(onEdge.get(edge) ?? []), place])
  })
  const search = searchNearest(graph, beginnings, limitM)
  const nearest = new Int32Array(doors.edge.length).fill(-1)
  const walkM = new Float64Array(doors.edge.length).fill(Infinity)
  doors.edge.forEach((edge, door) => {
    if (edge < 0) return
    const consider = (place: number, metres: number): void => {
      if (metres > limitM || metres > walkM[door] || (metres === walkM[door] && place >= nearest[door])) return
      nearest[door] = place
      walkM[door] = metres
    }
    const accessM = doors.accessM[door]
    const alongM = doors.alongM[door]
    consider(search.startOf[edgeFrom[edge]], search.walkM[edgeFrom[edge]] + alongM + accessM)
    consider(search.startOf[edgeTo[edge]], search.walkM[edgeTo[edge]] + edgeLengthM[edge] - alongM + accessM)
    for (const place of onEdge.get(edge) ?? []) consider(place, places.accessM[place] + Math.abs(places.alongM[place] - alongM) + accessM)
  })
  return { place: nearest, walkM }
}
