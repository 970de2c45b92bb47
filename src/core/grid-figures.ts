import { bandOf, bandState, type BandState } from './band'
import { isOnlyGrid } from './grid-findings'
import type { PlanKernel } from './plan-kernel'

/** Figures of one grid, for a panel. */
export interface GridFigures {
  readonly households: number
  readonly residents: number
  readonly members: number
  readonly special: number
  readonly buildings: number
  readonly areaM2: number
  readonly perimeterM: number
  /** Polsby–Popper, 0 … 1. */
  readonly compactness: number
  readonly cutEdges: number
  readonly compoundsSplit: number
  readonly cells: number
  readonly pieces: number
  readonly inPieces: boolean
  /** A dedicated grid is always in its band. */
  readonly band: BandState
}

/** Figures of the grid in a slot, which must not be empty. Complexity O(compounds of the grid). */
export function gridFigures({ plan, metrics, contiguity }: PlanKernel, slot: number): GridFigures {
  const grid = plan.document.grids[slot]!
  const households = metrics.value('households', slot)
  const band = bandOf(plan.context, grid.community)
  return {
    households,
    residents: metrics.value('residents', slot),
    members: metrics.value('members', slot),
    special: metrics.value('special', slot),
    buildings: metrics.value('buildings', slot),
    areaM2: metrics.value('areaM2', slot),
    perimeterM: metrics.value('perimeterM', slot),
    compactness: metrics.value('compactness', slot),
    cutEdges: metrics.value('cutEdges', slot),
    compoundsSplit: metrics.value('compoundsSplit', slot),
    cells: plan.index.cellCount(slot),
    pieces: contiguity.pieces(slot),
    inPieces: contiguity.isInPieces(slot),
    band: grid.kind === 'dedicated' ? 'in' : bandState(band, households, isOnlyGrid(plan, slot)),
  }
}
