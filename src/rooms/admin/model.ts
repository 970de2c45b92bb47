import { ISSUE_ACTS } from '@/core/issues/issue'

/** A unit of organisation, for choosing and filtering. */
export interface UnitRow {
  readonly id: number
  readonly parentId: number | null
  readonly level: string
  readonly code: string
  readonly name: string
}

export const POST_ROLES = [
  'district_admin', 'street_officer', 'auditor', 'community_secretary', 'grid_leader', 'grid_worker', 'cadre', 'member',
] as const
export type PostRole = (typeof POST_ROLES)[number]

/** Levels of unit at which a post makes sense; the form offers no others. */
export const LEVELS_OF_ROLE: Readonly<Record<PostRole, readonly string[]>> = {
  district_admin: ['district'],
  auditor: ['district'],
  street_officer: ['street'],
  community_secretary: ['community'],
  grid_leader: ['community'],
  grid_worker: ['community'],
  cadre: ['street', 'community'],
  member: ['community', 'party_group'],
}

/** These posts are for one grid. */
export const isGridRole = (role: PostRole | null): boolean => role === 'grid_leader' || role === 'grid_worker'

export interface PostRow {
  readonly id: number
  readonly personId: string
  readonly role: PostRole
  readonly orgUnitId: number
  readonly gridId: string | null
  readonly validFrom: string
  readonly validTo: string | null
  readonly revision: number
}

/** What the administrator knows of an account. */
export interface AccountRow {
  readonly personId: string
  readonly email: string | null
  readonly mustChangePassword: boolean
  readonly hasSecondFactor: boolean
  readonly lastSeenAt: string | null
}

export interface PersonRow {
  readonly personId: string
  readonly name: string
  readonly phone: string | null
  readonly isActive: boolean
  readonly isRetired: boolean
  readonly revision: number
  /** Valid today. */
  readonly posts: readonly PostRow[]
  /** Null where the caller is no administrator of the person. */
  readonly account: AccountRow | null
}

export const PERSON_STATES = ['active', 'first_password', 'no_account', 'suspended', 'retired'] as const
export type PersonState = (typeof PERSON_STATES)[number]

/** How a person stands, by what weighs most: one who has left is not called suspended. */
export function stateOf({ isActive, isRetired, account }: PersonRow): PersonState {
  if (isRetired) return 'retired'
  if (!isActive) return 'suspended'
  if (account?.email === null) return 'no_account'
  return account?.mustChangePassword ? 'first_password' : 'active'
}

/** A row of the log. */
export interface AuditRow {
  readonly id: number
  readonly at: string
  readonly personId: string | null
  readonly action: string
  readonly objectType: string
  readonly objectId: string
  readonly orgUnitId: number | null
  readonly detail: Readonly<Record<string, unknown>>
}

/** Acts that the log tells of, for choosing. */
export const AUDIT_ACTIONS = [
  'resident_revealed', 'resident_erased', 'export_recorded', 'account_created', 'account_given', 'password_reset', 'password_changed', 'person_activated',
  'person_deactivated', 'person_retired', 'sessions_ended', 'second_factor_confirmed', 'second_factor_answered', 'second_factor_failed',
  'second_factor_removed', 'second_factor_dropped', 'post_given', 'post_ended', 'setting_saved', 'plan_opened', 'plan_published', 'plan_discarded',
  'plan_copied', 'plan_submitted', 'plan_approved', 'plan_returned', 'plan_withdrawn', 'plan_commented', 'plan_snapshot_taken', 'plan_rebased',
  'assignment_opened', 'assignment_published', 'assignment_discarded', 'assignment_copied', 'assignment_rebased', 'contact_link_set',
  'issue_reported', 'reception_entered', ...ISSUE_ACTS.map((act) => `issue_${act}` as const), 'reporter_revealed', 'reporter_erased',
  'patrol_duties_set', 'patrol_gates_set', 'checkpoint_saved', 'checkpoint_removed', 'checkpoint_restored', 'patrol_plan_saved', 'patrol_plan_published',
  'patrol_plan_ended', 'patrol_plan_discarded', 'patrol_consent_given', 'patrol_consent_withdrawn', 'track_imported', 'track_matched', 'track_discarded',
  'track_revealed', 'tracks_read_to_match', 'track_yards_read', 'patrol_rules_run', 'visits_logged', 'visit_undone', 'visits_planned',
  'visit_tasks_dropped', 'station_saved', 'station_closed', 'station_reopened', 'station_activity_saved', 'station_activity_removed', 'compound_status_set',
  'work_unit_saved', 'work_unit_removed', 'siting_saved', 'siting_published', 'siting_dropped', 'land_imported', 'land_changed', 'retention_run',
] as const

export interface AuditFilter {
  readonly actions: readonly string[]
  readonly personId: string | null
  /** Units whose rows are asked for; null: all the caller sees. */
  readonly orgUnitIds: readonly number[] | null
  /** First and last day, local, `2026-11-21`. */
  readonly from: string | null
  readonly to: string | null
}
