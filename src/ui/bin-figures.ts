/** Bars of the histogram: things by one of their figures. */
export interface Bin {
  /** Lower inclusive, upper exclusive; the last holds its upper edge too. */
  readonly from: number
  readonly to: number
  readonly items: readonly number[]
}

/**
 * Sort things into bins of a round width that cover a range; what lies beyond it goes to the bin at that end.
 *
 * @param values figure by position; NaN for what has none
 * @param width width of a bin, for both sides of a comparison the same
 */
export function binFigures(values: ArrayLike<number>, width: number, from: number, to: number): Bin[] {
  // Steps of a tenth are no binary fractions: what rounding puts a hair below an edge belongs above it.
  const place = (value: number) => Math.floor(value / width + 1e-9)
  const first = place(from)
  const count = Math.max(1, place(to) - first + 1)
  const items: number[][] = Array.from({ length: count }, () => [])
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) continue
    items[Math.min(count - 1, Math.max(0, place(value) - first))]!.push(i)
  }
  return items.map((list, k) => ({ from: rounded((first + k) * width), to: rounded((first + k + 1) * width), items: list }))
}

const rounded = (value: number): number => Number(value.toPrecision(12))

/** Round width of a bin, so that at most so many cover a range: 1, 2, 2.5 or 5 times a power of ten; `whole`: at least 1. */
export function binWidth(range: number, most = 16, whole = true): number {
  const least = range / most
  if (!(least > 0)) return whole ? 1 : 0.1
  const power = 10 ** Math.floor(Math.log10(least) - 1e-9)
  const width = [1, 2, 2.5, 5, 10].map((times) => times * power).find((step) => step >= least * (1 - 1e-9))!
  return whole ? Math.max(1, Math.ceil(width)) : rounded(width)
}

/** Step of an axis of counts from nought: 1, 2 or 5 times a power of ten, so that two to five steps reach the top. */
export function tickStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / 3)))
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step * 3 >= most)!
}

/**
 * Edges of classes of equal round width for a map: at most `most` classes over the middle nine tenths of the values, so
 * that an odd one does not make the others alike. Ascending; class k holds what is at least edge k−1 and below edge k.
 */
export function classEdges(values: readonly number[], most: number, whole: boolean): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  if (sorted.length === 0) return []
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]
  const [low, high] = [at(0.05), at(0.95)]
  if (low === high) return []
  const width = binWidth(high - low, most - 1, whole)
  const first = Math.floor(low / width + 1e-9) + 1
  const edges: number[] = []
  for (let k = first; edges.length < most - 1 && k * width <= high + 1e-9; k++) edges.push(rounded(k * width))
  return edges
}

/** Class of a value among edges; −1 without one. */
export const classOf = (value: number, edges: readonly number[]): number =>
  Number.isNaN(value) ? -1 : edges.filter((edge) => value >= edge).length
