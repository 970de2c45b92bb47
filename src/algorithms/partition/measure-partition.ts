import type { PartLimits } from './partition-state'
import type { UnitGraph } from './unit-graph'

/** How good a division is. */
export interface PartitionFigures {
  readonly parts: number
  readonly inBand: number
  /** Parts that do not hang together. */
  readonly inPieces: number
  /** Mean and largest deviation of a part's weight from the target, per cent. */
  readonly meanDeviationPct: number
  readonly maxDeviationPct: number
  /** Borders between units of different parts, and their cost. */
  readonly cutEdges: number
  readonly cutCost: number
  /** Groups that lie in two or more parts though they would fit into one. */
  readonly splitGroups: number
}

/** Measure a division; labels 0 … parts−1, −1 for units in no part. Complexity O(parts + units + borders). */
export function measurePartition(
  graph: UnitGraph,
  label: Int32Array,
  limits: PartLimits,
  group: Int32Array | null = null,
): PartitionFigures {
  const parts = label.reduce((most, part) => Math.max(most, part + 1), 0)
  const weight = new Float64Array(parts)
  let cutEdges = 0
  let cutCost = 0
  label.forEach((part, unit) => {
    if (part >= 0) weight[part] += graph.weight[unit]
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      if (graph.neighbour[k] <= unit || label[graph.neighbour[k]] === part) continue
      cutEdges++
      cutCost += graph.edgeCost[k]
    }
  })
  const deviations = Array.from(weight, (sum) => (Math.abs(sum - limits.target) / limits.target) * 100)
  return {
    parts,
    inBand: weight.filter((sum) => sum >= limits.lower && sum <= limits.upper).length,
    inPieces: countBroken(graph, label, parts),
    meanDeviationPct: deviations.reduce((sum, deviation) => sum + deviation, 0) / Math.max(1, parts),
    maxDeviationPct: Math.max(0, ...deviations),
    cutEdges,
    cutCost,
    splitGroups: group ? countSplit(graph, label, group, limits.upper) : 0,
  }
}

function countBroken(graph: UnitGraph, label: Int32Array, parts: number): number {
  const pieces = new Int32Array(parts)
  const seen = new Uint8Array(label.length)
  const queue: number[] = []
  for (let seed = 0; seed < label.length; seed++) {
    if (seen[seed] || label[seed] < 0) continue
    pieces[label[seed]]++
    seen[seed] = 1
    queue.push(seed)
    for (let unit = queue.pop(); unit !== undefined; unit = queue.pop()) {
      for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
        const next = graph.neighbour[k]
        if (seen[next] || label[next] !== label[seed]) continue
        seen[next] = 1
        queue.push(next)
      }
    }
  }
  return pieces.filter((count) => count !== 1).length
}

function countSplit(graph: UnitGraph, label: Int32Array, group: Int32Array, upper: number): number {
  const weight = new Map<number, number>()
  const first = new Map<number, number>()
  const split = new Set<number>()
  group.forEach((id, unit) => {
    if (id < 0) return
    weight.set(id, (weight.get(id) ?? 0) + graph.weight[unit])
    if (!first.has(id)) first.set(id, label[unit])
    else if (first.get(id) !== label[unit]) split.add(id)
  })
  return [...split].filter((id) => weight.get(id)! <= upper).length
}
