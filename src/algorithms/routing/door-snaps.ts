/** Where doors come onto the streets; columns by door. */
export interface DoorSnaps {
  /** The doors themselves, metres; 2 by door. */
  readonly xyM: Float64Array
  /** Nearest walkable edge; −1 where none lies within the limit. */
  readonly edge: Int32Array
  /** Metres from the beginning of the edge to the place where the access leg meets it. */
  readonly alongM: Float64Array
  /** Access leg, metres, straight. */
  readonly accessM: Float64Array
  /** Doors without an edge, ascending. */
  readonly refused: Int32Array
}
