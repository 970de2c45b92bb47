/** Bars of the histogram: grids by number of households. */
export interface Bin {
  /** Households, lower inclusive, upper exclusive. */
  readonly from: number
  readonly to: number
  readonly grids: readonly number[]
}

/**
 * Sort grids into bins of a round width so that some ten to twenty cover all values and no bin straddles a band edge
 * that is a multiple of the width.
 *
 * @param values households by grid position; NaN for a position without a grid
 * @param widthHouseholds width of a bin, for both columns of a comparison the same
 */
export function binHouseholds(values: ArrayLike<number>, widthHouseholds: number, from: number, to: number): Bin[] {
  const first = Math.floor(from / widthHouseholds)
  const count = Math.max(1, Math.floor(to / widthHouseholds) - first + 1)
  const grids: number[][] = Array.from({ length: count }, () => [])
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) continue
    grids[Math.min(count - 1, Math.max(0, Math.floor(value / widthHouseholds) - first))]!.push(i)
  }
  return grids.map((list, k) => ({ from: (first + k) * widthHouseholds, to: (first + k + 1) * widthHouseholds, grids: list }))
}

/** Width of a bin for a range of values: 10, 25, 50 or 100 … so that about 14 cover it. */
export function binWidth(range: number): number {
  const steps = [5, 10, 25, 50, 100, 250, 500, 1000]
  return steps.find((step) => range / step <= 16) ?? 1000
}

/** Step of an axis of counts from nought: 1, 2 or 5 times a power of ten, so that two to five steps reach the top. */
export function tickStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / 3)))
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step * 3 >= most)!
}
