/** Centre lines of streets as columns; metres in one plane frame. n lines, p points. */
export interface StreetColumns {
  /** x, y by point, metres; 2p. */
  readonly xyM: Float64Array
  /** Line k owns points start[k] … start[k+1]−1; n + 1. */
  readonly start: Uint32Array
  /** Class by line in the words of OpenStreetMap's `highway`; n. */
  readonly classes: readonly string[]
  /** Level by line, as OpenStreetMap's `layer`: lines of different levels cross without meeting. Absent: all 0. */
  readonly levels?: Int8Array
}

/** Lines that nobody walks through: walls, fences, water without a bridge. Metres in the frame of the streets. */
export interface BarrierColumns {
  readonly xyM: Float64Array
  readonly start: Uint32Array
}

/**
 * What people can walk: nodes at every crossing, junction, end and bend; straight edges between them, each once; walked
 * both ways. n nodes, e edges. Made once from the same streets, never mutated.
 */
export interface StreetGraph {
  /** x, y by node, metres; 2n. */
  readonly nodeXYM: Float64Array
  /** Node where edge k begins and where it ends; e. */
  readonly edgeFrom: Int32Array
  readonly edgeTo: Int32Array
  /** Metres, > 0; e. */
  readonly edgeLengthM: Float64Array
  /** Line of the input the edge lies on; −1 where it only bridges the gap of a junction; e. */
  readonly edgeLine: Int32Array
  /** Node k has arcs arcStart[k] … arcStart[k+1]−1; n + 1. */
  readonly arcStart: Uint32Array
  /** Node at the far end, metres and edge by arc; 2e. */
  readonly arcNode: Int32Array
  readonly arcLengthM: Float64Array
  readonly arcEdge: Int32Array
  /** Component by node; 0 has the longest streets, then by falling length; n. */
  readonly component: Int32Array
  /** Metres of street by component. */
  readonly componentLengthM: Float64Array
  /** What no access leg may cross. */
  readonly barriers: BarrierColumns | null
}
