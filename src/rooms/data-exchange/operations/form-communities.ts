import { drawFirstGrids } from '@/algorithms/partition/draw-first-grids'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import type { Land } from '@/core/land'
import { readingOrder } from './reading-order'

/** Households of a community that is made here: the size of an urban community. */
const COMMUNITY_LIMITS = { lower: 600, upper: 1_500, target: 1_000 } as const

/**
 * Communities where no file tells any: the whole land as one unit divided by the same way as grids, at their size. Numbered as one reads.
 *
 * @returns community by cell
 */
export function formCommunities(graph: UnitGraph, land: Land, compound: Int32Array, seed: number): { community: Int32Array; count: number } {
  const size = land.cellAreaM2.length
  const { cellGrid, gridCommunity } = drawFirstGrids({ graph, community: new Int32Array(size), compound, limits: [COMMUNITY_LIMITS], seed })
  const count = gridCommunity.length
  const rank = readingOrder(cellGrid, count, (k) => ({ x: graph.x[k], y: graph.y[k], areaM2: land.cellAreaM2[k] }))
  return { community: cellGrid.map((part) => rank[part]), count }
}
