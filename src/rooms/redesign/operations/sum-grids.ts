import type { Band } from '@/core/band'
import type { GridFigures } from '@/core/grid-figures'

/** One grid of a plan with what its figures are held against. */
export interface GridSummand {
  readonly figures: GridFigures
  readonly band: Band
  readonly kind: 'basic' | 'dedicated'
}

/** Sums over the grids of a plan, or of a part of it. */
export interface PlanTotals {
  readonly grids: number
  readonly inBand: number
  readonly inPieces: number
  readonly households: number
  readonly residents: number
  readonly members: number
  readonly special: number
  readonly buildings: number
  readonly areaM2: number
  /** Mean distance of basic grids from their target, as a share of the target; NaN where there is none. */
  readonly meanDeviation: number
}

/** Sum grids. O(grids). */
export function sumGrids(grids: Iterable<GridSummand>): PlanTotals {
  const sum = { grids: 0, inBand: 0, inPieces: 0, households: 0, residents: 0, members: 0, special: 0, buildings: 0, areaM2: 0 }
  let basic = 0
  let deviation = 0
  for (const { figures, band, kind } of grids) {
    sum.grids++
    if (figures.band === 'in') sum.inBand++
    if (figures.inPieces) sum.inPieces++
    for (const key of ['households', 'residents', 'members', 'special', 'buildings', 'areaM2'] as const) sum[key] += figures[key]
    if (kind !== 'basic') continue
    basic++
    deviation += Math.abs(figures.households - band.target) / band.target
  }
  return { ...sum, meanDeviation: deviation / basic }
}
