import type { AssignmentMode, AssignmentSettings, MemberTerms } from './assignment-scope'

/**
 * An assignment plan: one column household → member, with pins, exclusions and terms, over the ties in force of one unit.
 * Edited only by applying an `AssignmentDelta`, which returns its inverse.
 */
export interface AssignmentDocument {
  readonly planId: string
  readonly landId: number
  /** Unit whose households the plan covers: a community, or a street with all its communities. */
  readonly orgUnitId: number
  /** Revision last confirmed by the server. */
  revision: number
  /** Member index by household index, −1 where nobody. Households outside the unit keep the tie in force. */
  readonly householdMember: Int32Array
  /** 1 where the tie stays whatever a solver says. */
  readonly pinned: Uint8Array
  /** Carer's member index by member index, −1 where nobody. */
  readonly carer: Int32Array
  /** Member ids who may not carry a household, with the reason, by household id. */
  readonly exclusions: Map<number, Map<number, string>>
  /** Terms by member id where the plan changes them. */
  readonly terms: Map<number, MemberTerms>
  /** By community id; absent: one by one. */
  readonly modes: Map<number, AssignmentMode>
  /** What the plan aims at; null: the settings of the street. */
  aims: AssignmentSettings | null
}

/**
 * One change of an assignment plan, in database ids so that it means the same in memory, on the wire, in the log and in SQL.
 * Reversible: it names what was and what will be. Nothing is listed twice.
 */
export interface AssignmentDelta {
  /** Households that change hands; member ids or null for nobody. */
  readonly ties: readonly { readonly household: number; readonly from: number | null; readonly to: number | null }[]
  readonly pins?: readonly { readonly household: number; readonly from: boolean; readonly to: boolean }[]
  /** Frail members and who cares for them. */
  readonly care?: readonly { readonly member: number; readonly from: number | null; readonly to: number | null }[]
  /** Pairs that may not be; the reason, or null where they may. */
  readonly exclusions?: readonly {
    readonly member: number
    readonly household: number
    readonly before: string | null
    readonly after: string | null
  }[]
  /** Terms of members in this plan; null: as registered. */
  readonly terms?: readonly { readonly member: number; readonly before: MemberTerms | null; readonly after: MemberTerms | null }[]
  readonly modes?: readonly { readonly community: number; readonly before: AssignmentMode; readonly after: AssignmentMode }[]
  readonly aims?: { readonly before: AssignmentSettings | null; readonly after: AssignmentSettings | null }
}

/** Something a check of an assignment found: the same codes in TypeScript and in SQL. Ids ascend. */
export interface AssignmentFinding {
  readonly code: AssignmentFindingCode
  readonly severity: 'error' | 'warning'
  readonly memberIds: readonly number[]
  readonly householdIds: readonly number[]
  readonly values: Readonly<Record<string, number | string>>
  /** Set once a reason was given; a waived error does not stop publication. */
  readonly waived?: boolean
}

export const ASSIGNMENT_FINDING_CODES = [
  'household_unserved', // error, may be waived: one for each community with such households; values.communityId, households
  'tie_other_community', // error: a member carries households of another community
  'member_exempt_carries', // error: one for each exempt or frail member with households; values.households
  'tie_excluded', // error: one for each member with households excluded for him or her
  'member_above_max', // error, may be waived: values.households, max
  'member_below_min', // warning: values.households, min; members with no household at all are among them
  'special_without_committee', // warning: one for each community: special-group households not with a committee member; values.households
  'frail_without_carer', // error, may be waived: one for each community; memberIds: the frail; values.members
  'care_above_max', // warning: one for each carer; values.members, max
] as const
export type AssignmentFindingCode = (typeof ASSIGNMENT_FINDING_CODES)[number]

export const WAIVABLE_ASSIGNMENT_FINDINGS: readonly AssignmentFindingCode[] = [
  'household_unserved',
  'member_above_max',
  'frail_without_carer',
]
