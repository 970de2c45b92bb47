import { arcsByCell } from './cell-contents'
import { enclosingCircle } from './enclosing-circle'
import { ArcKind } from './land'
import { LATTICE_M } from './land-frame'
import { defineLazy } from './lazy-metric'
import type { PlanState } from './plan-index'

/**
 * Reock's ratio, 0 to 1: the grid's area over that of the smallest circle around it; 1 is a disc, 0 an empty grid.
 * Complexity O(points of the outline × log). Source: E. C. Reock (1961), Measuring compactness as a requirement of
 * legislative apportionment.
 */
export const reockMetric = defineLazy('reock', 'ratio', (plan, slot) => {
  const { land } = plan.context
  const xy: number[] = []
  let areaM2 = 0
  // In the order of the cells, so that the sum of broken numbers is the same whichever way the grid came about.
  for (const cell of Int32Array.from(plan.index.cellsOf(slot)).sort()) areaM2 += land.cellAreaM2[cell]
  walkOutline(plan, slot, (arc) => {
    for (let p = 2 * land.arcStart[arc]; p < 2 * land.arcStart[arc + 1]; p++) xy.push(land.arcXY[p])
  })
  const radiusM = enclosingCircle(xy).radius * LATTICE_M
  return radiusM > 0 ? areaM2 / (Math.PI * radiusM ** 2) : 0
})

/**
 * Share of a grid's outline that runs along streets and lanes, 0 to 1; 0 for an empty grid. The edge of the land and
 * official lines count by what they follow, as any other. O(arcs of the grid's cells).
 */
export const streetShareMetric = defineLazy('streetShare', 'ratio', (plan, slot) => {
  const { land } = plan.context
  let total = 0
  let along = 0
  walkOutline(plan, slot, (arc) => {
    let length = 0
    for (let p = land.arcStart[arc] + 1; p < land.arcStart[arc + 1]; p++) {
      length += Math.hypot(land.arcXY[2 * p] - land.arcXY[2 * p - 2], land.arcXY[2 * p + 1] - land.arcXY[2 * p - 1])
    }
    total += length
    if (land.arcKind[arc] === ArcKind.street || land.arcKind[arc] === ArcKind.lane) along += length
  })
  return total > 0 ? along / total : 0
})

/** Every arc with the grid on one side only. */
function walkOutline({ context: { land }, document, index }: PlanState, slot: number, visit: (arc: number) => void): void {
  const { start, item } = arcsByCell(land)
  for (const cell of index.cellsOf(slot)) {
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const arc = item[k]
      const other = land.arcLeft[arc] === cell ? land.arcRight[arc] : land.arcLeft[arc]
      if (other < 0 || document.cellGrid[other] !== slot) visit(arc)
    }
  }
}
