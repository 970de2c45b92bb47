import type { PatrolAim } from '@/core/patrol/patrol'

/**
 * What is patrolled: junctions and ends of streets are nodes, what lies between two of them on one line is a segment. n nodes,
 * s segments. Plain columns, never mutated, so it passes to a worker as it is.
 */
export interface PatrolNetwork {
  /** x, y by node, metres; 2n. */
  readonly nodeXYM: Float64Array
  /** Nodes at the ends; a loop begins and ends at one; s. */
  readonly segmentFrom: Int32Array
  readonly segmentTo: Int32Array
  /** Metres, > 0; s. */
  readonly segmentLengthM: Float64Array
  /** Line of the input it lies on; −1 where it is a path assumed over a gap; s. */
  readonly segmentLine: Int32Array
  /** Centimetres along that line from its first point, from < to, at `segmentFrom` and `segmentTo`; on a path along itself; s. */
  readonly segmentFromCm: Int32Array
  readonly segmentToCm: Int32Array
  /** Segment k is drawn by points pathStart[k] … pathStart[k+1]−1, from `segmentFrom` to `segmentTo`; s + 1. */
  readonly pathStart: Uint32Array
  /** x, y by point, metres. */
  readonly pathXYM: Float64Array
  /** Component by node; 0 has the longest streets, the others follow by length; n. */
  readonly component: Int32Array
  /** Metres by component; all but the first are islands. */
  readonly componentLengthM: Float64Array
}

/** Somebody who walks one route. */
export interface Patroller {
  readonly startNode: number
  /** Node where the route ends; −1: wherever it ends. */
  readonly endNode: number
  /** Seconds the route may take; Infinity: no limit. */
  readonly limitS: number
  /** By segment 1 where the patroller may serve, the zone of responsibility; null: everywhere. Others are only passed. */
  readonly zone: Uint8Array | null
}

/** Places that somebody must come by, on a segment or at a node; columns by checkpoint. */
export interface PatrolCheckpoints {
  /** Segment the checkpoint lies on, −1 where it lies at a node. */
  readonly segment: Int32Array
  /** Node, −1 where it lies on a segment. */
  readonly node: Int32Array
  /** Seconds spent there, ≥ 0. */
  readonly dwellS: Float64Array
}

export interface PatrolProblem {
  readonly network: PatrolNetwork
  /** Times a segment must be served: 0 not required, 1, or 2 for both sides, one each way where one person serves both; s. */
  readonly passes: Uint8Array
  /** Seconds of one pass that serves, and of one that only passes; > 0; s. */
  readonly serviceS: Float64Array
  readonly walkS: Float64Array
  readonly checkpoints: PatrolCheckpoints
  readonly patrollers: readonly Patroller[]
  /** `min_max`: the longest route first, then the sum; `min_total`: the sum, each route within its limit. */
  readonly aim: PatrolAim
  readonly seed: number
  /** Trials of a change, in thousands, that the search may make; more is better and slower. */
  readonly effort: number
}

/** The walk of one patroller. Columns by step; a step is a segment from one end to the other. */
export interface PatrolRoute {
  readonly patroller: number
  readonly segment: Int32Array
  /** 1 where walked from `segmentTo` to `segmentFrom`. */
  readonly reversed: Uint8Array
  /** 1 where looked at on this pass, 0 where only passed. */
  readonly served: Uint8Array
  /** Checkpoints in the order they are come by, and the step each is come by on, or before which where it lies at a node. */
  readonly checkpoint: Int32Array
  readonly checkpointStep: Int32Array
  readonly lengthM: number
  /** Metres walked serving; a segment served twice counts twice. */
  readonly servedM: number
  readonly seconds: number
}

export interface PatrolPlan {
  /** One for each patroller, west to east, then north to south; who stays at home comes last, with no step. */
  readonly routes: readonly PatrolRoute[]
  readonly longestS: number
  readonly totalS: number
  /** Seconds that no plan can have less of: as its longest by `min_max`, as its sum by `min_total`. */
  readonly boundS: number
  /** Share by which the plan is above the bound. */
  readonly gap: number
  /** Share of nodes with something to serve that more than one route serves at: 0 for routes that keep apart. */
  readonly overlap: number
  /** Mean straight distance between the middles of what one route serves, metres. */
  readonly taskDistanceM: number
}

/** Why there is no plan; `shortfallS` is what the limits lack for it at the least. */
export type PatrolRefusal =
  /** No patroller whose zone holds them gets to these segments and on to the end; or to these checkpoints. */
  | { readonly reason: 'unreachable'; readonly segments: readonly number[]; readonly checkpoints: readonly number[] }
  /** One of these alone, there and back, takes longer than any limit. `shortfallS` by segment, then by checkpoint. */
  | {
    readonly reason: 'out_of_reach'
    readonly segments: readonly number[]
    readonly checkpoints: readonly number[]
    readonly shortfallS: readonly number[]
  }
  /** All together takes longer than the limits have. */
  | { readonly reason: 'sum_exceeds_limits'; readonly shortfallS: number }
  /** Not proved impossible, but no plan within the limits was found; the best lacks so much on the routes that pass theirs. */
  | { readonly reason: 'none_found'; readonly shortfallS: number }
  | { readonly reason: 'nobody' }

export type PatrolOutcome =
  | { readonly kind: 'plan'; readonly plan: PatrolPlan }
  | { readonly kind: 'refused'; readonly refusals: readonly PatrolRefusal[] }
