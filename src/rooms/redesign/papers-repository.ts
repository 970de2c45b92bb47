import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import type { PlanStage } from './model'
import type { EditToSave, PlanRecord } from './repository'

export interface PlanComment {
  readonly id: number
  readonly act: 'comment' | 'submitted' | 'withdrawn' | 'approved' | 'returned' | 'reopened' | 'published'
  readonly gridId: string | null
  readonly text: string
  readonly revision: number
  readonly by: string | null
  readonly at: string
}

export interface PlanSnapshot {
  readonly id: number
  readonly kind: 'named' | 'submitted' | 'approved' | 'published' | 'rebased'
  readonly name: string
  readonly revision: number
  readonly by: string | null
  readonly at: string
}

export interface PlanWaiverRow {
  readonly code: string
  readonly gridId: string | null
  readonly compoundId: number | null
  readonly reason: string
  readonly by: string | null
  readonly at: string
}

/** How plans of the street come into force. */
export interface PlanRule {
  readonly approvalRequired: boolean
  readonly officerPublishes: boolean
}

/** Papers of a plan; see `public.plan_papers`. Names are masked. */
export interface PlanPapers {
  readonly planId: string
  readonly revision: number
  readonly stage: PlanStage
  readonly stageAt: string | null
  readonly stageBy: string | null
  readonly submittedBy: string | null
  readonly createdBy: string | null
  /** The caller submitted it. */
  readonly isMine: boolean
  /** Communities it may change; null is the whole land. */
  readonly communityIds: readonly number[] | null
  readonly mayWrite: boolean
  readonly mayDecide: boolean
  readonly mayPublish: boolean
  readonly mayRule: boolean
  readonly approvers: readonly string[]
  readonly rule: PlanRule & { readonly orgUnitId: number; readonly revision: number }
  readonly comments: readonly PlanComment[]
  readonly snapshots: readonly PlanSnapshot[]
  readonly waivers: readonly PlanWaiverRow[]
}

export interface StageAnswer {
  readonly stage: PlanStage
  readonly revision: number
}

/** All functions throw `DataError`; codes are those of the functions in SQL. */
export const loadPapers = (planId: string) => callRpc<PlanPapers>('plan_papers', { p_plan: planId })

export const submitPlan = (planId: string, revision: number, comment: string) =>
  callWrite<StageAnswer>('submit_plan', { p_plan: planId, p_revision: revision, p_comment: comment })

export const approvePlan = (planId: string, revision: number, comment: string) =>
  callWrite<StageAnswer>('approve_plan', { p_plan: planId, p_revision: revision, p_comment: comment })

/** Give it back with a comment, or take one's own back. */
export const returnPlan = (planId: string, comment: string) =>
  callWrite<StageAnswer>('return_plan', { p_plan: planId, p_comment: comment })

export const commentPlan = (planId: string, gridId: string | null, text: string) =>
  callWrite<{ commentId: number }>('comment_plan', { p_plan: planId, p_grid: gridId, p_text: text })

export const takeSnapshot = (planId: string, revision: number, name: string) =>
  callWrite<{ snapshotId: number }>('snapshot_plan', { p_plan: planId, p_revision: revision, p_name: name })

export const loadSnapshot = (snapshotId: number) => callRpc<PlanRecord>('plan_snapshot', { p_snapshot: snapshotId })

/** The draft stands on edition `edition` from now on; the edits make its changes of that edition. */
export const rebaseDraft = (planId: string, revision: number, edition: number, edits: readonly EditToSave[]) =>
  callWrite<{ revision: number; snapshotId: number }>('rebase_plan_draft', {
    p_plan: planId, p_revision: revision, p_edition: edition, p_edits: edits,
  })

export const saveRule = (orgUnitId: number, rule: PlanRule, revision: number) =>
  callWrite<{ revision: number }>('save_setting', { p_org_unit: orgUnitId, p_key: 'plan_rule', p_value: rule, p_revision: revision })

/** Put an export on record before it is handed out; the watermark says whose it is. */
export const recordExport = (kind: string, reason: string, rows: number, filter: Readonly<Record<string, string | number>>) =>
  callWrite<{ watermark: string; at: string }>('record_export', { p_kind: kind, p_reason: reason, p_rows: rows, p_filter: filter })
