import { callRpc, reportFailure } from '@/data/call-rpc'
import { client } from '@/data/client'
import { toDataError } from '@/data/errors'

export interface PostRow {
  readonly id: number
  readonly personId: string
  readonly name: string
  readonly active: boolean
  readonly phone: string | null
  readonly role: string
  readonly orgUnitId: number
  readonly orgName: string
  readonly validFrom: string
  readonly validTo: string | null
}

export interface AuditRow {
  readonly id: number
  readonly at: string
  readonly personId: string | null
  readonly action: string
  readonly objectType: string
  readonly objectId: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** An event of a land's grids; see `public.plan_history`. */
export interface HistoryRow {
  readonly at: string
  readonly by: string | null
  readonly action: 'imported' | 'published' | 'opened' | 'saved' | 'discarded'
  readonly planNumber: number | null
  readonly planTitle: string | null
  readonly editionNumber: number | null
  readonly note: Readonly<Record<string, unknown>> | null
  readonly cells: number | null
  readonly households: number | null
}

const PAGE = 200

/** Posts valid today in the caller's territory, with the masked names of who holds them. */
export async function listPosts(): Promise<PostRow[]> {
  const today = new Date().toISOString().slice(0, 10)
  const posts = await client()
    .from('posts')
    .select('id, person_id, org_unit_id, role, valid_from, valid_to')
    .or(`valid_to.is.null,valid_to.gte.${today}`)
    .order('role')
    .order('org_unit_id')
    .limit(1000)
  if (posts.error) throw reportFailure(toDataError(posts.error, posts.status))
  const rows = posts.data as { id: number; person_id: string; org_unit_id: number; role: string; valid_from: string; valid_to: string | null }[]
  const people = await client().from('people').select('id, name_masked, phone_masked, active').limit(5000)
  if (people.error) throw reportFailure(toDataError(people.error, people.status))
  const units = await client().from('org_units').select('id, name').limit(5000)
  if (units.error) throw reportFailure(toDataError(units.error, units.status))
  const person = new Map((people.data as { id: string; name_masked: string; phone_masked: string | null; active: boolean }[]).map((one) => [one.id, one]))
  const unit = new Map((units.data as { id: number; name: string }[]).map((one) => [one.id, one.name]))
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    name: person.get(row.person_id)?.name_masked ?? '—',
    active: person.get(row.person_id)?.active ?? false,
    phone: person.get(row.person_id)?.phone_masked ?? null,
    role: row.role,
    orgUnitId: row.org_unit_id,
    orgName: unit.get(row.org_unit_id) ?? '',
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
}

/** The log, newest first; `before` is the last id of the page before. */
export async function listAudit(before: number | null): Promise<AuditRow[]> {
  const asking = client().from('audit_log').select('id, at, person_id, action, object_type, object_id, detail').order('id', { ascending: false }).limit(PAGE)
  const answer = await (before === null ? asking : asking.lt('id', before))
  if (answer.error) throw reportFailure(toDataError(answer.error, answer.status))
  return (
    answer.data as { id: number; at: string; person_id: string | null; action: string; object_type: string; object_id: string; detail: Record<string, unknown> }[]
  ).map((row) => ({
    id: row.id,
    at: row.at,
    personId: row.person_id,
    action: row.action,
    objectType: row.object_type,
    objectId: row.object_id,
    detail: row.detail ?? {},
  }))
}

export const AUDIT_PAGE = PAGE

/** What became of the grids of a land, newest first. */
export const listHistory = (landId: number): Promise<HistoryRow[]> => callRpc<HistoryRow[]>('plan_history', { p_land: landId })
