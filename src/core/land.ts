import type { IdIndex } from './id-index'
import type { LandFrame } from './land-frame'

/**
 * Land as a planar subdivision: arcs between nodes, each with the cell on its left and right. Borders are shared by
 * arc, never by equal coordinates. All positions are lattice integers (5 mm, see `LandFrame`).
 *
 * Sizes: n nodes, a arcs, p arc points (end points included, so an arc of k segments has k+1 points), c cells.
 */
export interface Land {
  readonly frame: LandFrame
  /** Database id by node, arc, cell index; 0 before the first save. */
  readonly nodeIds: Int32Array
  readonly arcIds: Int32Array
  readonly cellIds: Int32Array
  /** x, y by node; 2n. */
  readonly nodeXY: Int32Array
  /** Node index at the arc's two ends; 2a. */
  readonly arcNodes: Int32Array
  /** Arc k owns points arcStart[k] … arcStart[k+1]−1 of `arcXY`; a+1. */
  readonly arcStart: Uint32Array
  /** x, y by arc point; 2p. */
  readonly arcXY: Int32Array
  /** Cell index on the left and right in the direction of the points; −1 is outside the land. a each. */
  readonly arcLeft: Int32Array
  readonly arcRight: Int32Array
  /** What the border follows, by arc; see `ArcKind`. */
  readonly arcKind: Uint8Array
  /** Community of the cell: index into the scope's communities. */
  readonly cellCommunity: Int32Array
  /** Ground area, m². */
  readonly cellAreaM2: Float64Array
  /** A lattice point inside the cell, for its label; 2c. */
  readonly cellLabelXY: Int32Array
  /**
   * Set where a plan redraws its land. Nodes, arcs and cells that are gone keep their index with id 0 (an arc: no cell on
   * either side); new ones are appended. The columns are written in place: never keep a land over an edit.
   */
  readonly redrawn?: RedrawnLand
}

/** Things by owner, in compressed rows: those of i are `item[start[i] … start[i+1]−1]`, ascending. */
export interface Rows {
  readonly start: Uint32Array
  readonly item: Int32Array
}

/** What is kept beside land that is redrawn; the same object from edit to edit. */
export interface RedrawnLand {
  /** What each redrawing touched, by index, so that what is derived from land can follow. */
  readonly steps: readonly RedrawnStep[]
  /** As of the last step. */
  readonly cellArcs: Rows
  readonly nodeArcs: Rows
  readonly cellBuildings: Rows
  readonly nodeIndex: IdIndex
  readonly arcIndex: IdIndex
}

export interface RedrawnStep {
  /** Cells whose borders, label or buildings changed, gone and new ones included; so nodes and arcs. */
  readonly cells: Int32Array
  readonly arcs: Int32Array
  readonly nodes: Int32Array
}

/** What an arc follows. `free` runs between buildings; `boundary` is the official line of a community or the land. */
export const ArcKind = { free: 0, street: 1, lane: 2, water: 3, wall: 4, railway: 5, boundary: 6 } as const
export type ArcKind = (typeof ArcKind)[keyof typeof ArcKind]

/**
 * Cells that share a border, in compressed rows: neighbours of cell i are `neighbour[start[i] … start[i+1]−1]`,
 * ascending. Cells that touch in a point only are not neighbours.
 */
export interface CellAdjacency {
  readonly start: Uint32Array
  readonly neighbour: Int32Array
  /** Length of the shared border, metres. */
  readonly borderM: Float64Array
}
