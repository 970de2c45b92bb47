/**
 * A division drawn by lot: parts grow from random units, the lightest first, each by a random unit beside it. Every part
 * hangs together and is not empty; weights come out only roughly even.
 *
 * @param start, neighbour connected graph in compressed rows
 * @param weight ≥ 0 by unit
 * @param parts 1 … units
 * @returns part by unit
 * Complexity O((units + borders) × parts). Deterministic for a seed.
 */
export function growParts(
  { start, neighbour }: { readonly start: Uint32Array; readonly neighbour: Int32Array },
  weight: Float64Array,
  parts: number,
  random: () => number,
): Int32Array {
  const size = weight.length
  const label = new Int32Array(size).fill(-1)
  const sum = new Float64Array(parts)
  /** Units beside a part when they were noted; some have gone to another since. */
  const beside: number[][] = Array.from({ length: parts }, () => [])
  let left = size
  const give = (unit: number, part: number): void => {
    label[unit] = part
    // A unit without people counts a little, so that parts of such units do not grow for ever.
    sum[part] += weight[unit] + 1e-3
    left--
    for (let k = start[unit]; k < start[unit + 1]; k++) if (label[neighbour[k]] < 0) beside[part].push(neighbour[k])
  }
  for (let part = 0; part < parts; part++) {
    let unit = Math.floor(random() * size)
    while (label[unit] >= 0) unit = (unit + 1) % size
    give(unit, part)
  }
  while (left > 0) {
    let lightest = -1
    for (let part = 0; part < parts; part++) {
      if (beside[part].length > 0 && (lightest < 0 || sum[part] < sum[lightest])) lightest = part
    }
    if (lightest < 0) throw new Error('units expected to hang together, got some that cannot be reached')
    const open = beside[lightest]
    const at = Math.floor(random() * open.length)
    const unit = open[at]
    open[at] = open[open.length - 1]
    open.pop()
    if (label[unit] < 0) give(unit, lightest)
  }
  return label
}
