import { DisjointSets } from '../shared/disjoint-sets'
import type { StreetGraph } from './street-graph'

/** What hangs together, by node, and its metres: component 0 is the longest, the others follow; equals by their lowest node. */
export function numberComponents(
  nodeCount: number, edgeFrom: Int32Array, edgeTo: Int32Array, edgeLengthM: Float64Array,
): Pick<StreetGraph, 'component' | 'componentLengthM'> {
  const sets = new DisjointSets(nodeCount)
  edgeFrom.forEach((node, edge) => sets.union(node, edgeTo[edge]))
  const lengthM = new Map<number, number>()
  edgeFrom.forEach((node, edge) => lengthM.set(sets.find(node), (lengthM.get(sets.find(node)) ?? 0) + edgeLengthM[edge]))
  const ranked = [...lengthM].sort(([a, aM], [b, bM]) => bM - aM || a - b)
  const rank = new Map(ranked.map(([root], number) => [root, number]))
  return {
    component: Int32Array.from({ length: nodeCount }, (_, node) => rank.get(sets.find(node))!),
    componentLengthM: Float64Array.from(ranked, ([, metres]) => metres),
  }
}
