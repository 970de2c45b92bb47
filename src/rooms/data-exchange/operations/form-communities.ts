import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { labelComponents } from '@/algorithms/partition/unit-graph'
import type { Land } from '@/core/land'
import { groupCells } from './group-cells'
import { readingOrder } from './reading-order'

/** Households of a community that is made here: what PRODUCT calls the size of an urban community. */
export const COMMUNITY_LIMITS = { lower: 600, upper: 1_500, target: 1_000 } as const

/**
 * Communities where no file tells any: cells joined along main streets. A piece of land too small for one (an islet) joins the community
 * nearest to it. Numbered as one reads.
 *
 * @returns community by cell
 */
export function formCommunities(graph: UnitGraph, land: Land, compound: Int32Array, seed: number): { community: Int32Array; count: number } {
  const cells = [...land.cellAreaM2.keys()]
  const { part, parts } = groupCells(graph, cells, COMMUNITY_LIMITS, compound, seed)
  const merged = joinIslets(graph, part, parts)
  const at = (k: number) => ({ x: graph.x[k], y: graph.y[k], areaM2: land.cellAreaM2[k] })
  const rank = readingOrder(merged.part, merged.parts, at)
  return { community: merged.part.map((own) => rank[own]), count: merged.parts }
}

function joinIslets(graph: UnitGraph, part: Int32Array, parts: number): { part: Int32Array; parts: number } {
  const weight = new Float64Array(parts)
  part.forEach((own, cell) => (weight[own] += graph.weight[cell]))
  const pieces = labelComponents(graph, () => true)
  const joined = part.slice()
  for (let own = 0; own < parts; own++) {
    if (weight[own] >= COMMUNITY_LIMITS.lower) continue
    const cells = [...joined.keys()].filter((cell) => part[cell] === own)
    // Only whole pieces of land: a small part beside others is the division's own choice.
    if (cells.length === 0 || pieces.label.filter((piece) => piece === pieces.label[cells[0]]).length !== cells.length) continue
    let nearest = -1
    let best = Infinity
    for (let cell = 0; cell < joined.length; cell++) {
      if (joined[cell] === own) continue
      const distance = (graph.x[cell] - graph.x[cells[0]]) ** 2 + (graph.y[cell] - graph.y[cells[0]]) ** 2
      if (distance < best) {
        best = distance
        nearest = joined[cell]
      }
    }
    if (nearest >= 0) for (const cell of cells) joined[cell] = nearest
  }
  const used = [...new Set(joined)].sort((a, b) => a - b)
  const renumbered = new Map(used.map((own, k) => [own, k]))
  return { part: joined.map((own) => renumbered.get(own)!), parts: used.length }
}
