import type { UnitGraph } from './unit-graph'

/**
 * Units of a list with the borders among them; unit i of the result is `units[i]`.
 * @param units distinct
 * @param priceOf cost of a border, by its entry in `graph`; as it is there when left out
 * Complexity O(units of the graph + borders of the list).
 */
export function induceGraph(
  graph: UnitGraph,
  units: readonly number[],
  priceOf: (entry: number) => number = (entry) => graph.edgeCost[entry],
): UnitGraph {
  const place = new Int32Array(graph.weight.length).fill(-1)
  units.forEach((unit, at) => (place[unit] = at))
  const start = new Uint32Array(units.length + 1)
  const neighbour: number[] = []
  const edgeCost: number[] = []
  units.forEach((unit, at) => {
    for (let entry = graph.start[unit]; entry < graph.start[unit + 1]; entry++) {
      const other = place[graph.neighbour[entry]]
      if (other < 0) continue
      neighbour.push(other)
      edgeCost.push(priceOf(entry))
    }
    start[at + 1] = neighbour.length
  })
  const column = (values: Float64Array) => Float64Array.from(units, (unit) => values[unit])
  return {
    start,
    neighbour: Int32Array.from(neighbour),
    edgeCost: Float64Array.from(edgeCost),
    weight: column(graph.weight),
    x: column(graph.x),
    y: column(graph.y),
  }
}
