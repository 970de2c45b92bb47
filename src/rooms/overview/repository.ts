import { callRpc } from '@/data/call-rpc'
import type { Overview, Period } from './operations/figures'
import type { Outline } from './operations/outline-paths'

/** Figures of a unit in the last periods, that in progress included. Throws `DataError`: `not_allowed`, `overview_invalid` {field}. */
export const loadOverview = (unitId: number, period: Period, signal?: AbortSignal) =>
  callRpc<Overview>('overview_figures', { p_org_unit: unitId, p_period: period }, signal)

/** Outlines of the areas that its figures are told by, in degrees. `not_allowed`. */
export const loadOutlines = (unitId: number) => callRpc<Outline[]>('overview_outlines', { p_org_unit: unitId })
