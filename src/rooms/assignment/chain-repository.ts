import { callRpc, reportFailure } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { client } from '@/data/client'
import { toDataError } from '@/data/errors'

/** Somebody who answers for a level, masked. Ids as the server has them. */
export interface ChainHolder {
  /** A role of a post, or the kind of a link. */
  readonly role: string
  readonly name: string
  readonly phone: string | null
  readonly since: string
  readonly personId: string | null
  readonly memberId: number | null
}

export const CHAIN_LEVELS = ['district', 'street', 'work_zone', 'community', 'party_group', 'group_leader', 'member', 'household', 'grid', 'building'] as const
export type ChainLevelName = (typeof CHAIN_LEVELS)[number]

export const BREAK_CODES = [
  'community_without_cadre', 'group_without_committee', 'group_without_leader', 'member_without_group', 'household_without_member',
  'building_without_leader', 'grid_without_worker', 'frail_without_carer',
] as const
export type BreakCode = (typeof BREAK_CODES)[number]

export interface ChainLevel {
  readonly level: ChainLevelName
  readonly id: string | null
  readonly name: string | null
  readonly holders: readonly ChainHolder[]
  readonly break: BreakCode | null
}

/** From district to door, by the ties in force. */
export interface HouseholdChain {
  readonly householdId: number
  readonly communityId: number
  readonly address: string
  readonly room: string
  readonly head: string | null
  readonly category: number
  readonly residents: number
  readonly levels: readonly ChainLevel[]
  /** Grid and building. */
  readonly beside: readonly ChainLevel[]
  readonly breaks: number
}

/** One kind of break in a unit and all below; `ids` are of the level, of grids as text. */
export interface ChainBreak {
  readonly level: ChainLevelName
  readonly code: BreakCode
  readonly total: number
  readonly count: number
  readonly ids: readonly (number | string)[]
}

export interface GridWorker {
  readonly personId: string
  readonly name: string
  readonly phone: string | null
  readonly since: string
  /** Grids of the land in which the person works. */
  readonly grids: number
}

export interface GridStaff {
  readonly gridId: string
  readonly code: string
  readonly name: string
  readonly communityId: number
  readonly households: number
  readonly members: number
  readonly leaders: readonly GridWorker[]
  readonly workers: readonly GridWorker[]
  readonly teamSize: number
  readonly vacancies: readonly ('grid_leader' | 'grid_worker')[]
}

/** Links of a community that no plan makes, in force. */
export interface ContactLink {
  readonly kind: 'committee' | 'group_leader' | 'building' | 'frail_care'
  readonly memberId: number
  /** The party group, the member led or cared for, the building. */
  readonly targetId: number
  readonly since: string
}

/** All throw `DataError`; `not_allowed` for what the caller does not see. */
export const loadHouseholdChain = (householdId: number): Promise<HouseholdChain> => callRpc('household_chain', { p_household: householdId })
export const loadChainBreaks = (orgUnitId: number): Promise<ChainBreak[]> => callRpc('chain_breaks', { p_org_unit: orgUnitId })
export const loadGridStaffing = (landId: number): Promise<GridStaff[]> => callRpc('grid_staffing', { p_land: landId })

/** Who answers for a group, leads its members, leads a building or cares for a frail member; null ends it. `contact_invalid {reason}`. */
export const setContactLink = (kind: ContactLink['kind'], target: number, memberId: number | null): Promise<{ ended: number; begun: number }> =>
  callWrite('set_contact_link', { p_kind: kind, p_target: target, p_member: memberId })

/** Give a person known in the place a post there from today on; for administrators. */
export const appoint = (personId: string, orgUnitId: number, role: 'grid_leader' | 'grid_worker' | 'cadre', gridId: string | null): Promise<{ postId: number }> =>
  callWrite('appoint', { p_person: personId, p_org_unit: orgUnitId, p_role: role, p_grid: gridId, p_valid_from: null })

async function rowsOf<T>(asking: PromiseLike<{ data: unknown; error: unknown; status: number }>): Promise<T[]> {
  const answer = await asking
  if (answer.error) throw reportFailure(toDataError(answer.error, answer.status))
  return (answer.data ?? []) as T[]
}

export async function listContactLinks(communityId: number): Promise<ContactLink[]> {
  const rows = await rowsOf<{ kind: ContactLink['kind']; member_id: number; party_group_id: number | null; led_member_id: number | null; building_id: number | null; frail_member_id: number | null; valid_from: string }>(
    client()
      .from('contact_links')
      .select('kind, member_id, party_group_id, led_member_id, building_id, frail_member_id, valid_from')
      .eq('community_id', communityId)
      .in('kind', ['committee', 'group_leader', 'building', 'frail_care'])
      .is('valid_to', null)
      .order('id'),
  )
  return rows.map((row) => ({
    kind: row.kind,
    memberId: row.member_id,
    targetId: (row.party_group_id ?? row.led_member_id ?? row.building_id ?? row.frail_member_id)!,
    since: row.valid_from,
  }))
}

/** People who hold a post at a community today. */
export async function listPeopleAt(communityId: number): Promise<{ personId: string; name: string; role: string }[]> {
  const day = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
  const posts = await rowsOf<{ person_id: string; role: string }>(
    client().from('posts').select('person_id, role').eq('org_unit_id', communityId).lte('valid_from', day).or(`valid_to.is.null,valid_to.gte.${day}`).order('id'),
  )
  const ids = [...new Set(posts.map((post) => post.person_id))]
  if (ids.length === 0) return []
  const people = await rowsOf<{ id: string; name_masked: string }>(client().from('people').select('id, name_masked').in('id', ids).eq('active', true).order('id'))
  return people.map((person) => ({ personId: person.id, name: person.name_masked, role: posts.find((post) => post.person_id === person.id)!.role }))
}

export interface HouseholdHead {
  readonly name: string | null
  readonly residents: number
}

/** Masked heads of households, by id; those out of sight are left out. */
export async function loadHeads(householdIds: readonly number[]): Promise<Map<number, HouseholdHead>> {
  if (householdIds.length === 0) return new Map()
  const rows = await rowsOf<{ id: number; head_name_masked: string | null; resident_count: number }>(
    client().from('households').select('id, head_name_masked, resident_count').in('id', [...householdIds]).order('id'),
  )
  return new Map(rows.map((row) => [row.id, { name: row.head_name_masked, residents: row.resident_count }]))
}
