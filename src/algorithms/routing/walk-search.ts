import { NodeQueue } from './node-queue'
import type { StreetGraph } from './street-graph'

/**
 * Shortest ways from some places to all nodes nearby (Dijkstra 1959). One object serves many searches on a graph, so that a
 * search costs what it visits, not the size of the graph.
 */
export class WalkSearch {
  /** Metres by node after a search; exact up to where it went, Infinity or too large beyond. */
  readonly walkM: Float64Array
  /** Start that the way to a node comes from. */
  readonly startOf: Int32Array
  private readonly queue: NodeQueue
  private readonly visited: Int32Array
  private visitedCount = 0
  private readonly wanted: Uint8Array

  constructor(private readonly graph: StreetGraph) {
    const nodeCount = graph.component.length
    this.walkM = new Float64Array(nodeCount).fill(Infinity)
    this.startOf = new Int32Array(nodeCount).fill(-1)
    this.queue = new NodeQueue(nodeCount)
    this.visited = new Int32Array(nodeCount)
    this.wanted = new Uint8Array(nodeCount)
  }

  /** Forget the last search. */
  clear(): void {
    for (let k = 0; k < this.visitedCount; k++) {
      this.walkM[this.visited[k]] = Infinity
      this.startOf[this.visited[k]] = -1
    }
    this.visitedCount = 0
    this.queue.clear()
  }

  /** Begin at a node that lies some metres off; of several starts as near the lower number counts. */
  begin(node: number, walkM: number, start: number): void {
    this.reach(node, walkM, start)
  }

  /**
   * Go on until every wanted node is settled or everything within the bound is.
   * @param wanted nodes; null for all within the bound
   * @param boundM inclusive
   */
  run(wanted: Int32Array | null, boundM: number): void {
    const { graph, queue, walkM } = this
    const { arcStart, arcNode, arcLengthM } = graph
    let open = wanted ? 0 : Infinity
    for (const node of wanted ?? []) {
      if (this.wanted[node] === 1) continue
      this.wanted[node] = 1
      open++
    }
    while (open > 0 && queue.least <= boundM) {
      const node = queue.take()
      if (node < 0) break
      if (this.wanted[node] === 1) open--
      const soFarM = walkM[node]
      for (let arc = arcStart[node]; arc < arcStart[node + 1]; arc++) this.reach(arcNode[arc], soFarM + arcLengthM[arc], this.startOf[node])
    }
    for (const node of wanted ?? []) this.wanted[node] = 0
  }

  private reach(node: number, metres: number, start: number): void {
    const knownM = this.walkM[node]
    if (metres > knownM || (metres === knownM && start >= this.startOf[node])) return
    if (knownM === Infinity) this.visited[this.visitedCount++] = node
    this.walkM[node] = metres
    this.startOf[node] = start
    // Where only the start changes the key does not, and the node keeps its turn.
    if (metres < knownM) this.queue.offer(node, metres)
  }
}
