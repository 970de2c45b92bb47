/**
 * What it costs to serve a node from a median: its weight times the way between them. The way is straight between points, or
 * taken from a table; one class for both, so that the loops of the solver call one small method that is always inlined.
 */
export class NodeCosts {
  constructor(
    readonly count: number,
    readonly x: Float64Array,
    readonly y: Float64Array,
    /** Way from node to median at `node · count + median`, or null where it is straight. */
    readonly table: Float64Array | null,
    readonly weight: Float64Array,
  ) {}

  /** Way from a node to a median, without weight. */
  way(node: number, median: number): number {
    if (this.table !== null) return this.table[node * this.count + median]
    const dx = this.x[node] - this.x[median]
    const dy = this.y[node] - this.y[median]
    return Math.sqrt(dx * dx + dy * dy)
  }

  of(node: number, median: number): number {
    return this.weight[node] * this.way(node, median)
  }
}

/** Straight ways between points, in the unit of the coordinates. @param weight of each node ≥ 0; 1 when left out */
export function costsOfPoints(x: Float64Array, y: Float64Array, weight?: Float64Array): NodeCosts {
  return new NodeCosts(x.length, x, y, null, weight ?? new Float64Array(x.length).fill(1))
}

/**
 * Ways by a function, tabulated: 8 bytes for each pair of nodes, so meant for some thousand nodes.
 *
 * @param way from node to median ≥ 0; need not be symmetric
 */
export function costsOfWays(count: number, way: (node: number, median: number) => number, weight?: Float64Array): NodeCosts {
  const table = new Float64Array(count * count)
  for (let node = 0; node < count; node++) {
    for (let median = 0; median < count; median++) table[node * count + median] = way(node, median)
  }
  const nowhere = new Float64Array(count)
  return new NodeCosts(count, nowhere, nowhere, table, weight ?? new Float64Array(count).fill(1))
}
