import { contractGroups } from '@/algorithms/partition/contract-groups'
import type { PartLimits } from '@/algorithms/partition/partition-state'
import { partitionUnits } from '@/algorithms/partition/partition-units'
import { labelComponents, type UnitGraph } from '@/algorithms/partition/unit-graph'

/**
 * Divide some cells into parts that hang together and lie in the band where that can be; compounds stay whole unless they exceed the
 * upper limit. What does not hang together is divided piece by piece.
 *
 * @param cells cell indices, ascending
 * @param compound compound by cell of the graph, −1 for none
 * @returns part by position in `cells`, 0 … parts−1
 */
export function groupCells(
  graph: UnitGraph,
  cells: readonly number[],
  limits: PartLimits,
  compound: Int32Array,
  seed: number,
): { part: Int32Array; parts: number } {
  const part = new Int32Array(cells.length)
  const inside = subgraph(graph, cells)
  const pieces = labelComponents(inside, () => true)
  let parts = 0
  for (let piece = 0; piece < pieces.count; piece++) {
    const members = [...cells.keys()].filter((k) => pieces.label[k] === piece)
    const own = subgraph(inside, members)
    const groups = Int32Array.from(members, (k) => compound[cells[k]])
    const { graph: units, unitOf } = contractGroups(own, groups, limits.upper)
    const count = partCount(units, limits)
    const label = partitionUnits(units, count, limits, seed)
    members.forEach((k, at) => (part[k] = parts + label[unitOf[at]]))
    parts += count
  }
  return { part, parts }
}

/** How many parts: those nearest to the target among the numbers that can keep the band; one where the whole is small. */
function partCount(units: UnitGraph, { lower, upper, target }: PartLimits): number {
  const total = units.weight.reduce((sum, weight) => sum + weight, 0)
  if (total <= upper) return 1
  const least = Math.ceil(total / upper)
  const most = Math.max(least, Math.floor(total / lower))
  const wanted = Math.min(most, Math.max(least, Math.round(total / target)))
  return Math.min(wanted, units.weight.length)
}

/** The graph of some units alone, renumbered by their place in the list. */
function subgraph(graph: UnitGraph, members: readonly number[]): UnitGraph {
  const place = new Int32Array(graph.weight.length).fill(-1)
  members.forEach((unit, k) => (place[unit] = k))
  const start = new Uint32Array(members.length + 1)
  const neighbour: number[] = []
  const edgeCost: number[] = []
  members.forEach((unit, k) => {
    for (let e = graph.start[unit]; e < graph.start[unit + 1]; e++) {
      const other = place[graph.neighbour[e]]
      if (other < 0) continue
      neighbour.push(other)
      edgeCost.push(graph.edgeCost[e])
    }
    start[k + 1] = neighbour.length
  })
  const pick = (column: Float64Array): Float64Array => Float64Array.from(members, (unit) => column[unit])
  return {
    start,
    neighbour: Int32Array.from(neighbour),
    edgeCost: Float64Array.from(edgeCost),
    weight: pick(graph.weight),
    x: pick(graph.x),
    y: pick(graph.y),
  }
}
