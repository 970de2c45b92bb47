import type { PatrolScope } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import { callRpc } from '@/data/call-rpc'
import type { PatrolPeriod } from './model'

/** Patrols of a street, and what was walked on the days of a period; without one, on the last 28 days. Throws `DataError`: `land_unknown`. */
export async function loadPatrolScope(scope: Pick<Scope, 'landId' | 'buildings' | 'communities'>, period?: PatrolPeriod): Promise<PatrolScope> {
  return callRpc<PatrolScope>('patrol_scope', { p_land: scope.landId, ...(period ? { p_from: period.fromDay, p_to: period.toDay } : {}) })
}
