import type { EditablePlan } from './apply-delta'
import { standOnLinks } from './apply-extras'
import { checkLandEdit } from './check-land-edit'
import { createLandComposer } from './land-delta'
import { createLandWork } from './land-work'
import type { LandEdit, PlanDocument } from './plan'
import type { PlanContext } from './plan-context'

const NOTHING_PLANNED = { nodes: [], arcs: [], cells: [], buildings: [], touched: new Set<number>() }

/**
 * The ground of a plan that redraws its land: its own cells have the indices after those of the land, in the order of
 * `land.after.cells`. The context given stays as it is. O(land).
 * @throws Error where the land does not fit: it was made on another edition, or damaged
 */
export function contextOfPlan(context: PlanContext, land: LandEdit | null | undefined): PlanContext {
  return land ? takeLand(context, land).context : context
}

function takeLand(context: PlanContext, land: LandEdit): Pick<EditablePlan, 'context' | 'landWork'> {
  const planned = checkLandEdit(context, land, true)
  if (!planned.ok) throw new Error(`expected land that fits edition ${context.landId}, got ${planned.code} ${JSON.stringify(planned.details)}`)
  const landWork = createLandWork(context)
  return { landWork, context: landWork.redraw(context, planned.value).context }
}

/**
 * A plan and the ground it stands on: the land with what the plan makes of it and its links. Land that another session
 * redraws is copied, so that neither sees the other's edits. O(land) where the plan redraws land, else O(1).
 * @throws Error as `contextOfPlan`
 */
export function openGround(context: PlanContext, document: PlanDocument): Pick<EditablePlan, 'context' | 'landWork' | 'netLand'> {
  const state: Pick<EditablePlan, 'context' | 'document' | 'landWork' | 'netLand'> = { context, document }
  const { land } = document
  if (context.land.redrawn) {
    state.landWork = createLandWork(context)
    state.context = state.landWork.redraw(context, NOTHING_PLANNED).context
  } else if (land) Object.assign(state, takeLand(context, land))
  if (land) {
    state.netLand = createLandComposer()
    state.netLand.add(land)
  }
  if (document.links && document.links.length > 0) standOnLinks(state, new Set(context.communities.keys()))
  const { document: _, ...ground } = state
  return ground
}
