import { NearEdges } from '@/algorithms/routing/near-edges'
import type { StreetGraph } from '@/algorithms/routing/street-graph'

/** Pieces a street is looked at in, metres. */
const PIECE_M = 1

/** Share of each edge's length within so many metres of some fix: what consoles with buffers call covered. */
export function bufferShares(graph: StreetGraph, xyM: Float64Array, bufferM: number): Float64Array {
  const { edgeFrom, edgeTo, edgeLengthM, nodeXYM } = graph
  const near = new NearEdges(xyM, Array.from({ length: xyM.length / 2 }, (_, k) => k), Array.from({ length: xyM.length / 2 }, (_, k) => k))
  return edgeLengthM.map((lengthM, edge) => {
    const pieces = Math.ceil(lengthM / PIECE_M)
    let covered = 0
    for (let k = 0; k < pieces; k++) {
      const share = (k + 0.5) / pieces
      const [a, b] = [2 * edgeFrom[edge], 2 * edgeTo[edge]]
      const [x, y] = [nodeXYM[a] + share * (nodeXYM[b] - nodeXYM[a]), nodeXYM[a + 1] + share * (nodeXYM[b + 1] - nodeXYM[a + 1])]
      if (near.within(x, y, bufferM).length > 0) covered++
    }
    return covered / pieces
  })
}

/** Share of each edge's length between the lowest and the highest place that fixes are nearest to. */
export function nearestShares(graph: StreetGraph, xyM: Float64Array): Float64Array {
  const near = new NearEdges(graph.nodeXYM, graph.edgeFrom, graph.edgeTo)
  const low = new Float64Array(graph.edgeLengthM.length).fill(Infinity)
  const high = new Float64Array(graph.edgeLengthM.length).fill(-Infinity)
  for (let k = 0; k < xyM.length / 2; k++) {
    const foot = near.nearest(xyM[2 * k], xyM[2 * k + 1], Infinity, () => true)!
    low[foot.edge] = Math.min(low[foot.edge], foot.share)
    high[foot.edge] = Math.max(high[foot.edge], foot.share)
  }
  return low.map((share, edge) => Math.max(0, high[edge] - share))
}
