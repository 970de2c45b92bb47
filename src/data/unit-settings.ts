import { callRpc } from './call-rpc'
import { callWrite } from './call-write'
import { client } from './client'
import { toDataError } from './errors'

/** Rules in force for a unit, and the revision of its own setting, 0 where it has none. */
export interface UnitSettings<T> {
  readonly settings: T
  readonly revision: number
}

/** Rules of a kind, by the function that reads them and their key in the table of settings. Throws `DataError`. */
export async function loadUnitSettings<T>(rpc: string, key: string, orgUnitId: number): Promise<UnitSettings<T>> {
  const [settings, { data, error, status }] = await Promise.all([
    callRpc<T>(rpc, { p_org_unit: orgUnitId }),
    client().from('settings').select('revision').eq('org_unit_id', orgUnitId).eq('key', key).maybeSingle(),
  ])
  if (error) throw toDataError(error, status)
  return { settings, revision: (data as { revision: number } | null)?.revision ?? 0 }
}

/** Throws `DataError`: `not_allowed`, `setting_invalid`, `stale` {revision, by, at}. */
export const saveUnitSettings = (key: string, orgUnitId: number, settings: object, revision: number) =>
  callWrite<{ revision: number }>('save_setting', { p_org_unit: orgUnitId, p_key: key, p_value: settings, p_revision: revision })
