import { loadCost, moveUnit, weightCost, type PartitionState } from './partition-state'

/** Makes recombinations of one division; keeps its arrays between calls. */
export interface PairRecombiner {
  /**
   * Draw the border between two neighbouring parts anew along a random tree, if that is cheaper or within `slack` mean
   * borders of what is there. Returns the change in cost, 0 where nothing was done.
   */
  recombine(first: number, second: number, slack: number): number
}

/**
 * Recombination of two parts: join them, draw a random spanning tree that clings to dear borders, and cut the tree
 * where weights and border come cheapest. Both sides hang together by construction.
 * Source: recombination of DeFord, Duchin and Solomon (2021). Departs: the tree favours borders that cost much, so that cut
 * ones are cheap; all cuts of the tree are priced exactly at once, a border being charged at its ends and credited at their
 * lowest common ancestor.
 * Complexity O(units × log + borders × depth) a call, units and borders of the two parts.
 */
export function createPairRecombiner(state: PartitionState, random: () => number): PairRecombiner {
  const { graph, label, loads, meanEdgeCost } = state
  const size = label.length
  const local = new Int32Array(size).fill(-1)
  const units: number[] = []
  const ends: number[] = []
  const costs: number[] = []
  const keys: number[] = []
  const order: number[] = []
  const parent: number[] = []
  const depth: number[] = []
  const branchWeight: number[] = []
  const branchCut: number[] = []
  /** By load: what the branch below each unit has of it. */
  const branchLoad: number[][] = loads.map(() => [])
  const root: number[] = []
  const treeNext: number[][] = []
  const visit: number[] = []

  const find = (unit: number): number => {
    while (root[unit] !== unit) unit = root[unit] = root[root[unit]]
    return unit
  }

  /** Collect the units of both parts and the borders among them; returns the cost of the border between the parts. */
  function collect(first: number, second: number): number {
    units.length = 0
    for (const unit of state.units[first]) units.push(unit)
    for (const unit of state.units[second]) units.push(unit)
    for (let i = 0; i < units.length; i++) local[units[i]] = i
    ends.length = 0
    costs.length = 0
    let between = 0
    for (let i = 0; i < units.length; i++) {
      const unit = units[i]
      for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
        const j = local[graph.neighbour[k]]
        if (j <= i) continue
        ends.push(i, j)
        costs.push(graph.edgeCost[k])
        if (label[unit] !== label[graph.neighbour[k]]) between += graph.edgeCost[k]
      }
    }
    return between
  }

  /** Minimum spanning tree for keys that are early with probability in proportion to cost. */
  function growTree(): void {
    const edgeCount = costs.length
    keys.length = edgeCount
    order.length = edgeCount
    for (let e = 0; e < edgeCount; e++) {
      keys[e] = -Math.log(1 - random()) / costs[e]
      order[e] = e
    }
    order.sort((a, b) => keys[a] - keys[b])
    for (let i = 0; i < units.length; i++) {
      root[i] = i
      if (treeNext[i]) treeNext[i].length = 0
      else treeNext[i] = []
    }
    for (const e of order) {
      const a = find(ends[2 * e])
      const b = find(ends[2 * e + 1])
      if (a === b) continue
      root[a] = b
      treeNext[ends[2 * e]].push(ends[2 * e + 1])
      treeNext[ends[2 * e + 1]].push(ends[2 * e])
    }
  }

  /** Weight below each unit of the tree, and cost of the borders out of its branch. */
  function priceCuts(): void {
    visit.length = 1
    visit[0] = 0
    parent[0] = -1
    depth[0] = 0
    for (let at = 0; at < visit.length; at++) {
      const i = visit[at]
      branchWeight[i] = graph.weight[units[i]]
      branchCut[i] = 0
      for (let l = 0; l < loads.length; l++) branchLoad[l][i] = loads[l].amount[units[i]]
      for (const j of treeNext[i]) {
        if (j === parent[i]) continue
        parent[j] = i
        depth[j] = depth[i] + 1
        visit.push(j)
      }
    }
    for (let e = 0; e < costs.length; e++) {
      let a = ends[2 * e]
      let b = ends[2 * e + 1]
      branchCut[a] += costs[e]
      branchCut[b] += costs[e]
      while (depth[a] > depth[b]) a = parent[a]
      while (depth[b] > depth[a]) b = parent[b]
      while (a !== b) {
        a = parent[a]
        b = parent[b]
      }
      branchCut[a] -= 2 * costs[e]
    }
    for (let at = visit.length - 1; at > 0; at--) {
      branchWeight[parent[visit[at]]] += branchWeight[visit[at]]
      branchCut[parent[visit[at]]] += branchCut[visit[at]]
      for (const sums of branchLoad) sums[parent[visit[at]]] += sums[visit[at]]
    }
  }

  function recombine(first: number, second: number, slack: number): number {
    const between = collect(first, second)
    let old = weightCost(state, state.weight[first]) + weightCost(state, state.weight[second]) + between / meanEdgeCost
    for (const load of loads) old += loadCost(load, load.sum[first]) + loadCost(load, load.sum[second])
    let best = -1
    let least = old + slack
    if (between > 0) {
      growTree()
      priceCuts()
      const total = state.weight[first] + state.weight[second]
      for (let at = 1; at < visit.length; at++) {
        const i = visit[at]
        let cost = weightCost(state, branchWeight[i]) + weightCost(state, total - branchWeight[i]) + branchCut[i] / meanEdgeCost
        for (let l = 0; l < loads.length; l++) {
          cost += loadCost(loads[l], branchLoad[l][i]) + loadCost(loads[l], branchLoad[l][0] - branchLoad[l][i])
        }
        if (cost >= least - 1e-9) continue
        least = cost
        best = i
      }
    }
    if (best >= 0) cutTree(best, first, second)
    for (const unit of units) local[unit] = -1
    return best >= 0 ? least - old : 0
  }

  /** Below the cut becomes the part that owns more of it already, so that labels stay where they were. */
  function cutTree(top: number, first: number, second: number): void {
    const below = new Uint8Array(units.length)
    below[top] = 1
    let ownedByFirst = 0
    let count = 0
    for (const i of visit) {
      if (i !== top && parent[i] >= 0 && below[parent[i]]) below[i] = 1
      if (!below[i]) continue
      count++
      if (label[units[i]] === first) ownedByFirst++
    }
    const [inside, outside] = 2 * ownedByFirst >= count ? [first, second] : [second, first]
    for (let i = 0; i < units.length; i++) {
      const to = below[i] ? inside : outside
      if (label[units[i]] !== to) moveUnit(state, units[i], to)
    }
  }

  return { recombine }
}
