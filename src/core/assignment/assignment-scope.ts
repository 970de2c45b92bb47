/**
 * What the room of assignment holds of one street beside its `Scope`: households, members and the ties in force, as columns
 * without names or numbers. Made once from the server's answer, replaced whole on reload, never mutated. Positions of
 * buildings and communities are those of the `Scope` of the same land.
 */
export interface AssignmentScope {
  readonly landId: number
  readonly households: HouseholdColumns
  readonly stairwells: StairwellColumns
  readonly members: MemberColumns
  readonly kinships: KinshipColumns
  /** Ties in force. */
  readonly current: CurrentTies
  /** What the street goes by. */
  readonly settings: AssignmentSettings
}

/** Columns by household, in natural order of address and room within each community. */
export interface HouseholdColumns {
  readonly count: number
  readonly ids: Int32Array
  /** Building index. */
  readonly building: Int32Array
  /** Stairwell index or −1. */
  readonly stairwell: Int32Array
  /** Community index. */
  readonly community: Int32Array
  /** 0 … 7, as `HOUSEHOLD_CATEGORIES`. */
  readonly category: Uint8Array
  /** Bit k: interest k of the settings. */
  readonly interests: Uint32Array
  readonly rooms: readonly string[]
}

export interface StairwellColumns {
  readonly count: number
  readonly ids: Int32Array
  /** Building index. */
  readonly building: Int32Array
  readonly names: readonly string[]
}

/** Columns by member, by id; exempt and frail members among them. */
export interface MemberColumns {
  readonly count: number
  readonly ids: Int32Array
  /** Community index. */
  readonly community: Int32Array
  /** Building index or −1 where unknown. */
  readonly building: Int32Array
  /** Stairwell index or −1. */
  readonly stairwell: Int32Array
  /** Index of the household the member belongs to, or −1. */
  readonly household: Int32Array
  /** Unit of organisation of the party group, 0 where unknown. */
  readonly partyGroupId: Int32Array
  /** 1 where frail: cared for, carries no households. */
  readonly frail: Uint8Array
  /** 1 for members of a committee: special-group households go to them first. */
  readonly committee: Uint8Array
  /** 1 for leaders of a party group. */
  readonly leader: Uint8Array
  /** Registered terms; null: those of the settings. */
  readonly terms: readonly (MemberTerms | null)[]
  /** Bit k: interest k of the settings. */
  readonly interests: Uint32Array
}

/** Kin of a member who live in another household. Columns of one length. */
export interface KinshipColumns {
  readonly count: number
  /** Member index. */
  readonly member: Int32Array
  /** Household index. */
  readonly household: Int32Array
}

export interface CurrentTies {
  /** Number of the edition in force by community index; 0 where none was published. */
  readonly editions: Int32Array
  /** Member index by household, −1 where nobody. */
  readonly householdMember: Int32Array
  /** Index of the member who cares for a frail one, by member; −1 where nobody. */
  readonly carer: Int32Array
}

export const EXEMPT_REASONS = ['aged_70', 'seriously_ill', 'long_away', 'other'] as const
export type ExemptReason = (typeof EXEMPT_REASONS)[number]

/** What one member can carry. Null: as the settings say. */
export interface MemberTerms {
  readonly exempt: ExemptReason | null
  readonly minHouseholds: number | null
  readonly maxHouseholds: number | null
  /** Farthest walk to a household, metres; 0: the own building only. */
  readonly reachM: number | null
}

/** How households are shared out within a community: one by one, or whole buildings where members are few. */
export type AssignmentMode = 'household' | 'building'

/** Limits and weights. Weights are metres of walking that a tie is worth. */
export interface AssignmentSettings {
  /** Households a member, by kind of community; both limits are allowed. */
  readonly urban: { readonly min: number; readonly max: number }
  readonly rural: { readonly min: number; readonly max: number }
  /** Fewest buildings a member where whole buildings are assigned. */
  readonly minBuildings: number
  /** Frail members a member cares for at most; `min` is what is aimed at where there are enough. */
  readonly care: { readonly min: number; readonly max: number }
  /** A household farther from its member than this is an exception. */
  readonly farM: number
  readonly sameStairwellM: number
  readonly sameBuildingM: number
  readonly kinshipM: number
  readonly interestM: number
  /** What changing an existing tie costs. */
  readonly changeM: number
  /** Interests by bit, at most 32. */
  readonly interests: readonly string[]
  /** Limits of communities that differ from those of their kind, by community id in ascending order; absent: none. */
  readonly communityLimits?: readonly CommunityLimits[]
}

/** Households a member in one community; both limits are allowed. */
export interface CommunityLimits {
  readonly communityId: number
  readonly min: number
  readonly max: number
}

/** Defaults of the product; streets and communities may set their own. */
export const ASSIGNMENT_DEFAULTS: AssignmentSettings = {
  urban: { min: 6, max: 15 },
  rural: { min: 6, max: 15 },
  minBuildings: 6,
  care: { min: 2, max: 3 },
  farM: 800,
  sameStairwellM: 60,
  sameBuildingM: 30,
  kinshipM: 150,
  interestM: 40,
  changeM: 50,
  interests: [],
}
