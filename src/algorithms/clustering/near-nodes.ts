import Flatbush from 'flatbush'
import type { NodeCosts } from './node-costs'

/** For each node the `each` nearest others among some nodes, nearest first: those of node i at i · each. */
export interface NearNodes {
  readonly each: number
  readonly node: Int32Array
}

/**
 * Nodes near each node, by the way towards it. Straight ways by an R-tree, O(n log n) for a few each; tables row by row, O(n² log n).
 *
 * @param among candidates, at least two
 */
export function nearNodes(costs: NodeCosts, wanted: number, among: Int32Array): NearNodes {
  const each = Math.max(1, Math.min(wanted, among.length - 1))
  const node = new Int32Array(costs.count * each)
  const find = costs.table === null ? searchPoints(costs, among, each + 1) : searchTable(costs, among, each + 1)
  for (let i = 0; i < costs.count; i++) {
    let at = i * each
    for (const other of find(i)) {
      if (other !== i && at < (i + 1) * each) node[at++] = other
    }
  }
  return { each, node }
}

function searchPoints({ x, y }: NodeCosts, among: Int32Array, wanted: number): (node: number) => number[] {
  const tree = new Flatbush(among.length)
  for (const node of among) tree.add(x[node], y[node])
  tree.finish()
  return (node) => tree.neighbors(x[node], y[node], wanted).map((index) => among[index])
}

function searchTable(costs: NodeCosts, among: Int32Array, wanted: number): (node: number) => Int32Array {
  const wayOf = new Float64Array(costs.count)
  return (node) => {
    for (const other of among) wayOf[other] = other === node ? -1 : costs.way(other, node)
    return among.slice().sort((a, b) => wayOf[a] - wayOf[b] || a - b).subarray(0, wanted)
  }
}
