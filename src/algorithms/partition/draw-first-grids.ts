import { choosePartCount } from './choose-part-count'
import { contractGroups } from './contract-groups'
import { induceGraph } from './induce-graph'
import { linkComponents } from './link-components'
import { partitionUnits } from './partition-units'
import type { PartLimits } from './partition-state'
import type { UnitGraph } from './unit-graph'

export interface FirstGridsInput {
  /** Cells as units: weight in households. */
  readonly graph: UnitGraph
  /** Community by cell, 0 … communities−1. */
  readonly community: Int32Array
  /** Compound by cell, −1 none. */
  readonly compound: Int32Array
  /** Limits by community. */
  readonly limits: readonly PartLimits[]
  readonly seed: number
}

export interface FirstGrids {
  /** Grid by cell, 0 … grids−1: every cell has one. */
  readonly cellGrid: Int32Array
  /** Community by grid, ascending. */
  readonly gridCommunity: Int32Array
}

/**
 * First grids for new land: each community by itself is divided into grids that hang together, lie in the band and near the
 * target where its households allow, follow streets (cheap borders), and keep compounds whole where they fit. A community
 * below its lower limit is one grid. A part of a community that lies apart (an exclave) is divided by itself if it has
 * households enough, else it goes with the nearest grid.
 *
 * Complexity about O(cells × log); deterministic for a seed, and a community's grids do not depend on other communities.
 */
export function drawFirstGrids(input: FirstGridsInput): FirstGrids {
  const cellGrid = new Int32Array(input.community.length).fill(-1)
  const gridCommunity: number[] = []
  const cellsOf: number[][] = input.limits.map(() => [])
  input.community.forEach((community, cell) => cellsOf[community].push(cell))
  cellsOf.forEach((cells, community) => {
    const limits = input.limits[community]
    for (const cluster of linkComponents(induceGraph(input.graph, cells), limits.lower)) {
      const inCluster = cluster.units.map((unit) => cells[unit])
      const compound = Int32Array.from(inCluster, (cell) => input.compound[cell])
      const { graph, unitOf } = contractGroups(cluster.graph, compound, limits.upper)
      const total = graph.weight.reduce((sum, weight) => sum + weight, 0)
      const count = choosePartCount(total, limits, graph.weight.length)
      const label = partitionUnits(graph, count, limits, input.seed)
      inCluster.forEach((cell, unit) => (cellGrid[cell] = gridCommunity.length + label[unitOf[unit]]))
      for (let part = 0; part < count; part++) gridCommunity.push(community)
    }
  })
  return { cellGrid, gridCommunity: Int32Array.from(gridCommunity) }
}
