import type { NearEdges } from '../routing/near-edges'
import type { StreetGraph } from '../routing/street-graph'

/** Places on streets a fix may have been taken at; c of them over all fixes. */
export interface StreetCandidates {
  /** Fix k has candidates start[k] … start[k+1]−1, nearest first; n + 1. */
  readonly start: Uint32Array
  readonly edge: Int32Array
  /** Metres along the edge from its beginning, and from the fix. */
  readonly alongM: Float64Array
  readonly awayM: Float64Array
}

/**
 * The nearest place of each street edge within reach of each fix. Where edges meet in a node each is a candidate: headings differ.
 * @param reachM metres, inclusive
 * @param most so many a fix, the nearest
 */
export function findCandidates(
  graph: StreetGraph, near: NearEdges, xyM: Float64Array, reachM: number, most: number,
): StreetCandidates {
  const start = new Uint32Array(xyM.length / 2 + 1)
  const [edge, alongM, awayM]: number[][] = [[], [], []]
  for (let fix = 0; 2 * fix < xyM.length; fix++) {
    const [x, y] = [xyM[2 * fix], xyM[2 * fix + 1]]
    for (const foot of near.within(x, y, reachM)) {
      if (edge.length - start[fix] >= most) break
      edge.push(foot.edge)
      alongM.push(foot.share * graph.edgeLengthM[foot.edge])
      awayM.push(foot.awayM)
    }
    start[fix + 1] = edge.length
  }
  return {
    start,
    edge: Int32Array.from(edge),
    alongM: Float64Array.from(alongM),
    awayM: Float64Array.from(awayM),
  }
}
