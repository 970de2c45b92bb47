import type { PlanDocument } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'

/** The whole of a plan as one text, for comparing to the byte. */
export function planBytes(document: PlanDocument): string {
  return JSON.stringify([document.planId, document.landId, document.grids, Array.from(document.cellGrid)])
}

/** The land a plan stands on and all that is computed from it, as one text. */
export function landBytes({ context }: Pick<PlanState, 'context'>): string {
  const { frame: _, redrawn: __, ...columns } = context.land
  const { adjacency, borderMm, outsideMm, cellStats, buildings, cellCompoundStart, cellCompound, cellCompoundBuildings, compoundCells } = context
  const all = [columns, adjacency, { borderMm, outsideMm }, cellStats, { cell: buildings.cell }, { cellCompoundStart, cellCompound, cellCompoundBuildings }]
  return JSON.stringify([
    ...all.flatMap((some) => Object.entries(some).map(([name, column]: [string, ArrayLike<number>]) => [name, Array.from(column)])),
    compoundCells.map((cells) => Array.from(cells)),
  ])
}
