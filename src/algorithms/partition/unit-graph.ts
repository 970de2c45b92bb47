/**
 * Units to be joined into grids, with their neighbours in compressed rows: neighbours of unit i are
 * `neighbour[start[i] … start[i+1]−1]`, without i itself; every border is there from both sides. n units, e entries.
 */
export interface UnitGraph {
  readonly start: Uint32Array
  readonly neighbour: Int32Array
  /** What it costs when a grid border runs here, > 0, alike from both sides; e. A street is a cheap border. */
  readonly edgeCost: Float64Array
  /** Households; n. */
  readonly weight: Float64Array
  /** Position, metres; n each. */
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Connected parts of some units: label by unit, −1 where the unit is not among them. Complexity O(units + borders). */
export function labelComponents(
  graph: Pick<UnitGraph, 'start' | 'neighbour'>,
  isMember: (unit: number) => boolean,
): { label: Int32Array; count: number } {
  const size = graph.start.length - 1
  const label = new Int32Array(size).fill(-1)
  const queue = new Int32Array(size)
  let count = 0
  for (let seed = 0; seed < size; seed++) {
    if (label[seed] >= 0 || !isMember(seed)) continue
    let length = 1
    queue[0] = seed
    label[seed] = count
    for (let at = 0; at < length; at++) {
      const unit = queue[at]
      for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
        const next = graph.neighbour[k]
        if (label[next] >= 0 || !isMember(next)) continue
        label[next] = count
        queue[length++] = next
      }
    }
    count++
  }
  return { label, count }
}
