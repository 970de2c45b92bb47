import type { IssueSettings } from '@/core/issues/issue-scope'
import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { client } from '@/data/client'
import { toDataError } from '@/data/errors'

/** Rules of slips in force for a unit, and the revision of its own setting, 0 where it has none. Throws `DataError`. */
export async function loadIssueSettings(orgUnitId: number): Promise<{ settings: IssueSettings; revision: number }> {
  const [settings, { data, error, status }] = await Promise.all([
    callRpc<IssueSettings>('issue_settings', { p_org_unit: orgUnitId }),
    client().from('settings').select('revision').eq('org_unit_id', orgUnitId).eq('key', 'issues').maybeSingle(),
  ])
  if (error) throw toDataError(error, status)
  return { settings, revision: (data as { revision: number } | null)?.revision ?? 0 }
}

/** Throws `DataError`: `not_allowed`, `setting_invalid`, `stale` {revision, by, at}. */
export const saveIssueSettings = (orgUnitId: number, settings: IssueSettings, revision: number) =>
  callWrite<{ revision: number }>('save_setting', { p_org_unit: orgUnitId, p_key: 'issues', p_value: settings, p_revision: revision })
