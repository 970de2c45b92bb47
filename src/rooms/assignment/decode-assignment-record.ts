import type { AssignmentDocument } from '@/core/assignment/assignment-plan'
import type { AssignmentMode, AssignmentScope, AssignmentSettings } from '@/core/assignment/assignment-scope'
import type { AssignmentWaiver } from '@/core/assignment/find-assignment-findings'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import { makeIdIndex } from '@/core/id-index'
import { toTerms, type TermsRow } from './decode-assignment-scope'

interface TieColumns {
  readonly household: readonly number[]
  /** 0 for nobody. */
  readonly member: readonly number[]
}

/** Frail member and carer, 0 for nobody. */
type CareRow = readonly [frail: number, carer: number]

/** Edition a plan stands on in a community, and the one in force there. */
export interface AssignmentBase {
  readonly communityId: number
  readonly number: number
  readonly inForce: number
  /** Of the one in force. */
  readonly at: string | null
  readonly by: string | null
}

/** A plan as it arrives; see `public.assignment_document`. */
export interface AssignmentPlanJson {
  readonly planId: string
  readonly landId: number
  readonly orgUnitId: number
  readonly number: number
  readonly title: string
  readonly status: 'draft' | 'published' | 'superseded' | 'discarded'
  readonly revision: number
  readonly createdBy: string | null
  readonly updatedAt: string
  readonly bases: readonly AssignmentBase[]
  /** All households and frail members it covers. */
  readonly ties: TieColumns & { readonly pinned: readonly number[] }
  readonly care: readonly CareRow[]
  readonly exclusions: readonly { readonly member: number; readonly household: number; readonly reason: string }[]
  readonly terms: readonly TermsRow[]
  readonly modes: readonly (readonly [community: number, mode: AssignmentMode])[]
  readonly aims: AssignmentSettings | null
  readonly waivers: readonly AssignmentWaiver[]
}

/** A plan and what is said of it. */
export interface AssignmentRecord extends Omit<AssignmentPlanJson, 'ties' | 'care' | 'exclusions' | 'terms' | 'modes' | 'aims'> {
  /** Communities it covers. */
  readonly communityIds: readonly number[]
  readonly document: AssignmentDocument
}

/** An edition of one community as it arrives; see `public.assignment_edition`. */
export interface AssignmentEditionJson {
  readonly communityId: number
  readonly number: number
  readonly mode: AssignmentMode
  readonly ties: TieColumns
  readonly care: readonly CareRow[]
}

/** Put a plan on the columns of its street; ids the street does not show are left out. */
export function decodeAssignmentRecord(json: AssignmentPlanJson, scope: AssignmentScope): AssignmentRecord {
  const { ties, care, exclusions, terms, modes, aims, ...record } = json
  const { planId, orgUnitId, revision } = json
  const document = makeAssignmentDocument(scope, { planId, orgUnitId, revision })
  const communityIds = json.bases.map(({ communityId }) => communityId)
  putTies(document, scope, ties, care)
  const householdAt = makeIdIndex(scope.households.ids)
  for (const id of ties.pinned) {
    const household = householdAt.get(id)
    if (household !== undefined) document.pinned[household] = 1
  }
  for (const { member, household, reason } of exclusions) {
    const ofHousehold = document.exclusions.get(household) ?? new Map<number, string>()
    document.exclusions.set(household, ofHousehold.set(member, reason))
  }
  for (const row of terms) document.terms.set(row[0], toTerms(row))
  for (const [community, mode] of modes) if (mode !== 'household') document.modes.set(community, mode)
  document.aims = aims
  return { ...record, communityIds, document }
}

/** A former edition of a community as a document; the other communities stand as they are today. */
export function decodeAssignmentEdition(json: AssignmentEditionJson, scope: AssignmentScope): AssignmentDocument {
  const document = makeAssignmentDocument(scope, { planId: `edition-${json.communityId}-${json.number}`, orgUnitId: json.communityId, revision: 0 })
  putTies(document, scope, json.ties, json.care)
  if (json.mode !== 'household') document.modes.set(json.communityId, json.mode)
  return document
}

/** Ties and care as they are listed, in place of those in force. */
function putTies(document: AssignmentDocument, scope: AssignmentScope, ties: TieColumns, care: readonly CareRow[]): void {
  const householdAt = makeIdIndex(scope.households.ids)
  const memberAt = makeIdIndex(scope.members.ids)
  ties.household.forEach((id, k) => {
    const household = householdAt.get(id)
    if (household !== undefined) document.householdMember[household] = memberAt.get(ties.member[k]) ?? -1
  })
  for (const [frail, carer] of care) {
    const member = memberAt.get(frail)
    if (member !== undefined) document.carer[member] = memberAt.get(carer) ?? -1
  }
}
