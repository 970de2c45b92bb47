import type { StreetGraph } from './street-graph'

/** The nearest start of every node. */
export interface NearestStarts {
  /** Metres by node; Infinity beyond the limit. */
  readonly walkM: Float64Array
  /** Start the way comes from, of equals the lower; −1 beyond the limit. */
  readonly startOf: Int32Array
}

/** Where a search begins: nodes some metres off a start. Columns by beginning. */
export interface Beginnings {
  readonly node: readonly number[]
  readonly walkM: readonly number[]
  readonly start: readonly number[]
}

/**
 * Shortest ways from several starts to all nodes within a limit, inclusive: delta-stepping (Meyer and Sanders 2003) on one
 * thread. Nodes wait in buckets as wide as a mean arc, and what came nearer moves between them in no time; the answer is that
 * of Dijkstra, to the last bit.
 * Complexity: O(n + e) expected where arcs are of about one length.
 */
export function searchNearest({ arcStart, arcNode, arcLengthM, component }: StreetGraph, beginnings: Beginnings, limitM: number): NearestStarts {
  const nodeCount = component.length
  const walkM = new Float64Array(nodeCount).fill(Infinity)
  const startOf = new Int32Array(nodeCount).fill(-1)
  let longestM = 0
  let sumM = 0
  for (let arc = 0; arc < arcLengthM.length; arc++) {
    if (arcLengthM[arc] > longestM) longestM = arcLengthM[arc]
    sumM += arcLengthM[arc]
  }
  for (const metres of beginnings.walkM) if (metres <= limitM && metres > longestM) longestM = metres
  const widthM = arcLengthM.length > 0 && sumM > 0 ? sumM / arcLengthM.length : 1
  // What is reached from a bucket lies at most the longest arc ahead of it, so that a ring of buckets is enough.
  const buckets = 2 ** Math.ceil(Math.log2(Math.ceil(longestM / widthM) + 2))
  const first = new Int32Array(buckets).fill(-1)
  // Nodes of a bucket hang together both ways; a node is in none where `bucketOf` is −1.
  const [next, previous, bucketOf] = [0, 1, 2].map(() => new Int32Array(nodeCount).fill(-1))
  let waiting = 0
  const leave = (node: number): void => {
    const [before, after] = [previous[node], next[node]]
    if (before >= 0) next[before] = after
    else first[bucketOf[node]] = after
    if (after >= 0) previous[after] = before
    bucketOf[node] = -1
    waiting--
  }
  const reach = (node: number, metres: number, start: number): void => {
    walkM[node] = metres
    startOf[node] = start
    const bucket = Math.floor(metres / widthM) & (buckets - 1)
    if (bucketOf[node] === bucket) return
    if (bucketOf[node] >= 0) leave(node)
    const head = first[bucket]
    next[node] = head
    previous[node] = -1
    if (head >= 0) previous[head] = node
    first[bucket] = node
    bucketOf[node] = bucket
    waiting++
  }
  beginnings.node.forEach((node, k) => {
    const [metres, start] = [beginnings.walkM[k], beginnings.start[k]]
    if (metres <= limitM && (metres < walkM[node] || (metres === walkM[node] && start < startOf[node]))) reach(node, metres, start)
  })
  for (let turn = 0; waiting > 0; turn = (turn + 1) & (buckets - 1)) {
    for (let node = first[turn]; node >= 0; node = first[turn]) {
      leave(node)
      const soFarM = walkM[node]
      const start = startOf[node]
      for (let arc = arcStart[node]; arc < arcStart[node + 1]; arc++) {
        const far = arcNode[arc]
        const metres = soFarM + arcLengthM[arc]
        if (metres > walkM[far] || metres > limitM) continue
        if (metres < walkM[far] || start < startOf[far]) reach(far, metres, start)
      }
    }
  }
  return { walkM, startOf }
}
