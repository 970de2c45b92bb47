import { contractGroups, type ContractedGraph } from './contract-groups'
import { induceGraph } from './induce-graph'
import { LEAST_COST } from './price-borders'
import type { PartLimits } from './partition-state'
import type { UnitGraph } from './unit-graph'

/** The land of one community with its grids, cells as units: what all of automatic redesign starts from. Plain data. */
export interface DivisionGround {
  /** Cells; `edgeCost` is metres of border. Walls and hard barriers are no borders, bridges are. */
  readonly graph: UnitGraph
  /** By entry of the graph: metres that are not charged because the border follows something, and metres along streets. */
  readonly savedM: Float64Array
  readonly streetM: Float64Array
  /** Compound by cell, −1 none: cells that are to stay together. */
  readonly compound: Int32Array
  readonly residents: Float64Array
  readonly members: Float64Array
  readonly special: Float64Array
  /** Grid by cell, 0 … grids−1, −1 none. */
  readonly grid: Int32Array
  /** By grid: 1 where it neither gives nor takes (locked, or not a basic grid). */
  readonly fixed: Uint8Array
  /** By grid: 1 where limits speak of it (a basic grid). */
  readonly counted: Uint8Array
  readonly limits: PartLimits
}

/** What a division is to be good at. */
export const AIMS = ['balanced', 'compact', 'streets', 'members', 'kept'] as const
export type Aim = (typeof AIMS)[number]

/** What a person asks of a division. */
export interface DivisionWishes {
  /** Compounds that fit into a grid stay whole. */
  readonly wholeCompounds: boolean
  /** Members each grid should have. */
  readonly minMembers: number
  /** Price of deviations from the mean, in that of households; 0 asks for nothing. */
  readonly weights: { readonly residents: number; readonly members: number; readonly special: number }
  readonly seed: number
}

/** A part of the ground, units being positions in `cells`; compounds are joined to one unit where wanted. */
export interface SubGround extends ContractedGraph {
  readonly cells: readonly number[]
  /** Sums by unit of a column by cell. */
  sumOf(column: Float64Array): Float64Array
}

/** Cells of a list with the borders among them, priced. A `discount` of 1 charges what follows nothing, 0 all metres alike. */
export const pricedGraph = ({ graph, savedM }: DivisionGround, cells: readonly number[], discount: number): UnitGraph =>
  induceGraph(graph, cells, (entry) => Math.max(LEAST_COST, graph.edgeCost[entry] - discount * savedM[entry]))

/**
 * Cells of a list as `pricedGraph` has them, some joined.
 * @param group units that stay together, by cell; null joins nothing
 */
export function subGround(ground: DivisionGround, cells: readonly number[], discount: number, group: Int32Array | null): SubGround {
  const flat = pricedGraph(ground, cells, discount)
  const joined = contractGroups(flat, group ? Int32Array.from(cells, (cell) => group[cell]) : new Int32Array(cells.length).fill(-1), ground.limits.upper)
  return {
    ...joined,
    cells,
    sumOf(values) {
      const sums = new Float64Array(joined.graph.weight.length)
      cells.forEach((cell, unit) => (sums[joined.unitOf[unit]] += values[cell]))
      return sums
    },
  }
}
