import { bandOf } from '@/core/band'
import type { PlanContext } from '@/core/plan-context'
import type { PlanState } from '@/core/plan-index'
import type { GridAttributes } from '@/core/scope'

/** A plan as one column over the cells of a land. */
export interface PlanColumn {
  readonly grids: readonly (GridAttributes | null)[]
  readonly cellGrid: ArrayLike<number>
  /** Database id by cell: cells that redrawn land has of its own have ids that no other has. */
  readonly cellIds: ArrayLike<number>
  /** Cell by building, −1 where it has none. */
  readonly buildingCell: ArrayLike<number>
}

/** Land and buildings that went from one grid to another; null is no grid. */
export interface Handover {
  readonly from: GridAttributes | null
  readonly to: GridAttributes | null
  readonly cells: readonly number[]
  /** Building indices. */
  readonly buildings: readonly number[]
  readonly households: number
}

/** Figures of one plan in one community. Deviation in percent of the target, over basic grids. */
export interface CommunityFigures {
  readonly grids: number
  readonly inBand: number
  readonly meanDeviationPct: number
}

export interface CommunityComparison {
  readonly community: number
  readonly before: CommunityFigures
  readonly after: CommunityFigures
  readonly cells: number
  readonly households: number
}

export interface PlanComparison {
  /** By grid given up, then grid taken. */
  readonly handovers: readonly Handover[]
  /** Every community, in the order of the land. */
  readonly communities: readonly CommunityComparison[]
  readonly cells: number
  readonly households: number
  readonly residents: number
}

/**
 * How `after` differs from `before`, by grid id, so that a renamed grid is no difference: land cell by cell, households building by
 * building, so that land that was cut anew counts right. `context` is that of `after`. O(cells + buildings + grids).
 */
export function comparePlans(context: PlanContext, before: PlanColumn, after: PlanColumn): PlanComparison {
  const { buildings, land, communities } = context
  const ways = new Map<string, { from: GridAttributes | null; to: GridAttributes | null; cells: number[]; buildings: number[]; households: number }>()
  const wayOf = (from: GridAttributes | null, to: GridAttributes | null) => {
    const key = `${from?.id ?? ''}>${to?.id ?? ''}`
    const way = ways.get(key) ?? { from, to, cells: [], buildings: [], households: 0 }
    ways.set(key, way)
    return way
  }
  const gridIn = ({ grids, cellGrid }: PlanColumn, cell: number) => grids[cellGrid[cell]] ?? null
  const moved = communities.map(() => ({ cells: 0, households: 0 }))
  /** Grid that the buildings of a cell come from, for cells that `before` does not have. */
  const cameFrom = new Map<number, GridAttributes | null>()
  let residents = 0
  for (let k = 0; k < buildings.count; k++) {
    const cell = after.buildingCell[k]
    if (cell < 0 || before.buildingCell[k] < 0) continue
    const from = gridIn(before, before.buildingCell[k])
    const to = gridIn(after, cell)
    cameFrom.set(cell, from)
    if (from?.id === to?.id) continue
    const way = wayOf(from, to)
    way.buildings.push(k)
    way.households += buildings.households[k]
    residents += buildings.residents[k]
    moved[land.cellCommunity[cell]].households += buildings.households[k]
  }
  for (let cell = 0; cell < land.cellIds.length; cell++) {
    // An id of 0 is a cell that the plan has no more; one that only it has and that holds nothing has no past.
    const isOld = before.cellIds[cell] === land.cellIds[cell]
    if (land.cellIds[cell] === 0 || (!isOld && !cameFrom.has(cell))) continue
    const from = isOld ? gridIn(before, cell) : cameFrom.get(cell)!
    const to = gridIn(after, cell)
    if (from?.id === to?.id) continue
    wayOf(from, to).cells.push(cell)
    moved[land.cellCommunity[cell]].cells++
  }
  const [figuresBefore, figuresAfter] = [before, after].map((plan) => figuresOf(context, plan))
  const code = (grid: GridAttributes | null) => grid?.code ?? ''
  return {
    handovers: [...ways.values()].sort((a, b) => code(a.from).localeCompare(code(b.from)) || code(a.to).localeCompare(code(b.to))),
    communities: communities.map((_, community) => ({
      community, before: figuresBefore[community], after: figuresAfter[community], ...moved[community],
    })),
    cells: moved.reduce((sum, one) => sum + one.cells, 0),
    households: moved.reduce((sum, one) => sum + one.households, 0),
    residents,
  }
}

function figuresOf(context: PlanContext, { grids, cellGrid, buildingCell }: PlanColumn): CommunityFigures[] {
  const households = new Float64Array(grids.length)
  for (let k = 0; k < context.buildings.count; k++) {
    const slot = cellGrid[buildingCell[k]] ?? -1
    if (slot >= 0) households[slot] += context.buildings.households[k]
  }
  const sums = context.communities.map(() => ({ grids: 0, basic: 0, inBand: 0, deviation: 0 }))
  grids.forEach((grid, slot) => {
    if (!grid) return
    const sum = sums[grid.community]
    sum.grids++
    if (grid.kind !== 'basic') return
    const band = bandOf(context, grid.community)
    sum.basic++
    if (households[slot] >= band.lower && households[slot] <= band.upper) sum.inBand++
    sum.deviation += Math.abs(households[slot] - band.target) / band.target
  })
  return sums.map(({ grids: count, basic, inBand, deviation }) => ({
    grids: count, inBand, meanDeviationPct: basic === 0 ? 0 : (100 * deviation) / basic,
  }))
}

/** A session as a column. */
export const columnOfSession = ({ context, document }: PlanState): PlanColumn => ({
  grids: document.grids, cellGrid: document.cellGrid, cellIds: context.land.cellIds, buildingCell: context.buildings.cell,
})
