import type { CheckpointMark, PatrolAim, PatrolKind, PatrolOccasion, StreetDuty, StreetStretch, TrackState } from '@/core/patrol/patrol'
import type {
  Checkpoint, ClosedGate, DutyRule, PatrolRoute, PatrolScope, PatrolSettings, PatrolTrack, WalkedYard,
} from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { decodePatrolScope, type PatrolScopeJson, type RouteJson } from './decode-patrol-scope'
import { decodeRoute, encodeRoute } from './encode-route'
import type { PatrolPeriod } from './model'

/** Patrols of a street as columns, walks of the last four weeks unless asked for others. Throws `DataError`, as all here do: `land_unknown`, `patrol_invalid` {field}. */
export async function loadPatrolScope(scope: Pick<Scope, 'landId' | 'buildings' | 'communities'>, period?: PatrolPeriod): Promise<PatrolScope> {
  return decodePatrolScope(
    await callRpc<PatrolScopeJson>('patrol_scope', { p_land: scope.landId, p_from: period?.fromDay ?? null, p_to: period?.toDay ?? null }), scope)
}

/** Ways off the streets in the period, of walks that the caller may read raw, without the walk. That those of others were read is on record. */
export const loadYards = (landId: number, { fromDay, toDay }: PatrolPeriod) =>
  callRpc<WalkedYard[]>('track_yards', { p_land: landId, p_from: fromDay, p_to: toDay })

/** Let retention and the closing of forgotten walks take effect. */
export const runPatrolRules = (landId: number) =>
  callRpc<{ rawDeleted: number; namesForgotten: number; closed: number }>('run_patrol_rules', { p_land: landId })

// ── streets, gates, checkpoints ───────────────────────────────────────────────────────────────────────────────────────

/** A duty to set; `duty` null takes away what was set by hand. `none` asks for a reason. */
export interface DutyInput extends StreetStretch {
  readonly duty: StreetDuty | null
  readonly bothSides: boolean
  readonly reason: string
}

/** Set duties, the later of a list over the earlier; answers with all rules of the street. `not_allowed`, `patrol_invalid` {field, index}, `reason_required`. */
export const setDuties = (landId: number, rules: readonly DutyInput[]) =>
  callWrite<{ duties: readonly DutyRule[] }>('set_duties', { p_land: landId, p_rules: rules })

/** Shut and open gates; answers with all of the street. */
export const setGates = (landId: number, add: readonly { readonly lngLat: LngLat; readonly reason: string }[], remove: readonly number[]) =>
  callWrite<{ gates: readonly ClosedGate[] }>('set_gates', { p_land: landId, p_input: { add, remove } })

/** A checkpoint to enter, or with an id to change. */
export interface CheckpointInput {
  readonly id?: number
  readonly landId: number
  readonly name: string
  readonly note: string
  readonly lngLat: LngLat
  readonly radiusM: number
  readonly dwellS: number
  readonly everyDays: number
}

/** `community` of the answer is its database id. `not_allowed`, `patrol_invalid` {field}, `place_outside`. */
export const saveCheckpoint = (input: CheckpointInput) =>
  callWrite<Omit<Checkpoint, 'community'> & { readonly communityId: number }>('save_checkpoint', { p_checkpoint: input })
export const removeCheckpoint = (id: number) => callWrite<{ id: number }>('remove_checkpoint', { p_id: id })
export const restoreCheckpoint = (id: number) => callWrite<{ id: number }>('restore_checkpoint', { p_id: id })

// ── plans ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A plan as it is saved: whole, with its routes. */
export interface PatrolPlanInput {
  /** Absent for a new one. */
  readonly id?: string
  readonly landId: number
  readonly communityId: number
  readonly title: string
  readonly kind: PatrolKind
  readonly occasion: PatrolOccasion
  readonly aim: PatrolAim
  readonly weekdays: readonly boolean[]
  readonly validFrom: string
  readonly validTo: string | null
  readonly startMinute: number
  readonly shiftS: number
  readonly serveMPerS: number
  readonly walkMPerS: number
  readonly boundS: number
  readonly routes: readonly PatrolRoute[]
}

/**
 * Save a draft built on the revision that was read, 0 for a new one. `not_allowed`, `patrol_invalid` {field, route}, `route_over_shift` {route,
 * minutes: missing}, `patrol_plan_state` {state}, `stale` {revision, by, at}.
 */
export const savePatrolPlan = ({ routes, ...plan }: PatrolPlanInput, revision: number) =>
  callWrite<{ id: string; number: number; revision: number }>('save_patrol_plan', { p_plan: { ...plan, routes: routes.map(encodeRoute) }, p_revision: revision })

/** Bring a draft into force. `route_unnamed` {routes}, `stale`, `patrol_plan_state` {state}, `patrol_invalid` {field: validTo}. */
export const publishPatrolPlan = (planId: string, revision: number) =>
  callWrite<{ id: string; revision: number }>('publish_patrol_plan', { p_plan: planId, p_revision: revision })
/** Stop a plan in force from today on. */
export const endPatrolPlan = (planId: string) => callWrite<{ id: string; revision: number }>('end_patrol_plan', { p_plan: planId })
/** Throw a draft away. */
export const discardPatrolPlan = (planId: string) => callWrite<{ id: string }>('discard_patrol_plan', { p_plan: planId })

// ── one's own day ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** A checkpoint of one's own day. */
export interface DayCheckpoint extends Omit<Checkpoint, 'community'> {
  /** How it was marked today on one's own walks; null: not yet. */
  readonly mark: CheckpointMark | null
  readonly markedAt: string | null
}

/** A route of the day. */
export interface DayRoute {
  readonly planId: string
  readonly planNumber: number
  readonly title: string
  readonly kind: PatrolKind
  readonly landId: number
  readonly communityId: number
  readonly startMinute: number
  readonly shiftS: number
  readonly walkMPerS: number
  readonly route: PatrolRoute
  /** Those of the route, in its order. */
  readonly checkpoints: readonly DayCheckpoint[]
}

/** A walk of one's own, with the batches the server has. */
export interface OwnTrack extends Omit<PatrolTrack, 'community'> {
  readonly landId: number
  readonly communityId: number | null
  /** Sequence numbers of the batches stored, ascending. */
  readonly batches: readonly number[]
}

export interface MyPatrol {
  /** Clock of the server, ms since 1970. */
  readonly nowMs: number
  readonly day: string
  /** The version of the consent in force, and when the caller gave it; null: not given, or withdrawn. */
  readonly consent: { readonly version: number; readonly givenAt: string | null }
  readonly settings: PatrolSettings
  /** Whether walks are recorded on this day at all. */
  readonly isRecorded: boolean
  readonly routes: readonly DayRoute[]
  /** Open ones of any day, and those of the day. */
  readonly tracks: readonly OwnTrack[]
}

type MyPatrolJson = Omit<MyPatrol, 'routes'> & { readonly routes: readonly (Omit<DayRoute, 'route'> & { readonly route: RouteJson })[] }

/** The caller's patrol of a day, ISO; today in Shanghai unless told. `not_allowed` where one patrols nowhere. */
export async function loadMyPatrol(day: string | null = null): Promise<MyPatrol> {
  const { routes, ...mine } = await callRpc<MyPatrolJson>('my_patrol', { p_day: day })
  return { ...mine, routes: routes.map((row) => ({ ...row, route: decodeRoute(row.route) })) }
}

/** Agree that one's own walks are recorded; the version is the one whose words were shown. `consent_outdated` {version}. */
export const giveConsent = (version: number) => callWrite<{ version: number; givenAt: string }>('give_patrol_consent', { p_version: version })
/** Take the consent back: recording stops, raw fixes of all one's own walks are deleted, walks not yet matched with them. */
export const withdrawConsent = () => callWrite<{ tracks: number }>('withdraw_patrol_consent', {})

// ── tracks ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Fixes as they travel and are kept: whole numbers, all columns of one length. */
export interface FixColumns {
  /** Moment the times count from, ms since 1970. */
  readonly fromMs: number
  /** Milliseconds since `fromMs`. */
  readonly atMs: readonly number[]
  /** Degrees × 10⁷. */
  readonly lngE7: readonly number[]
  readonly latE7: readonly number[]
  /** Radius at 68 %, decimetres; −1 unknown. */
  readonly accuracyDm: readonly number[]
}

export interface OpenTrackInput {
  readonly landId: number
  readonly planId: string | null
  readonly route: number | null
  /** ISO. */
  readonly startedAt: string
}

/** What was kept of fixes; `dropped` by reason: hours, day_off, too_old, future. */
export interface KeptFixes {
  readonly stored: number
  readonly dropped: Readonly<Record<string, number>>
}

/** Begin a walk under an id made up here; sent again it answers the same. `consent_required` {version}, `outside_hours` {fromMinute, toMinute}, `patrol_invalid` {field}. */
export const openTrack = (trackId: string, input: OpenTrackInput) =>
  callRpc<{ id: string; state: TrackState; day: string }>('open_track', { p_track: trackId, p_input: input })

/**
 * Store a batch, at most 2,000 fixes; batches count from 0. The same batch sent again answers the same and is stored once. `batch_differs` {seq},
 * `track_closed`, `track_full` {most}, `consent_required` {version}, `patrol_invalid` {field}.
 */
export const addFixes = (trackId: string, seq: number, fixes: FixColumns) =>
  callRpc<KeptFixes>('add_fixes', { p_track: trackId, p_seq: seq, p_fixes: fixes })

/** End a walk of which batches 0 … `lastSeq` (−1: none) were sent; with batches missing it stays open and says which. */
export const endTrack = (trackId: string, endedAt: string, lastSeq: number) =>
  callRpc<{ state: TrackState; missing: readonly number[] }>('end_track', { p_track: trackId, p_ended_at: endedAt, p_last_seq: lastSeq })

/** Delete an own walk that is not matched yet; one that is not there (any more) is no error. `track_matched`. */
export const discardTrack = (trackId: string) => callRpc<{ id: string }>('discard_track', { p_track: trackId })

/** A walk from a file, of the caller or, by a leader, of a person. */
export interface ImportTrackInput {
  readonly landId: number
  readonly personId?: string
  readonly planId?: string | null
  readonly route?: number | null
  readonly fixes: FixColumns
}

/** All fixes at once, at most 40,000. `track_empty` {dropped}: none may be kept; else as `openTrack` and `addFixes`. */
export const importTrack = (trackId: string, input: ImportTrackInput) =>
  callRpc<KeptFixes & { readonly id: string }>('import_track', { p_track: trackId, p_input: input })

/** A walk as it was recorded. */
export interface RawTrack extends FixColumns {
  readonly trackId: string
  /** Its ways off the streets. */
  readonly yards: readonly (readonly LngLat[])[]
  /** Null of one's own walk, which costs none. */
  readonly revealsLeft: number | null
}

/** The raw fixes of a walk: one's own, or with a reason those of the territory, which counts as a reveal. `reason_required`, `raw_gone`, `reveal_limit_reached`. */
export const loadRawTrack = (trackId: string, reason: string) =>
  callRpc<RawTrack>('raw_track', { p_track: trackId, p_reason: reason })

/** A walk that waits to be matched, with its raw fixes. */
export interface TrackToMatch {
  readonly trackId: string
  readonly communityId: number | null
  readonly startedAt: string
  readonly endedAt: string
  readonly fixes: FixColumns
}

/** Which of the waiting walks are meant. */
export interface WaitingFilter {
  /** One's own alone; else those of others too, which ended 30 minutes ago: each that was read is on record. */
  readonly isOwn: boolean
  /** The last of those that were read before; null: none were. */
  readonly after: string | null
}

/** Ended walks not yet matched which the caller may match, at most 20 at a time, in the order of their ids. */
export const loadTracksToMatch = (landId: number, { isOwn, after }: WaitingFilter) =>
  callRpc<TrackToMatch[]>('tracks_to_match', { p_land: landId, p_own: isOwn, p_after: after })

/** What a walk was on streets and off them. Metres are reckoned by the server, from the intervals and the lines. */
export interface TrackMatch {
  /** Columns of one length in the order of time; seconds since 1970, confidence 0 … 100. */
  readonly stretches: {
    readonly streetId: readonly number[]
    readonly fromCm: readonly number[]
    readonly toCm: readonly number[]
    readonly fromS: readonly number[]
    readonly toS: readonly number[]
    readonly confidence: readonly number[]
  }
  readonly yards: readonly { readonly line: readonly LngLat[] }[]
  readonly marks: readonly { readonly checkpointId: number; readonly mark: 'visited' | 'probable'; readonly at: string }[]
  readonly passes: { readonly buildingId: readonly number[]; readonly atS: readonly number[] }
  /** Fixes left out by the matcher, by reason. */
  readonly dropped: Readonly<Record<string, number>>
}

/** Keep the match of a walk, instead of an earlier one. `match_invalid` {reason, index}, `raw_gone`, `track_open`, `not_allowed`. */
export const saveTrackMatch = (trackId: string, match: TrackMatch) =>
  callWrite<{ streetM: number; yardM: number }>('save_track_match', { p_track: trackId, p_match: match })

/** Confirm by hand that one is at a checkpoint. `too_far` {metres, withinM}. */
export const markCheckpoint = (trackId: string, checkpointId: number, at: string, [lng, lat]: LngLat, accuracyM: number) =>
  callRpc<{ checkpointId: number; at: string }>('mark_checkpoint', {
    p_track: trackId, p_checkpoint: checkpointId, p_at: at, p_accuracy: accuracyM, p_lng: lng, p_lat: lat,
  })

