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
  // Places of an edge hang together, the lowest index first.
  const firstOn = new Int32Array(edgeFrom.length).fill(-1)
  const nextOn = new Int32Array(places.edge.length).fill(-1)
  for (let place = places.edge.length - 1; place >= 0; place--) {
    const edge = places.edge[place]
    if (edge < 0) continue
    begin(edgeFrom[edge], places.accessM[place] + places.alongM[place], place)
    begin(edgeTo[edge], places.accessM[place] + edgeLengthM[edge] - places.alongM[place], place)
    nextOn[place] = firstOn[edge]
    firstOn[edge] = place
  }
  const search = searchNearest(graph, beginnings, limitM)
  const nearest = new Int32Array(doors.edge.length).fill(-1)
  const walkM = new Float64Array(doors.edge.length).fill(Infinity)
  for (let door = 0; door < doors.edge.length; door++) {
    const edge = doors.edge[door]
    if (edge < 0) continue
    const [a, b, accessM, alongM] = [edgeFrom[edge], edgeTo[edge], doors.accessM[door], doors.alongM[door]]
    let best = search.startOf[a]
    let bestM = search.walkM[a] + alongM + accessM
    const byEndM = search.walkM[b] + edgeLengthM[edge] - alongM + accessM
    if (byEndM < bestM || (byEndM === bestM && search.startOf[b] < best)) {
      best = search.startOf[b]
      bestM = byEndM
    }
    for (let place = firstOn[edge]; place >= 0; place = nextOn[place]) {
      const metres = places.accessM[place] + Math.abs(places.alongM[place] - alongM) + accessM
      if (metres > bestM || (metres === bestM && place >= best)) continue
      best = place
      bestM = metres
    }
    if (!(bestM <= limitM) || bestM === Infinity) continue
    nearest[door] = best
    walkM[door] = bestM
  }
  return { place: nearest, walkM }
}
