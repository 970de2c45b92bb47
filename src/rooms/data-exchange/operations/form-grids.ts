import { drawFirstGrids } from '@/algorithms/partition/draw-first-grids'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { gridCode } from '@/core/grid-codes'
import type { Land } from '@/core/land'
import { shortName } from '../layers/plain-name'
import type { GridLimits } from '../model'
import type { PreparedCommunity, PreparedGrid } from '../prepared-import'
import { readingOrder } from './reading-order'

/** First grids of every community, coded and named in the order in which one reads them on the map. */
export function formGrids(
  graph: UnitGraph,
  land: Land,
  cellCommunity: ArrayLike<number>,
  communities: readonly PreparedCommunity[],
  limits: GridLimits,
  compound: Int32Array,
  seed: number,
): { grids: PreparedGrid[]; cellGrid: Int32Array; households: number[] } {
  const drawn = drawFirstGrids({ graph, community: Int32Array.from(cellCommunity), compound, limits: communities.map(() => limits), seed })
  const rank = readingOrder(drawn.cellGrid, drawn.gridCommunity.length, (k) => ({ x: graph.x[k], y: graph.y[k], areaM2: land.cellAreaM2[k] }))
  // Communities one after another, in each by rank.
  const order = [...drawn.gridCommunity.keys()].sort((a, b) => drawn.gridCommunity[a] - drawn.gridCommunity[b] || rank[a] - rank[b])
  const place = new Int32Array(order.length)
  order.forEach((grid, k) => (place[grid] = k))
  const numbers = new Int32Array(communities.length)
  const grids = order.map((grid): PreparedGrid => {
    const community = drawn.gridCommunity[grid]
    const number = ++numbers[community]
    const { code, name } = communities[community]
    return { code: gridCode(code, number), name: `${shortName(name)} ${String(number).padStart(3, '0')}`, community }
  })
  const cellGrid = drawn.cellGrid.map((grid) => place[grid])
  const households = new Array<number>(grids.length).fill(0)
  cellGrid.forEach((grid, cell) => (households[grid] += graph.weight[cell]))
  return { grids, cellGrid, households }
}
