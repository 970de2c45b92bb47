import FlatQueue from 'flatqueue'
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
  /** Nodes by metres; one that came nearer meanwhile stands in it twice. */
  private readonly queue = new FlatQueue<number>()
  private readonly visited: Int32Array
  private visitedCount = 0
  private readonly wanted: Uint8Array

  constructor(private readonly graph: StreetGraph) {
    const nodeCount = graph.component.length
    this.walkM = new Float64Array(nodeCount).fill(Infinity)
    this.startOf = new Int32Array(nodeCount).fill(-1)
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
    if (walkM <= this.walkM[node]) this.reach(node, walkM, start)
  }

  /**
   * Go on until every wanted node is settled or everything within the bound is.
   * @param wanted nodes; null for all within the bound
   * @param boundM inclusive
   */
  run(wanted: Int32Array | null, boundM: number): void {
    const { graph, queue, walkM, startOf } = this
    const { arcStart, arcNode, arcLengthM } = graph
    let open = wanted ? 0 : Infinity
    for (const node of wanted ?? []) {
      if (this.wanted[node] === 1) continue
      this.wanted[node] = 1
      open++
    }
    while (open > 0 && queue.length > 0) {
      const soFarM = queue.peekValue()!
      if (soFarM > boundM) break
      const node = queue.pop()!
      if (soFarM > walkM[node]) continue
      if (this.wanted[node] === 1) open--
      const start = startOf[node]
      for (let arc = arcStart[node]; arc < arcStart[node + 1]; arc++) {
        const metres = soFarM + arcLengthM[arc]
        if (metres <= walkM[arcNode[arc]]) this.reach(arcNode[arc], metres, start)
      }
    }
    for (const node of wanted ?? []) this.wanted[node] = 0
  }

  /** Nodes the last search came to; those it settled among them. */
  reached(): Int32Array {
    return this.visited.subarray(0, this.visitedCount)
  }

  /** `metres` is at most what is known of the node. */
  private reach(node: number, metres: number, start: number): void {
    const knownM = this.walkM[node]
    if (metres === knownM && start >= this.startOf[node]) return
    if (knownM === Infinity) this.visited[this.visitedCount++] = node
    this.walkM[node] = metres
    this.startOf[node] = start
    // Where only the start changes the node keeps its turn.
    if (metres < knownM) this.queue.push(node, metres)
  }
}
