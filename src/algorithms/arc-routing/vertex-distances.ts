/** Streets as an undirected graph: parallel edges may lie between two vertices, and an edge may end where it began. */
export interface EdgeGraph {
  readonly vertexCount: number
  /** Ends of each edge, vertices 0 … vertexCount−1. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Of walking along each edge, either way, ≥ 0. */
  readonly cost: Float64Array
}

/** The least ways from one vertex. */
export interface WaysFrom {
  readonly source: number
  /** By vertex; Infinity where none leads. */
  readonly distance: Float64Array
  /** The last edge of the way to each vertex; −1 at the source and where none leads. */
  readonly reachedBy: Int32Array
}

/** A reader of least ways; it keeps the graph's edges by vertex and its own working arrays. */
export interface WaySearch {
  /**
   * The least ways from a vertex to all others; or only until one of them is reached, right for that one and whatever lies nearer.
   * Complexity O(E log V).
   */
  waysFrom(source: number, until?: number): WaysFrom
  /**
   * Distances between some vertices, row after row: `table[i * vertices.length + j]` from `vertices[i]` to `vertices[j]`.
   * Symmetric to the bit, so that a sum does not depend on the direction.
   */
  tableBetween(vertices: Int32Array): Float64Array
}

/** Dijkstra's search with a binary heap over the edges by vertex. */
export function createWaySearch(graph: EdgeGraph): WaySearch {
  const { vertexCount, from, to, cost } = graph
  const edgesBegin = new Int32Array(vertexCount + 1)
  for (let edge = 0; edge < from.length; edge++) {
    edgesBegin[from[edge] + 1]++
    edgesBegin[to[edge] + 1]++
  }
  for (let vertex = 0; vertex < vertexCount; vertex++) edgesBegin[vertex + 1] += edgesBegin[vertex]
  const filled = edgesBegin.slice(0, vertexCount)
  const edgesAt = new Int32Array(2 * from.length)
  for (let edge = 0; edge < from.length; edge++) {
    edgesAt[filled[from[edge]]++] = edge
    edgesAt[filled[to[edge]]++] = edge
  }
  // A vertex enters the heap once for each time its distance falls, so never more often than there are ends of edges.
  const heapVertex = new Int32Array(2 * from.length + 1)
  const heapKey = new Float64Array(2 * from.length + 1)

  function search(source: number, distance: Float64Array, reachedBy: Int32Array | null, until = -1): void {
    distance.fill(Infinity)
    reachedBy?.fill(-1)
    distance[source] = 0
    heapVertex[0] = source
    heapKey[0] = 0
    let size = 1
    while (size > 0) {
      const vertex = heapVertex[0]
      const key = heapKey[0]
      size--
      sinkLast(size)
      if (vertex === until) return
      if (key > distance[vertex]) continue
      for (let at = edgesBegin[vertex]; at < edgesBegin[vertex + 1]; at++) {
        const edge = edgesAt[at]
        const other = from[edge] === vertex ? to[edge] : from[edge]
        const there = key + cost[edge]
        if (there >= distance[other]) continue
        distance[other] = there
        if (reachedBy) reachedBy[other] = edge
        raise(size++, other, there)
      }
    }
  }

  function raise(at: number, vertex: number, key: number): void {
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heapKey[parent] <= key) break
      heapKey[at] = heapKey[parent]
      heapVertex[at] = heapVertex[parent]
      at = parent
    }
    heapKey[at] = key
    heapVertex[at] = vertex
  }

  /** Puts the entry at `size` to the top and lets it sink among the `size` entries. */
  function sinkLast(size: number): void {
    const key = heapKey[size]
    const vertex = heapVertex[size]
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && heapKey[child + 1] < heapKey[child]) child++
      if (heapKey[child] >= key) break
      heapKey[at] = heapKey[child]
      heapVertex[at] = heapVertex[child]
      at = child
    }
    heapKey[at] = key
    heapVertex[at] = vertex
  }

  return {
    waysFrom(source, until) {
      const distance = new Float64Array(vertexCount)
      const reachedBy = new Int32Array(vertexCount)
      search(source, distance, reachedBy, until)
      return { source, distance, reachedBy }
    },
    tableBetween(vertices) {
      const count = vertices.length
      const table = new Float64Array(count * count)
      const distance = new Float64Array(vertexCount)
      for (let row = 0; row < count; row++) {
        search(vertices[row], distance, null)
        for (let column = row + 1; column < count; column++) {
          table[row * count + column] = distance[vertices[column]]
          table[column * count + row] = distance[vertices[column]]
        }
      }
      return table
    },
  }
}

/** The edges of the least way from the source of `ways` to a vertex, in order; none to the source itself. */
export function edgesOfWay({ from, to }: EdgeGraph, { source, reachedBy }: WaysFrom, target: number): number[] {
  const edges: number[] = []
  for (let vertex = target; vertex !== source; ) {
    const edge = reachedBy[vertex]
    if (edge < 0) throw new RangeError(`expected a way from vertex ${source} to ${target}, there is none`)
    edges.push(edge)
    vertex = from[edge] === vertex ? to[edge] : from[edge]
  }
  return edges.reverse()
}
