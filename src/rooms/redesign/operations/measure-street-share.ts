import { ArcKind } from '@/core/land'
import type { PlanState } from '@/core/plan-index'
import type { CellIndex } from './index-cells'

/**
 * Share of a grid's outline that runs along streets and lanes, 0 to 1; NaN for an empty grid. The edge of the land and
 * official borders count by what they follow, like any other. O(arcs of the grid's cells).
 */
export function measureStreetShare(cells: CellIndex, plan: PlanState, slot: number): number {
  const { land, cellArc, cellArcStart } = cells
  const { cellGrid } = plan.document
  let total = 0
  let along = 0
  for (const cell of plan.index.cellsOf(slot)) {
    for (let k = cellArcStart[cell]; k < cellArcStart[cell + 1]; k++) {
      const arc = cellArc[k]
      const other = land.arcLeft[arc] === cell ? land.arcRight[arc] : land.arcLeft[arc]
      if (other >= 0 && cellGrid[other] === slot) continue
      let length = 0
      for (let p = land.arcStart[arc] + 1; p < land.arcStart[arc + 1]; p++) {
        length += Math.hypot(land.arcXY[2 * p] - land.arcXY[2 * p - 2], land.arcXY[2 * p + 1] - land.arcXY[2 * p - 1])
      }
      total += length
      if (land.arcKind[arc] === ArcKind.street || land.arcKind[arc] === ArcKind.lane) along += length
    }
  }
  return along / total
}
