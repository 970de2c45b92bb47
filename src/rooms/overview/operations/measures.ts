import type { AreaFigures } from './figures'

/** What areas are compared by, in the order of the tiles. */
export const MEASURES = ['tied', 'visited', 'gap', 'settled', 'band'] as const
export type Measure = (typeof MEASURES)[number]

const share = (part: number | null, whole: number): number | null => (part === null || whole <= 0 ? null : part / whole)

/**
 * The share by which areas are compared, 0 … 1; null where there is nothing to divide by.
 * - tied: households a member keeps contact with, of all.
 * - visited: households whose next visit is in time, of those somebody has to visit.
 * - gap: households not served, of all; less is better.
 * - settled: slips settled, of those collected in the period.
 * - band: grids with as many households as their limits allow, of all.
 */
export function shareOf(measure: Measure, figures: AreaFigures): number | null {
  switch (measure) {
    case 'tied': return share(figures.tied, figures.households)
    case 'visited': return share(figures.late === null ? null : figures.due - figures.late, figures.due)
    case 'gap': return share(figures.gap, figures.households)
    case 'settled': return share(figures.settled, figures.collected)
    case 'band': return share(figures.grids - figures.above - figures.below, figures.grids)
  }
}

/** What a tile shows: households for `gap`, a share for the others. */
export const tileValue = (measure: Measure, figures: AreaFigures): number | null => (measure === 'gap' ? figures.gap : shareOf(measure, figures))

/**
 * Figures that those of a later period are held against. Against a period in progress only the slips of as much of the period as
 * has gone by now count: in a month just begun few can be settled.
 */
export const comparable = (figures: AreaFigures, isInProgress: boolean): AreaFigures =>
  isInProgress ? { ...figures, collected: figures.collectedSoFar, settled: figures.settledSoFar } : figures

export const lessIsBetter = (measure: Measure): boolean => measure === 'gap'
