import type { CoverageScope } from '@/core/coverage/coverage-scope'
import type { Scope } from '@/core/scope'
import { callRpc } from '@/data/call-rpc'

/** How the street is served. Throws `DataError`: `land_unknown`. */
export const loadCoverageScope = (scope: Pick<Scope, 'landId' | 'buildings' | 'communities' | 'compounds'>): Promise<CoverageScope> =>
  callRpc<CoverageScope>('coverage_scope', { p_land: scope.landId })
