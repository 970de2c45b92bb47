import { bandOf } from '@/core/band'
import type { PlanContext } from '@/core/plan-context'
import type { GridAttributes } from '@/core/scope'

/** A plan as one column over the cells of a land. */
export interface PlanColumn {
  readonly grids: readonly (GridAttributes | null)[]
  readonly cellGrid: ArrayLike<number>
}

/** Cells that went from one grid to another; null is no grid. */
export interface Handover {
  readonly from: GridAttributes | null
  readonly to: GridAttributes | null
  readonly cells: readonly number[]
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
 * How `after` differs from `before`: by grid id, so that a renamed grid is no difference. Both are columns over the cells of the
 * context. O(cells + grids).
 */
export function comparePlans(context: PlanContext, before: PlanColumn, after: PlanColumn): PlanComparison {
  const { cellStats, land, communities } = context
  const ways = new Map<string, { from: GridAttributes | null; to: GridAttributes | null; cells: number[]; households: number }>()
  const moved = communities.map(() => ({ cells: 0, households: 0 }))
  let residents = 0
  for (let cell = 0; cell < land.cellIds.length; cell++) {
    const from = before.grids[before.cellGrid[cell]] ?? null
    const to = after.grids[after.cellGrid[cell]] ?? null
    if (from?.id === to?.id) continue
    const key = `${from?.id ?? ''}>${to?.id ?? ''}`
    const way = ways.get(key) ?? { from, to, cells: [], households: 0 }
    way.cells.push(cell)
    way.households += cellStats.households[cell]
    ways.set(key, way)
    moved[land.cellCommunity[cell]].cells++
    moved[land.cellCommunity[cell]].households += cellStats.households[cell]
    residents += cellStats.residents[cell]
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

function figuresOf(context: PlanContext, { grids, cellGrid }: PlanColumn): CommunityFigures[] {
  const households = new Float64Array(grids.length)
  for (let cell = 0; cell < context.land.cellIds.length; cell++) {
    if (cellGrid[cell] >= 0) households[cellGrid[cell]] += context.cellStats.households[cell]
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
