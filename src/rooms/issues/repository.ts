import type { IssueAct, IssueCategory, IssueLevel, IssueOutcome, IssueSource, IssueState } from '@/core/issues/issue'
import type { IssueScope } from '@/core/issues/issue-scope'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import type { Role } from '@/core/workspace'
import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { decodeIssueScope, type IssueScopeJson } from './decode-issue-scope'

/** A slip as colleagues see it. Times are ISO 8601, null where there is none. */
export interface IssueSlip {
  readonly id: number
  readonly number: string
  /** Grows by one with each act; an act names the revision it saw. */
  readonly revision: number
  readonly landId: number
  readonly communityId: number
  readonly buildingId: number | null
  readonly gridId: string | null
  readonly lngLat: LngLat
  readonly category: IssueCategory
  readonly title: string
  readonly detail: string
  readonly state: IssueState
  readonly level: IssueLevel
  readonly topLevel: IssueLevel
  readonly outcome: IssueOutcome | null
  readonly source: IssueSource
  readonly reportedAt: string
  readonly claimedAt: string | null
  readonly finishedAt: string | null
  readonly closedAt: string | null
  readonly publishedAt: string | null
  readonly dueAt: string
  readonly satisfaction: number | null
  readonly reminders: number
  readonly duplicateOf: number | null
  readonly handlerId: string | null
  /** Masked. */
  readonly handler: string | null
}

/** One line of the history of a slip. Names are masked. */
export interface IssueEvent {
  readonly id: number
  readonly at: string
  readonly actor: Role | 'handler' | 'reporter' | 'system'
  readonly act: IssueAct | 'report' | 'link' | 'unlink'
  /** Null for a reporter or a rule. */
  readonly by: string | null
  /** Whom it was given to. */
  readonly to: string | null
  readonly fromState: IssueState | null
  readonly toState: IssueState
  readonly fromLevel: IssueLevel | null
  readonly toLevel: IssueLevel
  readonly note: string
  readonly detail: Readonly<Record<string, string | number>>
  /** Ids of the photos that came with it. */
  readonly photos: readonly number[]
}

/** A slip that may be the same matter. */
export interface NearIssue {
  readonly id: number
  readonly number: string
  readonly title: string
  readonly state: IssueState
  readonly outcome: IssueOutcome | null
  readonly reportedAt: string
  readonly distanceM: number
}

export interface IssueLink {
  readonly id: number
  readonly number: string
  readonly title: string
  readonly state: IssueState
  readonly outcome: IssueOutcome | null
  readonly kind: 'duplicate' | 'related'
  /** The one that this slip is a duplicate of. */
  readonly isOriginal: boolean
}

/** An act with what stands in the caller's way; `code` null where nothing does. */
export interface OpenAct {
  readonly act: IssueAct
  readonly code: string | null
  readonly detail: Readonly<Record<string, string | number>>
}

export interface IssueDetail {
  /** Clock of the server. */
  readonly now: string
  readonly issue: IssueSlip
  /** Masked; null where nobody left a name. */
  readonly reporter: { readonly name: string | null; readonly phone: string | null } | null
  /** Who entered it, masked; null for the public page. */
  readonly reportedBy: string | null
  readonly household: { readonly id: number; readonly room: string } | null
  readonly events: readonly IssueEvent[]
  readonly links: readonly IssueLink[]
  readonly near: readonly NearIssue[]
  readonly acts: readonly OpenAct[]
  /** Whom it may be given to, and how many slips each has in hand. */
  readonly people: readonly { readonly personId: string; readonly name: string; readonly role: Role | 'cadre'; readonly open: number }[]
}

export interface IssueReport {
  readonly lngLat: LngLat
  readonly category: IssueCategory
  readonly title: string
  readonly detail: string
  readonly source: IssueSource
  readonly householdId?: number
  readonly reporter?: { readonly name: string; readonly phone: string }
  /** At most four, base64 of JPEG, PNG or WebP without Exif, at most 300 KB each. */
  readonly photos: readonly string[]
}

/** What an act takes along; see `private.apply_issue_act`. */
export interface ActInput {
  readonly note?: string
  readonly personId?: string
  readonly level?: IssueLevel
  readonly ofIssue?: number
  readonly satisfaction?: number
  readonly photos?: readonly string[]
}

interface Reported {
  readonly id: number
  readonly number: string
  readonly dueAt: string
}

/** Slips of a street as columns. Throws `DataError`, as all functions here do: `land_unknown`. */
export async function loadIssueScope(scope: Pick<Scope, 'landId' | 'buildings' | 'communities'>): Promise<IssueScope> {
  return decodeIssueScope(await callRpc<IssueScopeJson>('issue_scope', { p_land: scope.landId }), scope)
}

/** Let the rules of deadlines take effect. */
export const runIssueRules = (landId: number) => callRpc<{ supervised: number; escalated: number }>('run_issue_rules', { p_land: landId })

/** `not_allowed`. */
export const loadIssueDetail = (issueId: number) => callRpc<IssueDetail>('issue_detail', { p_issue: issueId })

/**
 * Do an act on a slip as it was seen. `issue_stale` {serverRevision, by, act, at}; `issue_taken` {by, at}; other codes of
 * `private.issue_refusal`; `note_missing`, `person_invalid`, `duplicate_invalid` {reason}, `level_invalid`, `photo_invalid`.
 */
export const actOnIssue = (issueId: number, act: IssueAct, input: ActInput, revision: number) =>
  callWrite<IssueSlip>('act_on_issue', { p_issue: issueId, p_act: act, p_input: input, p_revision: revision })

/** `not_allowed`, `issue_invalid` {field}, `place_outside`, `photo_invalid` {index, reason}. */
export const reportIssue = (report: IssueReport) => callWrite<Reported>('report_issue', { p_issue: report })

/** Slips of a reception day, all or none; a dry run only tries. `row` of an error is the place in the list from 0. */
export const reportIssues = (landId: number, reports: readonly IssueReport[], isDryRun: boolean) =>
  callWrite<{ entered: readonly Reported[]; errors: readonly { row: number; code: string; detail: Readonly<Record<string, string | number>> }[] }>('report_issues', {
    p_land: landId,
    p_issues: reports,
    p_dry_run: isDryRun,
  })

/** Likely duplicates of a matter about to be reported, the nearest first. */
export const nearIssues = (landId: number, [lng, lat]: LngLat, category: IssueCategory) =>
  callRpc<NearIssue[]>('near_issues', { p_land: landId, p_lng: lng, p_lat: lat, p_category: category })

/** Link two slips, or take the link away. */
export const linkIssues = (issueId: number, otherId: number, kind: 'related' | 'none') =>
  callWrite<{ changed: boolean }>('link_issues', { p_issue: issueId, p_other: otherId, p_kind: kind })

export const loadIssuePhoto = (photoId: number) => callRpc<{ type: string; kind: 'report' | 'progress' | 'proof'; base64: string }>('issue_photo', { p_photo: photoId })

/** Who reported a slip, in clear. */
export interface RevealedReporter {
  readonly name: string | null
  readonly phone: string | null
  /** How many more reveals are left today. */
  readonly revealsLeft: number
}

/** Writes the reason to the log. `reason_required`, `not_allowed`, `reporter_absent`, `reveal_limit_reached`. */
export const revealReporter = (issueId: number, reason: string) => callRpc<RevealedReporter>('reveal_issue_reporter', { p_issue: issueId, p_reason: reason })
