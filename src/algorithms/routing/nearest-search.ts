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
 * thread. Nodes wait in buckets as wide as a mean arc; one that came nearer waits in the nearer bucket too, and is passed over
 * in the other. The answer is that of Dijkstra, to the last bit.
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
  const perM = sumM > 0 ? arcLengthM.length / sumM : 1
  // What is reached from a bucket lies at most the longest arc ahead of it, so that a ring of buckets is enough.
  const buckets = 2 ** Math.ceil(Math.log2(Math.ceil(longestM * perM) + 2))
  const last = buckets - 1
  const waiting = new BucketQueue(buckets, nodeCount)
  const isWaiting = new Uint8Array(nodeCount)
  beginnings.node.forEach((node, k) => {
    const [metres, start] = [beginnings.walkM[k], beginnings.start[k]]
    if (metres > limitM || metres > walkM[node] || (metres === walkM[node] && start >= startOf[node])) return
    walkM[node] = metres
    startOf[node] = start
    isWaiting[node] = 1
    waiting.push(node, (metres * perM) & last)
  })
  for (let turn = 0; waiting.size > 0; turn = (turn + 1) & last) {
    for (let node = waiting.pop(turn); node >= 0; node = waiting.pop(turn)) {
      if (isWaiting[node] === 0) continue
      isWaiting[node] = 0
      const soFarM = walkM[node]
      const start = startOf[node]
      const end = arcStart[node + 1]
      for (let arc = arcStart[node]; arc < end; arc++) {
        const far = arcNode[arc]
        const metres = soFarM + arcLengthM[arc]
        const knownM = walkM[far]
        if (metres > knownM || metres > limitM || (metres === knownM && start >= startOf[far])) continue
        walkM[far] = metres
        startOf[far] = start
        const bucket = (metres * perM) & last
        if (isWaiting[far] === 1 && ((knownM * perM) & last) === bucket) continue
        isWaiting[far] = 1
        waiting.push(far, bucket)
      }
    }
  }
  return { walkM, startOf }
}

/** Nodes by bucket, the last first; one may stand in several. */
class BucketQueue {
  size = 0
  private readonly first: Int32Array
  /** Node and next entry by turns; entries that were taken out hang together from `free`. */
  private entries: Int32Array
  private used = 0
  private free = -1

  constructor(buckets: number, nodes: number) {
    this.first = new Int32Array(buckets).fill(-1)
    this.entries = new Int32Array(2 * Math.max(16, nodes))
  }

  push(node: number, bucket: number): void {
    let entry = this.free
    if (entry >= 0) this.free = this.entries[entry + 1]
    else {
      entry = this.used
      this.used += 2
      if (this.used > this.entries.length) {
        const longer = new Int32Array(2 * this.entries.length)
        longer.set(this.entries)
        this.entries = longer
      }
    }
    this.entries[entry] = node
    this.entries[entry + 1] = this.first[bucket]
    this.first[bucket] = entry
    this.size++
  }

  /** The node, or −1 where the bucket is empty. */
  pop(bucket: number): number {
    const entry = this.first[bucket]
    if (entry < 0) return -1
    this.first[bucket] = this.entries[entry + 1]
    this.entries[entry + 1] = this.free
    this.free = entry
    this.size--
    return this.entries[entry]
  }
}
