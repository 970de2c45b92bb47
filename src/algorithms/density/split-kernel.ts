import type { DoorSnaps } from '../routing/door-snaps'
import type { StreetGraph } from '../routing/street-graph'

/** Pieces of the edges of a graph, about as long as wished, none over a node. Columns by piece, by edge from its beginning. */
export interface Lixels {
  /** Pieces of edge k: start[k] … start[k + 1] − 1, all as long as one another. */
  readonly start: Uint32Array
  readonly lengthM: Float64Array
  /** Points a metre. */
  readonly perM: Float64Array
}

/** What is left of a point is spread no further once branches have divided it so far. */
const LEAST_SHARE = 1 / 512

/**
 * Density of points along streets: each is spread by the quartic kernel to both sides along its street; where streets meet,
 * what comes is divided among those that go on (equal split, discontinuous). A junction of many streets is therefore no hot
 * spot of itself, as it is when the kernel is copied into each. At a dead end what is left turns back, so a point always
 * weighs 1; a share below 1/512 stays on the piece it came to.
 *
 * @param doors points on the graph; refused ones are passed over
 * @param bandwidthM along the streets, > 0
 * @param lixelM wished length of a piece, > 0
 * @returns mean density by piece: the kernel is integrated over it, not read at its middle
 * Complexity: O(points · edges within the bandwidth by any way).
 * Source: Okabe, Satoh and Sugihara, A kernel density estimation method for networks, IJGIS 23 (2009), section 3.3, but that
 * dead ends reflect and small shares stay.
 */
export function splitKernel(graph: StreetGraph, doors: DoorSnaps, bandwidthM: number, lixelM: number): Lixels {
  if (!(bandwidthM > 0 && lixelM > 0)) throw new Error(`expected a bandwidth and pieces above 0 m, got ${bandwidthM}, ${lixelM}`)
  const start = new Uint32Array(graph.edgeLengthM.length + 1)
  graph.edgeLengthM.forEach((lengthM, edge) => (start[edge + 1] = start[edge] + Math.max(1, Math.round(lengthM / lixelM))))
  const lengthM = new Float64Array(start[graph.edgeLengthM.length])
  graph.edgeLengthM.forEach((whole, edge) => lengthM.fill(whole / (start[edge + 1] - start[edge]), start[edge], start[edge + 1]))
  const weight = new Float64Array(lengthM.length)
  const { edgeFrom, edgeTo, edgeLengthM, arcStart, arcNode, arcEdge } = graph

  /**
   * Spread a share over an edge, entered at some metres from its beginning towards one end, so far from the point.
   * @returns metres from the point to that end
   */
  function spread(edge: number, fromM: number, isForward: boolean, soFarM: number, share: number): number {
    const first = start[edge]
    const pieces = start[edge + 1] - first
    const pieceM = edgeLengthM[edge] / pieces
    const restM = isForward ? edgeLengthM[edge] - fromM : fromM
    const endM = soFarM + restM
    let piece = Math.min(pieces - 1, Math.max(0, isForward ? Math.floor(fromM / pieceM) : Math.ceil(fromM / pieceM) - 1))
    let reachedM = soFarM
    let reached = kernelUpTo(soFarM / bandwidthM)
    while (piece >= 0 && piece < pieces && reachedM < bandwidthM) {
      const borderM = isForward ? (piece + 1) * pieceM - fromM : fromM - piece * pieceM
      const isLast = isForward ? piece === pieces - 1 : piece === 0
      reachedM = isLast ? endM : soFarM + borderM
      const next = kernelUpTo(reachedM / bandwidthM)
      weight[first + piece] += share * (next - reached)
      reached = next
      piece += isForward ? 1 : -1
    }
    return endM
  }

  const open: { edge: number; node: number; soFarM: number; share: number }[] = []
  for (let door = 0; door < doors.edge.length; door++) {
    const edge = doors.edge[door]
    if (edge < 0) continue
    const alongM = Math.min(edgeLengthM[edge], doors.alongM[door])
    open.push({ edge, node: edgeTo[edge], soFarM: spread(edge, alongM, true, 0, 1), share: 1 })
    open.push({ edge, node: edgeFrom[edge], soFarM: spread(edge, alongM, false, 0, 1), share: 1 })
    for (let at = open.pop(); at; at = open.pop()) {
      if (at.soFarM >= bandwidthM) continue
      const [firstArc, endArc] = [arcStart[at.node], arcStart[at.node + 1]]
      const ways = endArc - firstArc - 1
      const share = at.share / Math.max(1, ways)
      if (share < LEAST_SHARE) {
        const piece = edgeTo[at.edge] === at.node ? start[at.edge + 1] - 1 : start[at.edge]
        weight[piece] += at.share * (0.5 - kernelUpTo(at.soFarM / bandwidthM))
        continue
      }
      for (let arc = firstArc; arc < endArc; arc++) {
        const next = arcEdge[arc]
        if (next === at.edge && ways > 0) continue
        const isForward = edgeFrom[next] === at.node
        const soFarM = spread(next, isForward ? 0 : edgeLengthM[next], isForward, at.soFarM, share)
        open.push({ edge: next, node: arcNode[arc], soFarM, share })
      }
    }
  }
  return { start, lengthM, perM: weight.map((sum, piece) => sum / lengthM[piece]) }
}

/** Share of a point within so many bandwidths on one side: integral of 15/16 · (1 − u²)², 0 … 0.5. */
function kernelUpTo(bandwidths: number): number {
  if (bandwidths >= 1) return 0.5
  const square = bandwidths * bandwidths
  return (bandwidths * (15 - 10 * square + 3 * square * square)) / 16
}

/** Both ends of every piece, x, y by turns, metres. */
export function lixelEnds({ nodeXYM, edgeFrom, edgeTo }: StreetGraph, { start }: Lixels): Float64Array {
  const ends = new Float64Array(4 * start[edgeFrom.length])
  for (let edge = 0; edge < edgeFrom.length; edge++) {
    const pieces = start[edge + 1] - start[edge]
    const [ax, ay] = [nodeXYM[2 * edgeFrom[edge]], nodeXYM[2 * edgeFrom[edge] + 1]]
    const [dx, dy] = [nodeXYM[2 * edgeTo[edge]] - ax, nodeXYM[2 * edgeTo[edge] + 1] - ay]
    for (let k = 0; k < pieces; k++) {
      const [a, b] = [k / pieces, (k + 1) / pieces]
      ends.set([ax + a * dx, ay + a * dy, ax + b * dx, ay + b * dy], 4 * (start[edge] + k))
    }
  }
  return ends
}
