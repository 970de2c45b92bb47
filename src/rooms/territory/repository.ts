import { callRpc, reportFailure } from '@/data/call-rpc'
import { client } from '@/data/client'
import { toDataError } from '@/data/errors'

/** Rows of this room: personal data comes masked, row by row, when asked for. */
export interface StairwellRow {
  readonly id: number
  readonly name: string
}

export interface HouseholdRow {
  readonly id: number
  readonly stairwellId: number | null
  readonly room: string
  readonly address: string
  readonly headName: string | null
  readonly category: number
  readonly residentCount: number
}

export interface ResidentRow {
  readonly id: number
  /** Masked; null of a resident who was erased on request. */
  readonly name: string | null
  readonly relation: string
  readonly birthYear: number | null
  readonly sex: string | null
  readonly phone: string | null
  readonly idNumber: string | null
}

export interface MemberRow {
  readonly id: number
  readonly name: string
  readonly condition: 'able' | 'frail'
  readonly exemptReason: string | null
  readonly phone: string | null
  readonly buildingId: number | null
}

export interface UnitTotals {
  readonly id: number
  readonly name: string
  readonly level: string
  readonly grids: number
  readonly households: number
  readonly residents: number
  readonly members: number
  readonly buildings: number
  readonly areaM2: number
}

type Answer<T> = PromiseLike<{ data: unknown; error: unknown; status: number }> & { readonly rows?: T }

async function rowsOf<T>(asking: Answer<T>): Promise<T[]> {
  const answer = await asking
  if (answer.error) throw reportFailure(toDataError(answer.error, answer.status))
  return (answer.data ?? []) as T[]
}

export async function listStairwells(buildingId: number): Promise<StairwellRow[]> {
  return rowsOf<StairwellRow>(client().from('stairwells').select('id, name').eq('building_id', buildingId).order('sort').order('id'))
}

/** Households of a building in natural order of their rooms. */
export async function listHouseholds(buildingId: number): Promise<HouseholdRow[]> {
  const rows = await rowsOf<{
    id: number
    stairwell_id: number | null
    room: string
    address: string
    head_name_masked: string | null
    category: number
    resident_count: number
  }>(
    client()
      .from('households')
      .select('id, stairwell_id, room, address, head_name_masked, category, resident_count')
      .eq('building_id', buildingId)
      .order('sort_key')
      .order('id'),
  )
  return rows.map((row) => ({
    id: row.id,
    stairwellId: row.stairwell_id,
    room: row.room,
    address: row.address,
    headName: row.head_name_masked,
    category: row.category,
    residentCount: row.resident_count,
  }))
}

export async function listResidents(householdId: number): Promise<ResidentRow[]> {
  const rows = await rowsOf<{
    id: number
    name_masked: string
    erased_at: string | null
    relation: string
    birth_year: number | null
    sex: string | null
    phone_masked: string | null
    id_number_masked: string | null
  }>(
    client()
      .from('residents')
      .select('id, name_masked, erased_at, relation, birth_year, sex, phone_masked, id_number_masked')
      .eq('household_id', householdId)
      .order('id'),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.erased_at === null ? row.name_masked : null,
    relation: row.relation,
    birthYear: row.birth_year,
    sex: row.sex,
    phone: row.phone_masked,
    idNumber: row.id_number_masked,
  }))
}

/** Members who live in a building, or one member by id. */
export async function listMembers(by: { buildingId: number } | { memberId: number }): Promise<MemberRow[]> {
  const asking = client().from('members').select('id, name_masked, condition, exempt_reason, phone_masked, building_id').order('id')
  const rows = await rowsOf<{
    id: number
    name_masked: string
    condition: 'able' | 'frail'
    exempt_reason: string | null
    phone_masked: string | null
    building_id: number | null
  }>('buildingId' in by ? asking.eq('building_id', by.buildingId) : asking.eq('id', by.memberId))
  return rows.map((row) => ({
    id: row.id,
    name: row.name_masked,
    condition: row.condition,
    exemptReason: row.exempt_reason,
    phone: row.phone_masked,
    buildingId: row.building_id,
  }))
}

/** Totals of the units right below one, counted by the server. */
export const unitTotals = (parentId: number): Promise<UnitTotals[]> => callRpc<UnitTotals[]>('org_totals', { p_parent: parentId })
