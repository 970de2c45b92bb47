import { contextOfPlan } from '@/core/open-land'
import type { GridRecord, PlanDocument } from '@/core/plan'
import type { PlanContext } from '@/core/plan-context'
import { fromGridRecord } from '@/core/plan-index'
import type { GridEdition } from '@/core/scope'

/** A plan or edition as it travels: grids, the grid of each cell by position, and what a draft may have of its own. */
export interface PlanColumns extends Pick<PlanDocument, 'land' | 'links' | 'notes' | 'settings'> {
  readonly grids: readonly GridRecord[]
  readonly cellIds: readonly number[]
  readonly cellGrid: readonly number[]
}

/**
 * Put a travelled plan on the cells of the land that is loaded, with what it makes of them. Cells that the land no longer
 * has are left out, cells that the plan does not know have no grid; grids of communities out of sight are left out with
 * their cells. O(cells).
 * @throws Error where the plan's own land does not fit: the land that is loaded is of another edition
 */
export function makePlanDocument(
  context: PlanContext,
  columns: PlanColumns,
  identity: { readonly planId: string; readonly revision: number },
): PlanDocument {
  const slotByPosition: number[] = []
  const grids: PlanDocument['grids'] = []
  for (const record of columns.grids) {
    const grid = fromGridRecord(context, record)
    slotByPosition.push(grid ? grids.push(grid) - 1 : -1)
  }
  const { land, links, notes, settings } = columns
  const ground = contextOfPlan(context, land)
  const cellGrid = new Int32Array(ground.land.cellIds.length).fill(-1)
  columns.cellIds.forEach((id, position) => {
    const cell = ground.cellIndex.get(id)
    const grid = columns.cellGrid[position]
    if (cell !== undefined && grid >= 0) cellGrid[cell] = slotByPosition[grid]
  })
  return { planId: identity.planId, landId: context.landId, revision: identity.revision, grids, cellGrid, land, links, notes, settings }
}

/** The edition in force as a document of its own; arrays are copied, for a session owns its document. */
export function editionDocument(context: PlanContext, edition: GridEdition): PlanDocument {
  return {
    planId: `edition-${edition.number}`,
    landId: context.landId,
    revision: 0,
    grids: [...edition.grids],
    cellGrid: edition.cellGrid.slice(),
    links: edition.links,
  }
}
