import type { UnitGraph } from './unit-graph'

/**
 * Make the question whether a part hangs together without one of its units. Only the unit's neighbours in the part must reach
 * each other, so most walks end after a few steps; the last unit of a part may not leave it.
 *
 * @param label part by unit, as it is at the time of each question
 * Complexity of a question: O(units of the part) at worst.
 */
export function createConnectivityWalk(
  { start, neighbour }: Pick<UnitGraph, 'start' | 'neighbour'>,
  label: Int32Array,
): (unit: number) => boolean {
  /** Walk in which a unit was last wanted or seen. */
  const mark = new Int32Array(label.length)
  const queue = new Int32Array(label.length)
  let walk = 0
  return (unit) => {
    const part = label[unit]
    const wanted = ++walk
    let first = -1
    let missing = -1
    for (let k = start[unit]; k < start[unit + 1]; k++) {
      const next = neighbour[k]
      if (label[next] !== part) continue
      mark[next] = wanted
      first = next
      missing++
    }
    if (missing <= 0) return missing === 0
    const seen = ++walk
    mark[unit] = seen
    mark[first] = seen
    queue[0] = first
    for (let at = 0, length = 1; at < length; at++) {
      for (let k = start[queue[at]]; k < start[queue[at] + 1]; k++) {
        const next = neighbour[k]
        if (label[next] !== part || mark[next] === seen) continue
        if (mark[next] === wanted && --missing === 0) return true
        mark[next] = seen
        queue[length++] = next
      }
    }
    return false
  }
}
