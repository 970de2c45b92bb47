import type { HistoryRow } from '@/core/history-row'
import { callRpc, reportFailure } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { client } from '@/data/client'
import { toDataError } from '@/data/errors'
import type { AccountRow, AuditFilter, AuditRow, PersonRow, PostRole, PostRow, UnitRow } from './model'

/** Rows the server gives at most in one answer. */
const PAGE = 1000
export const AUDIT_PAGE = 100

interface Answer {
  readonly data: unknown
  readonly error: unknown
  readonly status: number
}

async function rowsOf<T>(asking: PromiseLike<Answer>): Promise<T[]> {
  const answer = await asking
  if (answer.error) throw reportFailure(toDataError(answer.error, answer.status))
  return (answer.data ?? []) as T[]
}

/** All rows of a question, page after page; it must be ordered by something unique. */
async function allRowsOf<T>(ask: (from: number, to: number) => PromiseLike<Answer>): Promise<T[]> {
  const rows: T[] = []
  for (;;) {
    const page = await rowsOf<T>(ask(rows.length, rows.length + PAGE - 1))
    rows.push(...page)
    if (page.length < PAGE) return rows
  }
}

/** The local day of today, as dates are kept. */
export const today = (): string => {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

/** Units the caller sees, in the order of their codes. Throws `DataError`, as all functions here do. */
export async function listUnits(): Promise<UnitRow[]> {
  const rows = await allRowsOf<{ id: number; parent_id: number | null; level: string; code: string; name: string }>((from, to) =>
    client().from('org_units').select('id, parent_id, level, code, name').order('code').order('id').range(from, to),
  )
  return rows.map((row) => ({ id: row.id, parentId: row.parent_id, level: row.level, code: row.code, name: row.name }))
}

interface PostColumns {
  readonly id: number
  readonly person_id: string
  readonly org_unit_id: number
  readonly grid_id: string | null
  readonly role: PostRole
  readonly valid_from: string
  readonly valid_to: string | null
  readonly revision: number
}
const POST_COLUMNS = 'id, person_id, org_unit_id, grid_id, role, valid_from, valid_to, revision'
const toPost = (row: PostColumns): PostRow => ({
  id: row.id,
  personId: row.person_id,
  role: row.role,
  orgUnitId: row.org_unit_id,
  gridId: row.grid_id,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  revision: row.revision,
})

/** All posts of one person, former ones too, the latest first. */
export async function listPostsOf(personId: string): Promise<PostRow[]> {
  const asking = client().from('posts').select(POST_COLUMNS).eq('person_id', personId).order('valid_from', { ascending: false }).order('id')
  return (await rowsOf<PostColumns>(asking)).map(toPost)
}

/** People the caller sees with their posts of today, and, of those he or she administers, what is known of the account. */
export async function listPeople(administeredUnitIds: readonly number[]): Promise<PersonRow[]> {
  const day = today()
  const [people, posts, accounts] = await Promise.all([
    allRowsOf<{ id: string; name_masked: string; phone_masked: string | null; active: boolean; retired_at: string | null; revision: number }>((from, to) =>
      client().from('people').select('id, name_masked, phone_masked, active, retired_at, revision').order('id').range(from, to),
    ),
    allRowsOf<PostColumns>((from, to) =>
      client().from('posts').select(POST_COLUMNS).lte('valid_from', day).or(`valid_to.is.null,valid_to.gte.${day}`).order('id').range(from, to),
    ),
    Promise.all(administeredUnitIds.map((unit) => callRpc<AccountRow[]>('account_list', { p_org_unit: unit }))),
  ])
  const postsOf = new Map<string, PostRow[]>()
  for (const post of posts.map(toPost)) postsOf.set(post.personId, [...(postsOf.get(post.personId) ?? []), post])
  const accountOf = new Map(accounts.flat().map((account) => [account.personId, account]))
  return people.map((row) => ({
    personId: row.id,
    name: row.name_masked,
    phone: row.phone_masked,
    isActive: row.active,
    isRetired: row.retired_at !== null,
    revision: row.revision,
    posts: postsOf.get(row.id) ?? [],
    account: accountOf.get(row.id) ?? null,
  }))
}

export interface GridChoice {
  readonly id: string
  readonly code: string
  readonly name: string
}

/** Grids of a community in the edition in force, in the order of their codes. */
export async function listGridsOf(communityId: number): Promise<GridChoice[]> {
  const editions = await rowsOf<{ id: number }>(client().from('grid_editions').select('id').is('valid_to', null))
  const inForce = editions.map(({ id }) => id)
  return rowsOf<GridChoice>(client().from('grids').select('id, code, name').eq('community_id', communityId).in('edition_id', inForce).order('code'))
}

export interface NewPost {
  readonly orgUnitId: number
  readonly role: PostRole
  readonly gridId: string | null
}

/** A person with an account and a post → id of the person. `name_invalid`, `phone_invalid`, `email_invalid`, `email_taken`, `password_weak`, `accounts_unavailable`. */
export const createAccount = (
  who: { name: string; email: string; phone: string },
  post: NewPost,
  firstPassword: string,
): Promise<{ personId: string; email: string; postId: number }> =>
  callWrite('create_account', {
    p_name: who.name,
    p_email: who.email,
    p_phone: who.phone || null,
    p_org_unit: post.orgUnitId,
    p_role: post.role,
    p_first_password: firstPassword,
    p_grid: post.gridId,
  })

/** An account for a person who has none. */
export const giveAccount = (personId: string, email: string, firstPassword: string): Promise<{ email: string }> =>
  callWrite('give_account', { p_person: personId, p_email: email, p_first_password: firstPassword })

/** A new first password; the person is signed out everywhere. */
export const resetPassword = (personId: string, firstPassword: string): Promise<{ endedSessions: number }> =>
  callWrite('reset_password', { p_person: personId, p_first_password: firstPassword })

/** `stale`, `last_administrator`, `person_retired`. */
export const setPersonActive = (personId: string, isActive: boolean, revision: number): Promise<{ revision: number }> =>
  callWrite('set_person_active', { p_person: personId, p_active: isActive, p_revision: revision })

/** Cannot be undone: posts and sessions end, the account closes. `last_administrator`, `stale`, `person_retired`. */
export const retirePerson = (personId: string, revision: number): Promise<{ endedPosts: number; endedSessions: number }> =>
  callWrite('retire_person', { p_person: personId, p_revision: revision })

/** For who lost telephone and recovery codes; ends the sessions. `second_factor_absent`. */
export const dropSecondFactor = (personId: string): Promise<unknown> => callWrite('drop_second_factor', { p_person: personId })

/** `roles_conflict`: administrator and auditor are different people. */
export const appoint = (personId: string, post: NewPost, validFrom: string): Promise<{ postId: number }> =>
  callWrite('appoint', { p_person: personId, p_org_unit: post.orgUnitId, p_role: post.role, p_grid: post.gridId, p_valid_from: validFrom })

/** The last day included. `last_administrator`, `stale`. */
export const endPost = (post: PostRow, lastDay: string): Promise<unknown> =>
  callWrite('end_post', { p_post: post.id, p_last_day: lastDay, p_revision: post.revision })

/** Settings of a district that guard sessions and personal data; each holds one number. */
export type SafetyKey = 'idle_minutes' | 'reveals_per_day'
const FIELD_OF: Readonly<Record<SafetyKey, string>> = { idle_minutes: 'minutes', reveals_per_day: 'limit' }

export interface SafetySetting {
  readonly amount: number
  readonly revision: number
}

/** What a unit has set of its own; a key without a row stands as usual. */
export async function listSafetySettings(unitId: number): Promise<Partial<Record<SafetyKey, SafetySetting>>> {
  const rows = await rowsOf<{ key: SafetyKey; value: Record<string, number>; revision: number }>(
    client().from('settings').select('key, value, revision').eq('org_unit_id', unitId).in('key', Object.keys(FIELD_OF)),
  )
  return Object.fromEntries(rows.map(({ key, value, revision }) => [key, { amount: value[FIELD_OF[key]], revision }]))
}

/** `stale`, `setting_invalid`. */
export const saveSafetySetting = (unitId: number, key: SafetyKey, amount: number, revision: number): Promise<unknown> =>
  callWrite('save_setting', { p_org_unit: unitId, p_key: key, p_value: { [FIELD_OF[key]]: amount }, p_revision: revision })

/** Rows of the log that fit, newest first; `before` is the last id of the page before. */
export async function listAudit(filter: AuditFilter, before: number | null): Promise<AuditRow[]> {
  let asking = client().from('audit_log').select('id, at, person_id, action, object_type, object_id, org_unit_id, detail')
  if (filter.actions.length > 0) asking = asking.in('action', [...filter.actions])
  if (filter.personId !== null) asking = asking.eq('person_id', filter.personId)
  if (filter.orgUnitIds !== null) asking = asking.in('org_unit_id', [...filter.orgUnitIds])
  if (filter.from) asking = asking.gte('at', new Date(`${filter.from}T00:00:00`).toISOString())
  if (filter.to) asking = asking.lte('at', new Date(`${filter.to}T23:59:59.999`).toISOString())
  if (before !== null) asking = asking.lt('id', before)
  const rows = await rowsOf<{
    id: number; at: string; person_id: string | null; action: string; object_type: string; object_id: string; org_unit_id: number | null
    detail: Record<string, unknown> | null
  }>(asking.order('id', { ascending: false }).limit(AUDIT_PAGE))
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    personId: row.person_id,
    action: row.action,
    objectType: row.object_type,
    objectId: row.object_id,
    orgUnitId: row.org_unit_id,
    detail: row.detail ?? {},
  }))
}

/** Does every row of the log still follow from the one before it? */
export const verifyAuditChain = (): Promise<{ rows: number; firstBroken: number | null; head: string }> => callRpc('verify_audit_chain')

export interface AccessRow {
  readonly at: string
  readonly by: string | null
  readonly personId: string | null
  readonly action: string
  readonly purpose: string | null
  readonly reason: string | null
}

/** Who saw a resident in clear, newest first. */
export const reportAccess = (residentId: number): Promise<AccessRow[]> => callRpc('access_report', { p_resident: residentId })

export interface ResidentChoice {
  readonly id: number
  /** Masked; null of a resident who was erased. */
  readonly name: string | null
  readonly relation: string
}

/** Residents of a household, masked. */
export const listResidents = async (householdId: number): Promise<ResidentChoice[]> =>
  (await rowsOf<{ id: number; name_masked: string; relation: string; erased_at: string | null }>(
    client().from('residents').select('id, name_masked, relation, erased_at').eq('household_id', householdId).order('id'),
  )).map((row) => ({ id: row.id, name: row.erased_at === null ? row.name_masked : null, relation: row.relation }))

/** What erasing a resident takes away; counts and yes or no, nothing in clear. */
export interface ErasurePreview {
  readonly residentId: number
  readonly name: string
  readonly erasedAt: string | null
  readonly phone: boolean
  readonly idNumber: boolean
  readonly birth: boolean
  readonly tags: number
  /** The household shows name and telephone of this resident. */
  readonly isHead: boolean
  /** Entries among the members that are the same person. */
  readonly memberships: number
  /** Patrols the same person walked. */
  readonly walks: number
  /** Visits to the household, as its head, or made as a member. */
  readonly visits: number
  /** How often the resident was seen in clear; that stays on record. */
  readonly reveals: number
}

export const previewErasure = (residentId: number): Promise<ErasurePreview> => callRpc('preview_erasure', { p_resident: residentId })

/** Cannot be undone. `resident_erased`: somebody else did it meanwhile. */
export const eraseResident = (residentId: number, reason: string): Promise<unknown> =>
  callWrite('erase_resident', { p_resident: residentId, p_reason: reason })

/** What became of the grids of a land, newest first. */
export const listHistory = (landId: number): Promise<HistoryRow[]> => callRpc<HistoryRow[]>('plan_history', { p_land: landId })
