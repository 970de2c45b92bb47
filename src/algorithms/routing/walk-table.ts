/**
 * Whom to measure to whom: group g has the doors from[fromStart[g]] … from[fromStart[g+1]−1] and likewise to. Indices of
 * doors; the same door may stand in many groups and many times in one (members under one roof share a search).
 */
export interface WalkGroups {
  readonly fromStart: Uint32Array
  readonly from: Int32Array
  readonly toStart: Uint32Array
  readonly to: Int32Array
}

/** How a walk was measured. */
export const WALK = {
  /** Along streets, with both access legs. */
  street: 0,
  /** Straight line: no way leads along streets, or a door lies too far from any. */
  straight: 1,
  /** Farther along streets than the bound; not measured further. */
  beyond: 2,
} as const

/** Walks of groups, each a table: entry offset[g] + i · (doors to of g) + j is from the i-th to the j-th door of group g. */
export interface WalkTable {
  readonly offset: Uint32Array
  /** Decimetres, rounded; −1 where `beyond`. */
  readonly walkDm: Int32Array
  /** A value of `WALK`. */
  readonly how: Uint8Array
}
