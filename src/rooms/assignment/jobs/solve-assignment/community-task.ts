import type { AssignmentMode, ExemptReason } from '@/core/assignment/assignment-scope'

/** Today's member is of another community. */
export const ELSEWHERE = -2

/**
 * One community as a solver takes it: plain columns, positions within the task. Everything a plan says is in it: terms, pins,
 * exclusions, modes, limits.
 */
export interface CommunityTask {
  readonly communityId: number
  readonly mode: AssignmentMode
  readonly households: TaskHouseholds
  readonly members: TaskMembers
  /** Pairs member, household. */
  readonly kin: Int32Array
  readonly excluded: Int32Array
  readonly walks: TaskWalks
  readonly weights: TaskWeights
  /** Households a member before terms. */
  readonly limits: { readonly min: number; readonly max: number }
  readonly minBuildings: number
  readonly care: TaskCare
}

export interface TaskHouseholds {
  readonly ids: Int32Array
  /** Column of the walks; −1 where nobody knows where the household lives. */
  readonly building: Int32Array
  /** Stairwell index or −1. */
  readonly stairwell: Int32Array
  readonly special: Uint8Array
  readonly interests: Uint32Array
  /** Member of the tie in force: −1 nobody, `ELSEWHERE`. */
  readonly today: Int32Array
  /** Member in the plan, likewise. */
  readonly now: Int32Array
  /** The tie of the plan stays. */
  readonly pinned: Uint8Array
}

export interface TaskMembers {
  readonly ids: Int32Array
  /** 1 where neither frail nor exempt. */
  readonly able: Uint8Array
  readonly frail: Uint8Array
  readonly exempt: readonly (ExemptReason | null)[]
  /** Households; all terms taken in. */
  readonly min: Int32Array
  readonly max: Int32Array
  /** 1 where the limit is the member's own. */
  readonly ownMin: Uint8Array
  readonly ownMax: Uint8Array
  /** Households of other communities pinned to the member: they take their place. */
  readonly pinnedElsewhere: Int32Array
  /** Metres; −1 no limit. */
  readonly reachM: Int32Array
  readonly committee: Uint8Array
  readonly interests: Uint32Array
  readonly stairwell: Int32Array
  /** Row of the walks; −1 where nobody knows where the member lives. */
  readonly row: Int32Array
  /** Column of the walks of the building the member lives in, or −1. */
  readonly column: Int32Array
}

export interface TaskWalks {
  readonly columns: number
  /** Row-major. */
  readonly walkDm: Int32Array
  readonly straight: Uint8Array
}

/** Decimetres that a tie is worth, or costs. */
export interface TaskWeights {
  readonly sameStairwellDm: number
  readonly sameBuildingDm: number
  readonly kinshipDm: number
  readonly interestDm: number
  readonly changeDm: number
  readonly farDm: number
}

/** Frail members and who cares for them. */
export interface TaskCare {
  readonly min: number
  readonly max: number
  /** Positions among the members. */
  readonly frail: Int32Array
  /** Carer by frail member, as `today` and `now` of households. */
  readonly today: Int32Array
  readonly now: Int32Array
}

/** In place of a member's id: who it is in the plan stays, nobody or somebody of another community. */
export const UNCHANGED = -1

/** What a solution of one community is. */
export interface CommunitySolution {
  readonly communityId: number
  readonly mode: AssignmentMode
  /** Member id by household of the task, 0 nobody, or `UNCHANGED`. */
  readonly householdIds: Int32Array
  readonly memberIds: Int32Array
  /** Likewise carers of the frail. */
  readonly frailIds: Int32Array
  readonly carerIds: Int32Array
  readonly figures: SolutionFigures
  /** Households by member able to carry: what the histogram is made of. */
  readonly loads: Int32Array
  /** Metres of walking less bonuses, plus changes: what was minimised. */
  readonly objectiveM: number
  /** No plan that serves as many costs less. */
  readonly boundM: number
  /** (objective − bound) as a share of the walks in the plan; 0 where it is proved best. */
  readonly gap: number
  readonly ms: number
  /** What falls short; null: everybody is served and nobody has too few. */
  readonly shortage: Shortage | null
}

export interface SolutionFigures {
  readonly households: number
  readonly served: number
  readonly ableMembers: number
  readonly belowMin: number
  readonly aboveMax: number
  /** Households with the member they have today, and with another. */
  readonly kept: number
  readonly changed: number
  readonly special: number
  readonly specialWithCommittee: number
  readonly walkSumM: number
  readonly walkMaxM: number
  readonly far: number
  /** Households whose walk is a straight line for want of a way. */
  readonly straight: number
  readonly frail: number
  readonly cared: number
}

export interface Shortage {
  /** Households that nobody carries. */
  readonly unservedIds: Int32Array
  /** Of these the ones no able member may carry: excluded, or out of everybody's reach. */
  readonly blockedIds: Int32Array
  /** Households that all able members could carry together. */
  readonly capacity: number
  /** Members below their least, and how many households or buildings each lacks. */
  readonly short: readonly { readonly memberId: number; readonly missing: number; readonly unit: 'household' | 'building' }[]
  /** What would do, or go farthest; the least of its kind each. */
  readonly relaxations: readonly Relaxation[]
}

/** One way out. `unserved`: households that would still have nobody. */
export type Relaxation =
  | { readonly kind: 'raise_max'; readonly max: number; readonly unserved: number }
  /** Exempt members who could; all of the class where `reason` is set, `memberIds` are enough of them. */
  | { readonly kind: 'take_exempt'; readonly reason: ExemptReason | null; readonly memberIds: readonly number[]; readonly unserved: number }
  | { readonly kind: 'building_mode'; readonly mostHouseholds: number; readonly shortMembers: number; readonly unserved: number }
  /** Members who would have to walk farther than they said. */
  | { readonly kind: 'lift_reach'; readonly memberIds: readonly number[]; readonly unserved: number }
  | { readonly kind: 'lower_min'; readonly min: number; readonly unserved: number }
