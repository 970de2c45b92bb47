import type { AssignmentDocument, AssignmentFinding } from '@/core/assignment/assignment-plan'
import type { AssignmentScope } from '@/core/assignment/assignment-scope'
import type { AssignmentEdit } from '@/core/assignment/assignment-session'
import type { AssignmentWaiver } from '@/core/assignment/find-assignment-findings'
import type { HistoryRow } from '@/core/history-row'
import type { Scope } from '@/core/scope'
import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { client } from '@/data/client'
import { toDataError } from '@/data/errors'
import {
  decodeAssignmentEdition,
  decodeAssignmentRecord,
  type AssignmentEditionJson,
  type AssignmentPlanJson,
  type AssignmentRecord,
} from './decode-assignment-record'
import { decodeAssignmentScope, type AssignmentScopeJson } from './decode-assignment-scope'

export type { AssignmentBase, AssignmentRecord } from './decode-assignment-record'

/** One line of the list of drafts. */
export interface DraftSummary {
  readonly planId: string
  readonly landId: number
  readonly orgUnitId: number
  readonly communityIds: readonly number[]
  readonly number: number
  readonly title: string
  readonly revision: number
  readonly updatedAt: string
}

/** One edit somebody saved. */
export interface SavedEdit extends AssignmentEdit {
  readonly revision: number
  readonly seq: number
  readonly by: string
  readonly at: string
}

/** What publication did: an edition for each community where anything differs, and drafts that stand on what has ended. */
export interface Published {
  readonly editions: readonly {
    readonly communityId: number
    readonly number: number
    readonly changedHouseholds: number
    readonly changedCare: number
    readonly changedTerms: number
  }[]
  readonly drafts: readonly { readonly planId: string; readonly number: number; readonly title: string; readonly by: string | null }[]
}

export type PublishAnswer =
  | ({ readonly published: true } & Published)
  | { readonly published: false; readonly findings: readonly AssignmentFinding[] }

/** One line of the history of assignments of a unit. */
export interface AssignmentHistoryRow extends Omit<HistoryRow, 'cells'> {
  readonly planId: string | null
  /** Communities that got an edition. */
  readonly communities: number | null
}

interface PlanRow {
  readonly id: string
  readonly land_id: number
  readonly org_unit_id: number
  readonly community_ids: readonly number[]
  readonly number: number
  readonly title: string
  readonly revision: number
  readonly updated_at: string
}

/** Households, members and ties in force of a street. Throws `DataError`, as all functions here do. */
export async function loadAssignmentScope(scope: Scope): Promise<AssignmentScope> {
  return decodeAssignmentScope(await callRpc<AssignmentScopeJson>('assignment_scope', { p_land: scope.landId }), scope)
}

/** Drafts of a land that the caller sees, the last changed first. */
export async function listDrafts(landId: number): Promise<DraftSummary[]> {
  const { data, error, status } = await client()
    .from('assignment_plans')
    .select('id,land_id,org_unit_id,community_ids,number,title,revision,updated_at')
    .eq('land_id', landId)
    .eq('status', 'draft')
    .order('updated_at', { ascending: false })
  if (error) throw toDataError(error, status)
  return ((data ?? []) as PlanRow[]).map((row) => ({
    planId: row.id,
    landId: row.land_id,
    orgUnitId: row.org_unit_id,
    communityIds: row.community_ids,
    number: row.number,
    title: row.title,
    revision: row.revision,
    updatedAt: row.updated_at,
  }))
}

/** Make a draft for a community, or for a street with all its communities, from the ties in force. */
export const openDraft = (orgUnitId: number, title: string) =>
  callWrite<{ planId: string; number: number; revision: number }>('open_assignment_draft', { p_org_unit: orgUnitId, p_title: title })

export async function loadPlan(scope: AssignmentScope, planId: string): Promise<AssignmentRecord> {
  return decodeAssignmentRecord(await callRpc<AssignmentPlanJson>('assignment_document', { p_plan: planId }), scope)
}

/** Ties of a community as they came into force with an edition. */
export async function loadEdition(
  { assignmentScope }: { readonly assignmentScope: AssignmentScope },
  communityId: number,
  number: number,
): Promise<AssignmentDocument> {
  const json = await callRpc<AssignmentEditionJson>('assignment_edition', { p_community: communityId, p_number: number })
  return decodeAssignmentEdition(json, assignmentScope)
}

/** Save edits made on a revision; `plan_stale` (detail: serverRevision, by, at) when somebody saved first. */
export const saveDraft = (planId: string, baseRevision: number, edits: readonly AssignmentEdit[]) =>
  callWrite<{ revision: number }>('save_assignment_draft', { p_plan: planId, p_base_revision: baseRevision, p_edits: edits })

/** A new draft on the editions in force: the plan as it was at a revision, and edits on top. */
export const copyDraft = (planId: string, title: string, atRevision: number, edits: readonly AssignmentEdit[]) =>
  callWrite<{ planId: string; number: number; revision: number }>('copy_assignment_draft', {
    p_plan: planId,
    p_title: title,
    p_at_revision: atRevision,
    p_edits: edits,
  })

/** Carry a draft over to the editions in force; in the communities named it becomes what they say. */
export const rebaseDraft = (planId: string, revision: number, takeCommunityIds: readonly number[]) =>
  callWrite<{ revision: number }>('rebase_assignment_draft', { p_plan: planId, p_revision: revision, p_take: takeCommunityIds })

/** Edits after a revision, oldest first. */
export const loadEditsSince = (planId: string, revision: number) =>
  callRpc<SavedEdit[]>('assignment_edits_since', { p_plan: planId, p_revision: revision })

export const checkOnServer = (planId: string) => callRpc<AssignmentFinding[]>('check_assignment', { p_plan: planId })

/** Publish a saved revision; findings without a waiver stop it. `plan_stale`, `plan_base_outdated` (detail: communities). */
export const publish = (planId: string, revision: number, waivers: readonly AssignmentWaiver[]) =>
  callWrite<PublishAnswer>('publish_assignment', { p_plan: planId, p_revision: revision, p_waivers: waivers })

export const discardDraft = (planId: string) => callRpc<{ discarded: true }>('discard_assignment', { p_plan: planId })

/** What happened to the assignments of a unit, newest first. */
export const loadHistory = (orgUnitId: number) => callRpc<AssignmentHistoryRow[]>('assignment_history', { p_org_unit: orgUnitId })
