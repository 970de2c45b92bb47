/** What the scores of a plan are made from: one entry a basic grid. */
export interface ScoredGrid {
  readonly households: number
  readonly target: number
  /** Polsby–Popper, 0 to 1. */
  readonly compactness: number
}

/**
 * Balance of a plan, 0 to 100: 100 less the mean distance of its basic grids from their target, in per cent of the target;
 * a grid that is further off than its whole target counts as that. NaN without grids.
 */
export function balanceIndex(grids: readonly ScoredGrid[]): number {
  const off = grids.reduce((sum, { households, target }) => sum + Math.min(1, Math.abs(households - target) / target), 0)
  return 100 * (1 - off / grids.length)
}

/** Compactness of a plan, 0 to 100: the mean of Polsby and Popper's ratio over its basic grids, times 100. NaN without grids. */
export function compactnessIndex(grids: readonly ScoredGrid[]): number {
  return (100 * grids.reduce((sum, { compactness }) => sum + compactness, 0)) / grids.length
}
