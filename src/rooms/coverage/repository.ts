import type { BuildingAccess, CoverageScope } from '@/core/coverage/coverage-scope'
import type { Scope } from '@/core/scope'
import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { decodeCoverageScope, type CoverageScopeJson } from './decode-coverage-scope'

type Street = Pick<Scope, 'landId' | 'buildings' | 'communities' | 'compounds'>

/** How the street is served, as the database judges it now. Throws `DataError`: `land_unknown`. */
export const loadCoverageScope = async (scope: Street): Promise<CoverageScope> =>
  decodeCoverageScope(await callRpc<CoverageScopeJson>('coverage_scope', { p_land: scope.landId }), scope)

/**
 * Keep walks as they were measured of whole communities (indices). Only where one sees the whole land: street officers and
 * administrators. Throws `DataError`: `not_allowed`, `access_stale` {communityIds}: something has changed since, measure again,
 * `access_invalid` {field, index}.
 *
 * @param access columns by building of the street, and the revisions the walks were measured for
 */
export function saveAccess(
  { landId, buildings, communities }: Street, measured: readonly number[],
  { revisions, accessCm, stationIds, walkCm }: Pick<BuildingAccess, 'revisions' | 'accessCm' | 'stationIds' | 'walkCm'>,
): Promise<{ readonly buildings: number }> {
  const rows = [...buildings.ids.keys()].filter((k) => measured.includes(buildings.community[k]))
  const levels = walkCm.length / Math.max(1, accessCm.length)
  const ofLevels = (column: Int32Array): number[] => rows.flatMap((k) => [...column.subarray(levels * k, levels * (k + 1))])
  return callWrite('save_access', {
    p_land: landId,
    p_communities: measured.map((community) => communities[community].id),
    p_revisions: measured.map((community) => revisions[community]),
    p_access: {
      building: rows.map((k) => buildings.ids[k]), accessCm: rows.map((k) => accessCm[k]), stationIds: ofLevels(stationIds), walkCm: ofLevels(walkCm),
    },
  })
}
