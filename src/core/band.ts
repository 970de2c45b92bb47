import type { PlanContext } from './plan-context'
import type { PlanState } from './plan-index'
import type { GridSettings } from './scope'

/** Where a grid's households stand to the limits of its community. */
export type BandState = 'below' | 'in' | 'above'

export interface Band {
  readonly lower: number
  readonly upper: number
  readonly target: number
}

/** Limits for grids of a community, by its kind; a community of unknown kind counts as urban. Households. */
export function bandOf(context: PlanContext, community: number): Band {
  return context.communities[community].kind === 'rural' ? context.settings.rural : context.settings.urban
}

/** What a plan aims at: its own settings, else those of the street. Findings keep to the street's. */
export const aimsOf = ({ context, document }: Pick<PlanState, 'context' | 'document'>): GridSettings =>
  document.settings ?? context.settings

/** What a plan aims at for grids of a community. Households. */
export const aimOf = (plan: Pick<PlanState, 'context' | 'document'>, community: number): Band =>
  aimsOf(plan)[plan.context.communities[community].kind === 'rural' ? 'rural' : 'urban']

/**
 * Band state of a grid. Both limits belong to the band. The only basic grid of its community is never below: there is
 * nothing to join it with.
 */
export function bandState(band: Band, households: number, isOnlyGrid: boolean): BandState {
  if (households > band.upper) return 'above'
  return households < band.lower && !isOnlyGrid ? 'below' : 'in'
}
