import { createFlowNetwork } from '../shared/flow-network'

/**
 * Give each part of a division the grid with which it has most in common, so that ids and history stay with the land: the
 * sum of what stays is the greatest there is. Parts beyond the grids get numbers of their own.
 *
 * @param label part by unit, 0 … parts−1, −1 none
 * @param grid grid by unit, −1 none
 * @param open grids that may be given, each to one part
 * @param newGrid number of the first new grid
 * @returns grid by part
 * Complexity O(parts × pairs that overlap).
 */
export function matchParts(
  label: Int32Array,
  parts: number,
  grid: Int32Array,
  open: readonly number[],
  weight: Float64Array,
  newGrid: number,
): Int32Array {
  const place = new Map(open.map((number, index) => [number, index]))
  const shared = new Map<number, number>()
  label.forEach((part, unit) => {
    const at = place.get(grid[unit])
    if (part < 0 || at === undefined) return
    // Land without people counts a little: a grid stays with its park.
    shared.set(part * open.length + at, (shared.get(part * open.length + at) ?? 0) + 1 + 1000 * weight[unit])
  })
  const most = Math.max(0, ...shared.values())
  // Nodes: parts, grids, the end. A part goes to a grid, or straight to the end and is new.
  const network = createFlowNetwork(parts + open.length + 1)
  const end = parts + open.length
  const ways = [...shared].map(([key, amount]) => {
    const part = Math.floor(key / open.length)
    const at = key % open.length
    return { part, at, arc: network.arc(part, parts + at, 1, most - amount) }
  })
  for (let part = 0; part < parts; part++) {
    network.supply(part, 1)
    network.arc(part, end, 1, most)
  }
  open.forEach((_, at) => network.arc(parts + at, end, 1, 0))
  network.supply(end, -parts)
  network.leastCost()
  const gridOf = new Int32Array(parts).fill(-1)
  for (const { part, at, arc } of ways) if (network.flowOn(arc) > 0) gridOf[part] = open[at]
  // Parts that lie nowhere in a grid take one that is left before a new one is made.
  const left = open.filter((number) => !gridOf.includes(number))
  let next = newGrid
  for (let part = 0; part < parts; part++) if (gridOf[part] < 0) gridOf[part] = left.shift() ?? next++
  return gridOf
}
