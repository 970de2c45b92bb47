import { client } from './client'
import { reportFailure } from './call-rpc'
import { toDataError } from './errors'

/** A land the caller may see: a street with its cells and grids. */
export interface LandSummary {
  readonly id: number
  readonly orgUnitId: number
  readonly name: string
}

/** Lands in the caller's territory, by name of their street. */
export async function listLands(): Promise<LandSummary[]> {
  const lands = await client().from('lands').select('id, org_unit_id').order('id')
  if (lands.error) throw reportFailure(toDataError(lands.error, lands.status))
  const rows = lands.data as { id: number; org_unit_id: number }[]
  if (rows.length === 0) return []
  const units = await client()
    .from('org_units')
    .select('id, name')
    .in(
      'id',
      rows.map((row) => row.org_unit_id),
    )
  if (units.error) throw reportFailure(toDataError(units.error, units.status))
  const names = new Map((units.data as { id: number; name: string }[]).map((unit) => [unit.id, unit.name]))
  return rows.map((row) => ({ id: row.id, orgUnitId: row.org_unit_id, name: names.get(row.org_unit_id) ?? '' }))
}
