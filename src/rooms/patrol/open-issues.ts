import type { LngLat } from '@/core/units'
import { callRpc } from '@/data/call-rpc'

/** The columns of `public.issue_scope` that tell where something is open; outcome 0 is none yet. */
interface OpenColumns {
  readonly issues: { readonly lngLat: readonly number[]; readonly outcome: readonly number[] }
}

/** Where open issues of a street lie. Throws `DataError`: `land_unknown`, `not_allowed`. */
export async function loadOpenIssues(landId: number): Promise<LngLat[]> {
  const { issues } = await callRpc<OpenColumns>('issue_scope', { p_land: landId })
  return issues.outcome.flatMap((outcome, k): LngLat[] => (outcome === 0 ? [[issues.lngLat[2 * k], issues.lngLat[2 * k + 1]]] : []))
}
