/** Lines as columns: x, y by point in metres of one plane frame, 2p; line k owns points start[k] … start[k+1]−1. */
export interface LineColumns {
  readonly xyM: Float64Array
  readonly start: Uint32Array
}

/** Centre lines of streets. */
export interface StreetColumns extends LineColumns {
  /** Class by line in the words of OpenStreetMap's `highway`. */
  readonly classes: readonly string[]
  /** Level by line, as OpenStreetMap's `layer`: lines of different levels cross without meeting. Absent: all 0. */
  readonly levels?: Int8Array
}

/** What keeps people from walking. */
export interface WalkBarriers {
  /**
   * Walls, railways, water: nobody gets onto a street across one. A street that crosses one goes on, by its gate, crossing
   * or bridge.
   */
  readonly lines?: LineColumns
  /** Closed gates and the like, x, y in metres: a street is cut there. */
  readonly closedXYM?: Float64Array
}

/**
 * What people can walk: nodes at every crossing, junction, end and bend; straight edges between them, each once, walked
 * both ways. n nodes, e edges. Plain columns, never mutated, so it passes to a worker as it is.
 */
export interface StreetGraph {
  /** x, y by node, metres; 2n. */
  readonly nodeXYM: Float64Array
  /** Node where an edge begins and where it ends; e. */
  readonly edgeFrom: Int32Array
  readonly edgeTo: Int32Array
  /** Metres, > 0; e. */
  readonly edgeLengthM: Float64Array
  /** Line of the input the edge lies on; −1 where it is a path assumed over a gap; e. */
  readonly edgeLine: Int32Array
  /** Node k has arcs arcStart[k] … arcStart[k+1]−1; n + 1. */
  readonly arcStart: Uint32Array
  /** Node at the far end, metres and edge by arc; 2e. */
  readonly arcNode: Int32Array
  readonly arcLengthM: Float64Array
  readonly arcEdge: Int32Array
  /** Component by node; 0 has the longest streets, the others follow by length; n. */
  readonly component: Int32Array
  /** Metres by component. */
  readonly componentLengthM: Float64Array
  /** What no access leg may cross. */
  readonly walls: LineColumns | null
}
