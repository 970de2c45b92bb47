import type { EdgeList } from './node-streets'

/** A place on an edge, as a share of its length from the beginning. */
export interface EdgeCut {
  readonly share: number
  /** Place the part before ends in, and the one the part after begins in; two of them part the street. */
  readonly before: number
  readonly after: number
}

/** Edges with cuts put in; the parts stand where the edge stood. O(e + cuts log cuts). */
export function cutEdges(edges: EdgeList, cuts: ReadonlyMap<number, readonly EdgeCut[]>): EdgeList {
  const out: EdgeList = { xyM: edges.xyM, from: [], to: [], line: [] }
  const add = (from: number, to: number, line: number): void => {
    if (from === to) return
    out.from.push(from)
    out.to.push(to)
    out.line.push(line)
  }
  edges.from.forEach((from, edge) => {
    let last = from
    for (const { before, after } of [...(cuts.get(edge) ?? [])].sort((a, b) => a.share - b.share || a.before - b.before)) {
      add(last, before, edges.line[edge])
      last = after
    }
    add(last, edges.to[edge], edges.line[edge])
  })
  return out
}
