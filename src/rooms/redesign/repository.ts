import type { HistoryRow } from '@/core/history-row'
import type { EditNote, Finding, GridRecord, PlanDelta, PlanDocument } from '@/core/plan'
import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { client } from '@/data/client'
import { toDataError } from '@/data/errors'
import type { DraftSummary, PlanStage, Waiver } from './model'

/** A draft as the server holds it; columns by position, grids by their place in `grids`; land, links, notes and aims of its own. */
export interface PlanRecord extends Pick<PlanDocument, 'land' | 'links' | 'notes' | 'settings'> {
  readonly planId: string
  readonly landId: number
  readonly number: number
  readonly title: string
  readonly status: 'draft' | 'published' | 'superseded' | 'discarded'
  readonly revision: number
  readonly baseEditionId: number
  readonly grids: readonly GridRecord[]
  readonly cellIds: readonly number[]
  /** Position in `grids`, −1 where none. */
  readonly cellGrid: readonly number[]
  readonly createdBy: string | null
  readonly updatedAt: string
}

/** A published edition, in force or former. */
export interface EditionRecord extends Pick<PlanDocument, 'links'> {
  readonly id: number
  readonly number: number
  readonly validFrom: string
  readonly validTo: string | null
  readonly grids: readonly GridRecord[]
  readonly cellIds: readonly number[]
  readonly cellGrid: readonly number[]
  readonly note: string | null
  readonly publishedBy: string | null
}

/** One edit on its way to the server. */
export interface EditToSave {
  readonly delta: PlanDelta
  readonly note: EditNote
}

/** One edit somebody saved. */
export interface SavedEdit extends EditToSave {
  readonly revision: number
  readonly seq: number
  readonly by: string
  readonly at: string
}

export type PublishAnswer =
  | { readonly published: true; readonly editionNumber: number }
  | { readonly published: false; readonly findings: readonly Finding[] }

interface PlanRow {
  readonly id: string
  readonly land_id: number
  readonly number: number
  readonly title: string
  readonly revision: number
  readonly updated_at: string
  readonly base_edition_id: number
  readonly stage: PlanStage
  readonly community_ids: readonly number[] | null
}

/** Drafts of a land, the last changed first. Throws `DataError`, as all functions here do. */
export async function listDrafts(landId: number): Promise<DraftSummary[]> {
  const { data, error, status } = await client()
    .from('plans')
    .select('id,land_id,number,title,revision,updated_at,base_edition_id,stage,community_ids')
    .eq('land_id', landId)
    .eq('status', 'draft')
    .order('updated_at', { ascending: false })
  if (error) throw toDataError(error, status)
  return ((data ?? []) as PlanRow[]).map((row) => ({
    planId: row.id,
    landId: row.land_id,
    number: row.number,
    title: row.title,
    revision: row.revision,
    updatedAt: row.updated_at,
    baseEditionId: row.base_edition_id,
    stage: row.stage,
    communityIds: row.community_ids,
  }))
}

/** Make a draft from the edition in force. */
export const openDraft = (landId: number, title: string) =>
  callWrite<{ planId: string; number: number; revision: number }>('open_plan_draft', { p_land: landId, p_title: title })

export const loadPlan = (planId: string) => callRpc<PlanRecord>('plan_document', { p_plan: planId })

export const loadEdition = (landId: number, number: number) =>
  callRpc<EditionRecord>('grid_edition', { p_land: landId, p_number: number })

/** Number of an edition by its id. */
export async function findEditionNumber(editionId: number): Promise<number> {
  const { data, error, status } = await client().from('grid_editions').select('number').eq('id', editionId).single()
  if (error) throw toDataError(error, status)
  return (data as { number: number }).number
}

/** Save edits made on a revision; `plan_stale` (detail: serverRevision, by, at) when somebody saved first. */
export const saveDraft = (planId: string, baseRevision: number, edits: readonly EditToSave[]) =>
  callWrite<{ revision: number }>('save_plan_draft', { p_plan: planId, p_base_revision: baseRevision, p_edits: edits })

/** A new draft: the plan as it was at a revision, and edits on top. */
export const copyDraft = (planId: string, title: string, atRevision: number, edits: readonly EditToSave[]) =>
  callWrite<{ planId: string; number: number; revision: number }>('copy_plan_draft', {
    p_plan: planId,
    p_title: title,
    p_at_revision: atRevision,
    p_edits: edits,
  })

/** Edits after a revision, oldest first. */
export const loadEditsSince = (planId: string, revision: number) =>
  callRpc<SavedEdit[]>('plan_edits_since', { p_plan: planId, p_revision: revision })

export const checkOnServer = (planId: string) => callRpc<Finding[]>('check_plan', { p_plan: planId })

/** Publish a saved revision; findings without a waiver stop it. `plan_stale`, `plan_base_outdated`. */
export const publish = (planId: string, revision: number, waivers: readonly Waiver[]) =>
  callWrite<PublishAnswer>('publish_plan', { p_plan: planId, p_revision: revision, p_waivers: waivers })

export const discardDraft = (planId: string) => callRpc<{ discarded: true }>('discard_plan', { p_plan: planId })

/** What happened to the grids of a land, newest first, former editions included. */
export const loadHistory = (landId: number) => callRpc<HistoryRow[]>('plan_history', { p_land: landId })
