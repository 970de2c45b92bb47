/** A network that is built arc by arc and solved once; nodes 0 … n−1, whole numbers. */
export interface FlowNetwork {
  /** Add to what the node gives (> 0) or takes (< 0). */
  supply(node: number, amount: number): void
  /** @param capacity ≥ 0, may be Infinity; @param cost ≥ 0 for each unit of flow. Returns the arc, for `flowOn`. */
  arc(from: number, to: number, capacity: number, cost: number): number
  /** Least cost of a flow that carries every supply to a demand; Infinity where there is none. Call once. */
  leastCost(): number
  /** Flow on an arc, once solved. */
  flowOn(arc: number): number
}

/**
 * Minimum-cost flow by successive shortest paths over the residual network (Ahuja, Magnanti and Orlin 1993, section 9.7), the
 * paths by label correcting with a queue. Meant for networks of some thousand arcs with few distinct costs.
 * Complexity O(paths × arcs) in practice.
 */
export function createFlowNetwork(nodes: number): FlowNetwork {
  const balance = new Float64Array(nodes)
  const arcsOf: number[][] = Array.from({ length: nodes }, () => [])
  /** Arc e and its reverse e ^ 1. */
  const head: number[] = []
  const left: number[] = []
  const costOf: number[] = []
  const distance = new Float64Array(nodes)
  const reachedBy = new Int32Array(nodes)
  const isQueued = new Uint8Array(nodes)

  function half(from: number, to: number, capacity: number, cost: number): void {
    arcsOf[from].push(head.length)
    head.push(to)
    left.push(capacity)
    costOf.push(cost)
  }

  /** Distances from a node over arcs with room left. */
  function reach(source: number): void {
    distance.fill(Infinity)
    distance[source] = 0
    const queue = [source]
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at]
      isQueued[node] = 0
      for (const arc of arcsOf[node]) {
        const there = distance[node] + costOf[arc]
        if (left[arc] === 0 || there >= distance[head[arc]]) continue
        distance[head[arc]] = there
        reachedBy[head[arc]] = arc
        if (isQueued[head[arc]]) continue
        isQueued[head[arc]] = 1
        queue.push(head[arc])
      }
    }
  }

  function nearestDemand(): number {
    let nearest = -1
    for (let node = 0; node < nodes; node++) {
      if (balance[node] < 0 && distance[node] < (nearest < 0 ? Infinity : distance[nearest])) nearest = node
    }
    return nearest
  }

  return {
    supply: (node, amount) => (balance[node] += amount),
    arc(from, to, capacity, cost) {
      half(from, to, capacity, cost)
      half(to, from, 0, -cost)
      return head.length - 2
    },
    flowOn: (arc) => left[arc ^ 1],
    leastCost() {
      let cost = 0
      for (let source = 0; source < nodes; source++) {
        while (balance[source] > 0) {
          reach(source)
          const target = nearestDemand()
          if (target < 0) return Infinity
          let amount = Math.min(balance[source], -balance[target])
          for (let node = target; node !== source; node = head[reachedBy[node] ^ 1]) amount = Math.min(amount, left[reachedBy[node]])
          for (let node = target; node !== source; node = head[reachedBy[node] ^ 1]) {
            left[reachedBy[node]] -= amount
            left[reachedBy[node] ^ 1] += amount
          }
          balance[source] -= amount
          balance[target] += amount
          cost += amount * distance[target]
        }
      }
      return cost
    },
  }
}
