import { buildStreetGraph } from './build-street-graph'
import type { DoorSnaps } from './door-snaps'
import { snapDoors } from './snap-doors'
import type { StreetColumns, StreetGraph, WalkBarriers } from './street-graph'

/** What walks to stations are measured from. Metres of one plane frame. */
export interface AccessInput {
  readonly streets: StreetColumns
  readonly barriers: WalkBarriers
  readonly doors: AccessPoints
  readonly stations: AccessPoints
  /** Level by station, 0 … `levels` − 1. */
  readonly stationLevel: Uint8Array
  readonly levels: number
}

export interface AccessPoints {
  /** x, y by point. */
  readonly xyM: Float64Array
  /** Longest access leg to a street by point, metres, inclusive to the centimetre. */
  readonly limitM: Float64Array
}

/** Doors and stations brought onto the streets, once for all questions. Plain columns, so it passes between threads as it is. */
export interface AccessGround {
  readonly graph: StreetGraph
  readonly doors: DoorSnaps
  readonly stations: DoorSnaps
}

/** Lengths are compared as whole centimetres, so this much above a limit is still on it. Metres. */
export const HALF_CM = 0.005

/**
 * Streets made a graph, with doors and stations on it.
 * @throws where columns do not fit one another or a position is not finite
 * Complexity: O((p + d) log p) expected for p points of streets and d doors.
 */
export function makeAccessGround({ streets, barriers, doors, stations }: AccessInput): AccessGround {
  const graph = buildStreetGraph(streets, barriers)
  return { graph, doors: bringOnto(graph, doors), stations: bringOnto(graph, stations) }
}

/** Further places on the same ground: candidates, a station as it is moved. */
export function bringOnto(graph: StreetGraph, { xyM, limitM }: AccessPoints): DoorSnaps {
  return snapDoors(graph, xyM, limitM.map((metres) => metres + HALF_CM))
}
