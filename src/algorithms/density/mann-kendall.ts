/**
 * Trend of a series by Mann and Kendall: how many pairs rise less how many fall, against chance.
 *
 * @param series in order of time
 * @returns z with correction for ties and continuity, 0 where there are fewer than four values or all are equal; |z| > 1.96
 * is a trend at 5 %, two-sided
 * Complexity: O(n²) for n values.
 * Source: Mann, Econometrica 13 (1945); Kendall, Rank correlation methods (1975); ties as there.
 */
export function mannKendall(series: ArrayLike<number>): number {
  const count = series.length
  if (count < 4) return 0
  let rises = 0
  for (let k = 1; k < count; k++) for (let before = 0; before < k; before++) rises += Math.sign(series[k] - series[before])
  const sorted = Float64Array.from(series).sort()
  let spread = count * (count - 1) * (2 * count + 5)
  for (let from = 0; from < count;) {
    let to = from + 1
    while (to < count && sorted[to] === sorted[from]) to++
    const ties = to - from
    spread -= ties * (ties - 1) * (2 * ties + 5)
    from = to
  }
  return rises === 0 || spread <= 0 ? 0 : (rises - Math.sign(rises)) / Math.sqrt(spread / 18)
}
