/** Edges to be walked once each; a loop counts twice at its vertex. */
export interface CircuitEdges {
  readonly vertexCount: number
  readonly from: Int32Array
  readonly to: Int32Array
  /** 1 where it may be walked from `from` to `to` only; as many of these must lead into a vertex as out of it. */
  readonly isOneWay: Uint8Array
}

export interface Circuit {
  readonly edge: Int32Array
  /** 1 where walked from `to` to `from`. */
  readonly reversed: Uint8Array
}

/**
 * A closed walk over every edge once (Hierholzer 1873). One-way edges and others make closed walks of their own kind, which are
 * joined where they meet: so a walk is never stuck away from where it began, as it can be where both are mixed.
 *
 * @throws where the edges do not hang together with the start, or an odd number of them meets at a vertex
 * Complexity: O(edges).
 */
export function eulerCircuit({ vertexCount, from, to, isOneWay }: CircuitEdges, start: number): Circuit {
  const count = from.length
  // Ends by vertex, kind after kind: 2 · edge leaves at `from`, 2 · edge + 1 at `to`.
  const next = [0, 1].map((kind) => {
    const ends: number[][] = Array.from({ length: vertexCount }, () => [])
    for (let edge = count - 1; edge >= 0; edge--) {
      if (isOneWay[edge] !== kind) continue
      ends[from[edge]].push(2 * edge)
      if (kind === 0) ends[to[edge]].push(2 * edge + 1)
    }
    return ends
  })
  const isWalked = new Uint8Array(count)
  const take = (vertex: number, kind: number): number => {
    const ends = next[kind][vertex]
    while (ends.length > 0) {
      const end = ends.pop()!
      if (isWalked[end >> 1] === 0) return end
    }
    return -1
  }
  const walked: number[] = []
  const stack: number[] = [-1]
  while (stack.length > 0) {
    const last = stack[stack.length - 1]
    const vertex = last < 0 ? start : (last & 1) === 0 ? to[last >> 1] : from[last >> 1]
    const kind = last < 0 ? 0 : isOneWay[last >> 1]
    let end = take(vertex, kind)
    if (end < 0) end = take(vertex, 1 - kind)
    if (end >= 0) {
      isWalked[end >> 1] = 1
      stack.push(end)
    } else {
      stack.pop()
      if (last >= 0) walked.push(last)
    }
  }
  walked.reverse()
  let at = start
  for (const end of walked) {
    const begin = (end & 1) === 0 ? from[end >> 1] : to[end >> 1]
    if (begin !== at) throw new Error(`expected an even number of edges at vertex ${at}, got an odd one`)
    at = (end & 1) === 0 ? to[end >> 1] : from[end >> 1]
  }
  if (walked.length < count || at !== start) {
    throw new Error(`expected ${count} edges that hang together with vertex ${start} in a circuit, walked ${walked.length}`)
  }
  return { edge: Int32Array.from(walked, (end) => end >> 1), reversed: Uint8Array.from(walked, (end) => end & 1) }
}
