/**
 * Parts with units to share out, and members who carry between `min` and `max` units in all. Units of one part are alike.
 * Every column is by part, by member or by arc; positions are indices. Nothing is mutated.
 */
export interface TransportProblem {
  /** Units by part, whole ≥ 0. */
  readonly supply: Int32Array
  /** Fewest units by member, whole ≥ 0. */
  readonly min: Int32Array
  /** Most units by member, whole ≥ `min`. 0 and 0: the member carries nothing. */
  readonly max: Int32Array
  readonly arcs: TransportArcs
}

/** Which part can go to which member, and what a unit costs there: columns of one length, in any order. */
export interface TransportArcs {
  readonly part: Int32Array
  readonly member: Int32Array
  /** Whole, may be below zero; between ±`MOST_COST`, or `CLOSED` where nothing may pass. */
  readonly cost: Int32Array
}

/** Largest cost of a unit on an arc, either side of zero. */
export const MOST_COST = 1_000_000_000
/** Cost of an arc that is shut: a pair that is excluded without renumbering the others. */
export const CLOSED = 2_147_483_647

/**
 * The best that can be done: as many units served as can be, then as few units missing below minima as can be, then the least
 * cost. `unserved` and `short` name what is short; both are zero throughout where everything fits.
 */
export interface TransportSolution {
  /** What was solved; after `resolveTransport` the changed problem. */
  readonly problem: TransportProblem
  /** Units on each arc. */
  readonly flow: Int32Array
  /** Units each member carries, ≤ `max` always. */
  readonly load: Int32Array
  /** Units of each part that nobody carries, and their sum. */
  readonly unserved: Int32Array
  readonly unservedUnits: number
  /** Units each member lacks to the minimum, and their sum. */
  readonly short: Int32Array
  readonly shortUnits: number
  /** Σ flow × cost of what is served. */
  readonly objective: number
  /** No plan that leaves as little unserved and short costs less. Equal to `objective` where the plan is proved best. */
  readonly bound: number
  /** `objective` − `bound` is zero, and nobody can serve more: proved by complementary slackness, not by the method's word. */
  readonly isOptimal: boolean
  readonly prices: TransportPrices
  /** Steps of the method. */
  readonly pivots: number
  /** For `resolveTransport`: opaque, small, safe to keep and to clone. */
  readonly basis: TransportBasis
}

/**
 * Prices that prove the plan best: for every arc `part − member ≤ cost`, with equality where something flows. In the unit of
 * cost; where something is unserved or short they hold the penalties too.
 */
export interface TransportPrices {
  /** What one unit more of the part would add. */
  readonly part: Float64Array
  /** What one place more at the member would save: ≥ 0 where full, ≤ 0 where at the minimum or below. */
  readonly member: Float64Array
  /** Penalties that were used for an unserved and for a missing unit; costs are far below both. */
  readonly unservedPenalty: number
  readonly shortPenalty: number
}

/** The spanning tree a solution ends with: the arc by which each node hangs, or one of the codes below. */
export interface TransportBasis {
  /** By part: index of an arc, or `BY_ROOT`. */
  readonly partArc: Int32Array
  /** By member: index of an arc, `BY_ROOT` (between the limits) or `BY_SHORTAGE` (below the minimum). */
  readonly memberArc: Int32Array
  /** By member: 1 where the load is pressed against the maximum. */
  readonly isFull: Uint8Array
  /** Least and most that open arcs cost or have cost; 0 among it. */
  readonly costRange: { readonly least: number; readonly most: number }
}

export const BY_ROOT = -1
export const BY_SHORTAGE = -2

/** A local change of a problem. What is appended gets the next indices; nothing is renumbered. */
export interface TransportChange {
  readonly supply?: readonly { readonly part: number; readonly units: number }[]
  /** To take a member out: `min` and `max` 0. */
  readonly limits?: readonly { readonly member: number; readonly min: number; readonly max: number }[]
  /** To exclude a pair: `CLOSED`. */
  readonly costs?: readonly { readonly arc: number; readonly cost: number }[]
  /** Supplies of parts to append. */
  readonly parts?: readonly number[]
  readonly members?: readonly { readonly min: number; readonly max: number }[]
  /** Arcs to append; they may name parts and members that are appended with them. */
  readonly arcs?: readonly { readonly part: number; readonly member: number; readonly cost: number }[]
}

