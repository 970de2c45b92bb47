import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { gridCode } from '@/core/grid-codes'
import type { Land } from '@/core/land'
import { shortName } from '../layers/plain-name'
import type { GridLimits } from '../model'
import type { PreparedCommunity, PreparedGrid } from '../prepared-import'
import { groupCells } from './group-cells'
import { readingOrder } from './reading-order'


/** First grids: the cells of each community joined within the band. `progress` hears the share done after each community. */
export function formGrids(
  graph: UnitGraph,
  land: Land,
  cellCommunity: ArrayLike<number>,
  communities: readonly PreparedCommunity[],
  limits: GridLimits,
  compound: Int32Array,
  seed: number,
  progress: (done: number) => void,
): { grids: PreparedGrid[]; cellGrid: Int32Array; households: number[] } {
  const cellGrid = new Int32Array(land.cellAreaM2.length).fill(-1)
  const grids: PreparedGrid[] = []
  const households: number[] = []
  const cellsOf: number[][] = communities.map(() => [])
  for (let cell = 0; cell < cellGrid.length; cell++) cellsOf[cellCommunity[cell]]?.push(cell)
  communities.forEach((community, index) => {
    const cells = cellsOf[index]
    if (cells.length === 0) return
    const { part, parts } = groupCells(graph, cells, limits, compound, seed + index)
    const rank = readingOrder(part, parts, (k) => ({ x: graph.x[cells[k]], y: graph.y[cells[k]], areaM2: land.cellAreaM2[cells[k]] }))
    const first = grids.length
    for (let n = 1; n <= parts; n++) {
      grids.push({ code: gridCode(community.code, n), name: `${shortName(community.name)} ${String(n).padStart(3, '0')}`, community: index })
      households.push(0)
    }
    cells.forEach((cell, k) => {
      cellGrid[cell] = first + rank[part[k]]
      households[cellGrid[cell]] += graph.weight[cell]
    })
    progress((index + 1) / communities.length)
  })
  return { grids, cellGrid, households }
}
