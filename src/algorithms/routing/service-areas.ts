import { HALF_CM } from './access-ground'
import type { DoorSnaps } from './door-snaps'
import { searchNearest, type Beginnings } from './nearest-search'
import type { StreetGraph } from './street-graph'

/** Pieces of streets within a limit of their nearest place. Columns by piece. */
export interface ReachedPieces {
  /** x, y of both ends, metres; 4 a piece. */
  readonly xyM: Float64Array
  /** Index of the place that is nearest all along. */
  readonly place: Int32Array
}

/** Somewhere one comes onto an edge from, and the metres walked so far. */
interface Entry {
  readonly alongM: number
  readonly walkM: number
  readonly place: number
}

/**
 * Streets within a limit of some places, each piece with its nearest place, cut at the exact limit and where another place comes
 * nearer. For drawing: who is served is told door by door, by `walksWithin`.
 *
 * @param limitM inclusive
 * O(e) expected.
 */
export function reachedPieces(graph: StreetGraph, places: DoorSnaps, limitM: number): ReachedPieces {
  const { edgeFrom, edgeTo, edgeLengthM, nodeXYM } = graph
  const begin: { node: number[]; walkM: number[]; start: number[] } = { node: [], walkM: [], start: [] }
  const onEdge = new Map<number, Entry[]>()
  places.edge.forEach((edge, place) => {
    if (edge < 0) return
    const [alongM, accessM] = [places.alongM[place], places.accessM[place]]
    begin.node.push(edgeFrom[edge], edgeTo[edge])
    begin.walkM.push(accessM + alongM, accessM + edgeLengthM[edge] - alongM)
    begin.start.push(place, place)
    onEdge.set(edge, [...(onEdge.get(edge) ?? []), { alongM, walkM: accessM, place }])
  })
  const { walkM, startOf } = searchNearest(graph, begin satisfies Beginnings, limitM + HALF_CM)
  const [xyM, place]: number[][] = [[], []]
  for (let edge = 0; edge < edgeFrom.length; edge++) {
    const [a, b, lengthM] = [edgeFrom[edge], edgeTo[edge], edgeLengthM[edge]]
    const own = onEdge.get(edge)
    if (startOf[a] < 0 && startOf[b] < 0 && !own) continue
    const entries = [
      ...(startOf[a] < 0 ? [] : [{ alongM: 0, walkM: walkM[a], place: startOf[a] }]),
      ...(own ?? []),
      ...(startOf[b] < 0 ? [] : [{ alongM: lengthM, walkM: walkM[b], place: startOf[b] }]),
    ]
    const at = (alongM: number, axis: 0 | 1): number => nodeXYM[2 * a + axis] + ((nodeXYM[2 * b + axis] - nodeXYM[2 * a + axis]) * alongM) / lengthM
    for (const { fromM, toM, place: nearest } of reachedSpans(entries, lengthM, limitM)) {
      xyM.push(at(fromM, 0), at(fromM, 1), at(toM, 0), at(toM, 1))
      place.push(nearest)
    }
  }
  return { xyM: Float64Array.from(xyM), place: Int32Array.from(place) }
}

/** Parts of an edge within the limit, each with the place that is nearest there. */
function reachedSpans(entries: readonly Entry[], lengthM: number, limitM: number): { fromM: number; toM: number; place: number }[] {
  const isBeaten = (one: Entry, k: number): boolean =>
    entries.some((other, j) => {
      const thereM = other.walkM + Math.abs(other.alongM - one.alongM)
      return j !== k && (thereM < one.walkM || (thereM === one.walkM && j < k))
    })
  const best = entries.filter((one, k) => !isBeaten(one, k)).sort((p, q) => p.alongM - q.alongM)
  return best.flatMap((one, k) => {
    const meet = (other: Entry | undefined, end: number): number => (other ? (one.alongM + other.alongM + Math.sign(other.alongM - one.alongM) * (other.walkM - one.walkM)) / 2 : end)
    const leftM = limitM - one.walkM
    const fromM = Math.max(one.alongM - leftM, meet(best[k - 1], 0), 0)
    const toM = Math.min(one.alongM + leftM, meet(best[k + 1], lengthM), lengthM)
    return toM > fromM ? [{ fromM, toM, place: one.place }] : []
  })
}
