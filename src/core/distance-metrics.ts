import { buildingCentresM, buildingsByCell } from './cell-contents'
import { LATTICE_M } from './land-frame'
import { defineLazy } from './lazy-metric'
import type { PlanState } from './plan-index'

/**
 * How far households live from the grid's centre, metres in a straight line: the mean over households, and the worst.
 * The centre is the mean place of the households, a building's taken at its middle; 0 where nobody lives.
 * O(buildings of the grid).
 */
export const meanDistanceMetric = defineLazy('meanDistanceM', 'm', (plan, slot) => {
  const homes = listHomes(plan, slot)
  const [x, y, households] = centreOf(homes)
  return households > 0 ? homes.reduce((sum, home) => sum + home.households * Math.hypot(home.x - x, home.y - y), 0) / households : 0
})

export const worstDistanceMetric = defineLazy('worstDistanceM', 'm', (plan, slot) => {
  const homes = listHomes(plan, slot)
  const [x, y] = centreOf(homes)
  return homes.reduce((worst, home) => Math.max(worst, Math.hypot(home.x - x, home.y - y)), 0)
})

interface Home {
  readonly x: number
  readonly y: number
  readonly households: number
}

function listHomes({ context, index }: PlanState, slot: number): Home[] {
  const { start, item } = buildingsByCell(context)
  const centresM = buildingCentresM(context)
  const { cellLabelXY } = context.land
  const homes: Home[] = []
  // In their order, so that sums of broken numbers are the same whichever way the grid came about.
  for (const cell of Int32Array.from(index.cellsOf(slot)).sort()) {
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const households = context.buildings.households[item[k]]
      if (households === 0) continue
      const [x, y] = [centresM[2 * item[k]], centresM[2 * item[k] + 1]]
      // A building without an outline is taken to stand where its cell bears its label.
      if (Number.isNaN(x)) homes.push({ x: cellLabelXY[2 * cell] * LATTICE_M, y: cellLabelXY[2 * cell + 1] * LATTICE_M, households })
      else homes.push({ x, y, households })
    }
  }
  return homes
}

function centreOf(homes: readonly Home[]): [x: number, y: number, households: number] {
  let [x, y, households] = [0, 0, 0]
  for (const home of homes) {
    x += home.households * home.x
    y += home.households * home.y
    households += home.households
  }
  return [x / households, y / households, households]
}
