import { ArcKind, type CellAdjacency, type Land } from '@/core/land'
import { LATTICE_M } from '@/core/land-frame'

/** Price of a metre of grid border by what it follows: best where a person would draw it. */
const PRICE: Readonly<Record<number, number>> = {
  [ArcKind.free]: 1,
  [ArcKind.wall]: 0.6,
  [ArcKind.lane]: 0.5,
  [ArcKind.street]: 0.3,
  [ArcKind.water]: 0.2,
  [ArcKind.railway]: 0.2,
  [ArcKind.boundary]: 0.1,
}
/** Least price of a border, so that two cells never part for nothing. */
const LEAST_COST = 1

/**
 * What it costs to run a grid border between two neighbouring cells, by entry of the adjacency: metres, made cheaper by
 * streets, water and walls they follow. Complexity O(points + borders × neighbours).
 */
export function priceBorders(land: Land, adjacency: CellAdjacency): Float64Array {
  const { start, neighbour } = adjacency
  const cost = new Float64Array(neighbour.length)
  const entryOf = (cell: number, other: number) => {
    for (let k = start[cell]; k < start[cell + 1]; k++) if (neighbour[k] === other) return k
    return -1
  }
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    const left = land.arcLeft[arc]
    const right = land.arcRight[arc]
    if (left < 0 || right < 0 || left === right) continue
    let lengthLattice = 0
    for (let p = land.arcStart[arc]; p + 1 < land.arcStart[arc + 1]; p++) {
      const dx = land.arcXY[2 * p + 2] - land.arcXY[2 * p]
      const dy = land.arcXY[2 * p + 3] - land.arcXY[2 * p + 1]
      lengthLattice += Math.sqrt(dx * dx + dy * dy)
    }
    const price = lengthLattice * LATTICE_M * (PRICE[land.arcKind[arc]] ?? 1)
    cost[entryOf(left, right)] += price
    cost[entryOf(right, left)] += price
  }
  return cost.map((price) => Math.max(price, LEAST_COST))
}
