import type { UnitGraph } from './unit-graph'

export interface ContractedGraph {
  readonly graph: UnitGraph
  /** Contracted unit by unit. */
  readonly unitOf: Int32Array
}

/**
 * Join the units of each group (compound) into one, so that no border can run through it. A group heavier than
 * `maxWeight` stays apart: it has to be divided. Of a group that does not hang together each connected part is joined.
 *
 * @param group group by unit, −1 for none; n
 * Complexity O(units + borders × log).
 */
export function contractGroups(graph: UnitGraph, group: Int32Array, maxWeight: number): ContractedGraph {
  const size = group.length
  const groupWeight = new Map<number, number>()
  for (let unit = 0; unit < size; unit++) {
    if (group[unit] >= 0) groupWeight.set(group[unit], (groupWeight.get(group[unit]) ?? 0) + graph.weight[unit])
  }
  const unitOf = new Int32Array(size).fill(-1)
  const queue: number[] = []
  let count = 0
  for (let seed = 0; seed < size; seed++) {
    if (unitOf[seed] >= 0) continue
    unitOf[seed] = count
    if (group[seed] >= 0 && groupWeight.get(group[seed])! <= maxWeight) {
      queue.push(seed)
      for (let unit = queue.pop(); unit !== undefined; unit = queue.pop()) {
        for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
          const next = graph.neighbour[k]
          if (unitOf[next] >= 0 || group[next] !== group[seed]) continue
          unitOf[next] = count
          queue.push(next)
        }
      }
    }
    count++
  }
  return { graph: contract(graph, unitOf, count), unitOf }
}

function contract(graph: UnitGraph, unitOf: Int32Array, count: number): UnitGraph {
  const weight = new Float64Array(count)
  const x = new Float64Array(count)
  const y = new Float64Array(count)
  const members = new Float64Array(count)
  const borders: Map<number, number>[] = Array.from({ length: count }, () => new Map())
  for (let unit = 0; unit < unitOf.length; unit++) {
    const whole = unitOf[unit]
    weight[whole] += graph.weight[unit]
    x[whole] += graph.x[unit]
    y[whole] += graph.y[unit]
    members[whole]++
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      const other = unitOf[graph.neighbour[k]]
      if (other !== whole) borders[whole].set(other, (borders[whole].get(other) ?? 0) + graph.edgeCost[k])
    }
  }
  const start = new Uint32Array(count + 1)
  const rows = borders.map((row) => [...row].sort(([a], [b]) => a - b))
  rows.forEach((row, unit) => (start[unit + 1] = start[unit] + row.length))
  return {
    start,
    neighbour: Int32Array.from(rows.flatMap((row) => row.map(([other]) => other))),
    edgeCost: Float64Array.from(rows.flatMap((row) => row.map(([, cost]) => cost))),
    weight,
    x: x.map((sum, unit) => sum / members[unit]),
    y: y.map((sum, unit) => sum / members[unit]),
  }
}
