/** Classes of a legend. */
const CLASSES = 5
/** Natural breaks are sought among at most so many values; more are thinned to as many quantiles. */
const MOST_VALUES = 2048

/**
 * Five classes of values above 0 by quantiles: about as many values in each. What is 0, masked or empty is no class.
 *
 * @param values NaN and values of 0 or less are passed over
 * @returns lower bound by class, ascending and all different: fewer than five where there are few different values
 * Complexity: O(n log n).
 */
export function quantileBounds(values: ArrayLike<number>): number[] {
  const sorted = sortPositive(values)
  const bounds: number[] = []
  for (let rank = 0; rank < CLASSES; rank++) {
    const bound = sorted[Math.floor((rank * sorted.length) / CLASSES)]
    if (bound !== undefined && bound !== bounds.at(-1)) bounds.push(bound)
  }
  return bounds
}

/**
 * Five classes of values above 0 by natural breaks: the least sum of squares within classes, exactly.
 *
 * @param values NaN and values of 0 or less are passed over
 * @returns lower bound by class, ascending and all different: fewer than five where there are few different values
 * Complexity: O(n log n) for n values, of which 2,048 different ones at most are told apart.
 * Source: Fisher, On grouping for maximum homogeneity, JASA 53 (1958); the table is filled by halves as in Wang and Song,
 * Ckmeans.1d.dp, The R Journal 3/2 (2011), since best cuts never move back.
 */
export function naturalBounds(values: ArrayLike<number>): number[] {
  const { value, weight } = thin(sortPositive(values))
  const count = value.length
  if (count <= CLASSES) return [...value]
  // Around the mean, so that squares of large values keep their digits.
  const mean = value.reduce((sum, one, k) => sum + one * weight[k], 0) / weight.reduce((sum, one) => sum + one, 0)
  const [w, s, q] = [new Float64Array(count + 1), new Float64Array(count + 1), new Float64Array(count + 1)]
  for (let k = 0; k < count; k++) {
    const off = value[k] - mean
    w[k + 1] = w[k] + weight[k]
    s[k + 1] = s[k] + weight[k] * off
    q[k + 1] = q[k] + weight[k] * off * off
  }
  /** Sum of squares of values from … to − 1 about their mean. */
  const within = (from: number, to: number) => q[to] - q[from] - (s[to] - s[from]) ** 2 / (w[to] - w[from])
  let best = Float64Array.from({ length: count + 1 }, (_, to) => (to === 0 ? 0 : within(0, to)))
  const cuts: Int32Array[] = []
  for (let classes = 2; classes <= CLASSES; classes++) {
    const next = new Float64Array(count + 1).fill(Infinity)
    const cut = new Int32Array(count + 1)
    const fill = (low: number, high: number, least: number, most: number): void => {
      if (low > high) return
      const to = (low + high) >> 1
      for (let from = Math.max(least, classes - 1); from <= Math.min(most, to - 1); from++) {
        const total = best[from] + within(from, to)
        if (total < next[to]) [next[to], cut[to]] = [total, from]
      }
      fill(low, to - 1, least, cut[to])
      fill(to + 1, high, cut[to], most)
    }
    fill(classes, count, classes - 1, count - 1)
    cuts.push(cut)
    best = next
  }
  const bounds: number[] = []
  let to = count
  for (const cut of cuts.reverse()) bounds.unshift(value[(to = cut[to])])
  return [value[0], ...bounds]
}

/** Class of a value among bounds: −1 below the lowest, at 0 or masked. */
export function classOf(bounds: readonly number[], value: number): number {
  return bounds.findLastIndex((bound) => value >= bound)
}

function sortPositive(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(Array.from(values).filter((value) => value > 0)).sort()
}

/** Different values and how many there are of each. */
function thin(sorted: Float64Array): { value: number[]; weight: number[] } {
  const value: number[] = []
  const weight: number[] = []
  for (const one of sorted) {
    if (one === value.at(-1)) weight[weight.length - 1]++
    else {
      value.push(one)
      weight.push(1)
    }
  }
  if (value.length <= MOST_VALUES) return { value, weight }
  const quantiles = Float64Array.from({ length: MOST_VALUES }, (_, k) => sorted[Math.floor((k * sorted.length) / MOST_VALUES)])
  return thin(quantiles)
}
