import type { GridRecord, PlanDocument } from '@/core/plan'
import type { PlanContext } from '@/core/plan-context'
import { fromGridRecord } from '@/core/plan-index'
import type { GridEdition } from '@/core/scope'

/** A plan or edition as it travels: grids, and the grid of each cell by position. */
export interface PlanColumns {
  readonly grids: readonly GridRecord[]
  readonly cellIds: readonly number[]
  readonly cellGrid: readonly number[]
}

/**
 * Put a travelled plan on the cells of the land that is loaded. Cells that the land no longer has are left out, cells
 * that the plan does not know have no grid; grids of communities out of sight are left out with their cells. O(cells).
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
  const cellGrid = new Int32Array(context.land.cellIds.length).fill(-1)
  columns.cellIds.forEach((id, position) => {
    const cell = context.cellIndex.get(id)
    const grid = columns.cellGrid[position]
    if (cell !== undefined && grid >= 0) cellGrid[cell] = slotByPosition[grid]
  })
  return { planId: identity.planId, landId: context.landId, revision: identity.revision, grids, cellGrid }
}

/** The edition in force as a document of its own; arrays are copied, for a session owns its document. */
export function editionDocument(context: PlanContext, edition: GridEdition): PlanDocument {
  return {
    planId: `edition-${edition.number}`,
    landId: context.landId,
    revision: 0,
    grids: [...edition.grids],
    cellGrid: edition.cellGrid.slice(),
  }
}
