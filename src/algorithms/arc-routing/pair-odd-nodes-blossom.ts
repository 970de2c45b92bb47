/** Edges a matching may use; whole weights, the more the better. */
export interface MatchingEdges {
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Whole and even. */
  readonly weight: readonly number[]
}

export interface WeightedMatching {
  /** Vertex each is matched with; −1 for none. */
  readonly mate: Int32Array
  /**
   * What an edge between two vertices would lack to be worth taking, doubled: ≥ 0 for every edge that was given, and a proof that
   * an edge which was not would change nothing where it is ≥ 0 for it too. Right only where everybody is matched.
   */
  reducedCost(a: number, b: number, weight: number): number
}

const FREE = 0
const OUTER = 1
const INNER = 2
/** Mark on an outer blossom while two paths to the roots are walked at once. */
const SEEN = 4

/**
 * Matching of most edges and, of those, most weight, by Edmonds' primal–dual method in the form of Galil (1986): trees grow from all
 * unmatched vertices at once, odd cycles shrink into blossoms. Duals need not begin alike, as everybody is to be matched; they
 * begin at each vertex's best edge, so that mutual best edges are matched at once.
 *
 * An *end* p is end p & 1 of edge p >> 1. Blossoms are numbered from `count`; a vertex is a blossom of one.
 * Complexity: O(n · (n + m)) per blossom depth, in practice n / 2 rounds of O(n + m).
 */
export function matchByBlossoms(count: number, { from, to, weight }: MatchingEdges): WeightedMatching {
  const edgeCount = from.length
  const all = 2 * count
  const vertexAt = (p: number): number => ((p & 1) === 0 ? from[p >> 1] : to[p >> 1])
  /** Far ends of the edges of each vertex. */
  const endsOf: number[][] = Array.from({ length: count }, () => [])
  const dual = new Float64Array(all)
  dual.fill(-Infinity, 0, count)
  for (let edge = 0; edge < edgeCount; edge++) {
    endsOf[from[edge]].push(2 * edge + 1)
    endsOf[to[edge]].push(2 * edge)
    for (const vertex of [from[edge], to[edge]]) dual[vertex] = Math.max(dual[vertex], weight[edge])
  }
  for (let vertex = 0; vertex < count; vertex++) if (dual[vertex] === -Infinity) dual[vertex] = 0
  /** Far end of the matched edge; −1 for none. */
  const mateEnd = new Int32Array(count).fill(-1)
  const label = new Uint8Array(all)
  /** Far end of the edge a label came by; −1 at a root. */
  const labelEnd = new Int32Array(all).fill(-1)
  /** Outermost blossom by vertex. */
  const blossomOf = Int32Array.from({ length: count }, (_, vertex) => vertex)
  const parent = new Int32Array(all).fill(-1)
  const base = Int32Array.from({ length: all }, (_, b) => (b < count ? b : -1))
  /** Blossoms within, around the cycle from the base, and the ends of the edges from each to the next. */
  const children: number[][] = Array.from({ length: all }, () => [])
  const childEnds: number[][] = Array.from({ length: all }, () => [])
  /** Edge of least slack to an outer blossom; of an outer one, to another. */
  const bestEdge = new Int32Array(all).fill(-1)
  const bestEdges: (number[] | null)[] = Array.from({ length: all }, () => null)
  const isTight = new Uint8Array(edgeCount)
  const unused = Array.from({ length: count }, (_, k) => all - 1 - k)
  const queue: number[] = []
  const slack = (edge: number): number => dual[from[edge]] + dual[to[edge]] - 2 * weight[edge]

  function forEachLeaf(b: number, visit: (vertex: number) => void): void {
    if (b < count) visit(b)
    else for (const child of children[b]) forEachLeaf(child, visit)
  }

  function assign(vertex: number, kind: number, end: number): void {
    const b = blossomOf[vertex]
    label[vertex] = label[b] = kind
    labelEnd[vertex] = labelEnd[b] = end
    bestEdge[vertex] = bestEdge[b] = -1
    if (kind === OUTER) forEachLeaf(b, (leaf) => queue.push(leaf))
    else {
      const matched = mateEnd[base[b]]
      assign(vertexAt(matched), OUTER, matched ^ 1)
    }
  }

  /** Base of the blossom that an edge between two outer vertices closes; −1 where it joins two trees. */
  function meet(v: number, w: number): number {
    const path: number[] = []
    let found = -1
    while (v !== -1 || w !== -1) {
      let b = blossomOf[v]
      if ((label[b] & SEEN) !== 0) {
        found = base[b]
        break
      }
      path.push(b)
      label[b] |= SEEN
      if (labelEnd[b] === -1) v = -1
      else {
        b = blossomOf[vertexAt(labelEnd[b])]
        v = vertexAt(labelEnd[b])
      }
      if (w !== -1) [v, w] = [w, v]
    }
    for (const b of path) label[b] = OUTER
    return found
  }

  function shrink(baseVertex: number, edge: number): void {
    const bottom = blossomOf[baseVertex]
    const b = unused.pop()!
    base[b] = baseVertex
    parent[b] = -1
    parent[bottom] = b
    const path: number[] = []
    const ends: number[] = []
    for (let child = blossomOf[from[edge]]; child !== bottom; child = blossomOf[vertexAt(labelEnd[child])]) {
      parent[child] = b
      path.push(child)
      ends.push(labelEnd[child])
    }
    path.push(bottom)
    path.reverse()
    ends.reverse()
    ends.push(2 * edge)
    for (let child = blossomOf[to[edge]]; child !== bottom; child = blossomOf[vertexAt(labelEnd[child])]) {
      parent[child] = b
      path.push(child)
      ends.push(labelEnd[child] ^ 1)
    }
    children[b] = path
    childEnds[b] = ends
    label[b] = OUTER
    labelEnd[b] = labelEnd[bottom]
    dual[b] = 0
    forEachLeaf(b, (leaf) => {
      if (label[blossomOf[leaf]] === INNER) queue.push(leaf)
      blossomOf[leaf] = b
    })
    const bestTo = new Map<number, number>()
    const consider = (other: number): void => {
      const far = blossomOf[to[other]] === b ? blossomOf[from[other]] : blossomOf[to[other]]
      if (far === b || label[far] !== OUTER) return
      const known = bestTo.get(far)
      if (known === undefined || slack(other) < slack(known)) bestTo.set(far, other)
    }
    for (const child of path) {
      const list = bestEdges[child]
      if (list) list.forEach(consider)
      else forEachLeaf(child, (leaf) => endsOf[leaf].forEach((end) => consider(end >> 1)))
      bestEdges[child] = null
      bestEdge[child] = -1
    }
    bestEdges[b] = [...bestTo.values()]
    bestEdge[b] = bestEdges[b].reduce((best, other) => (best < 0 || slack(other) < slack(best) ? other : best), -1)
  }

  /** Which way round a blossom leads to its base in an even number of steps from child `at`: that step, and what ends are read with. */
  const wayRound = (at: number, size: number): { begin: number; step: number; flip: number } =>
    ((at & 1) === 1 ? { begin: at - size, step: 1, flip: 0 } : { begin: at, step: -1, flip: 1 })

  function expand(b: number, isStageOver: boolean): void {
    const inside = children[b]
    const ends = childEnds[b]
    const size = inside.length
    const endAt = (k: number): number => ends[k < 0 ? k + size : k]
    const childAt = (k: number): number => inside[k < 0 ? k + size : k]
    for (const child of inside) {
      parent[child] = -1
      if (child < count) blossomOf[child] = child
      else if (isStageOver && dual[child] === 0) expand(child, true)
      else forEachLeaf(child, (leaf) => (blossomOf[leaf] = child))
    }
    if (!isStageOver && label[b] === INNER) {
      // The even way from where the tree enters to the base stays in the tree; the rest falls out of it.
      const entry = blossomOf[vertexAt(labelEnd[b] ^ 1)]
      const { begin, step, flip } = wayRound(inside.indexOf(entry), size)
      let at = begin
      let p = labelEnd[b]
      while (at !== 0) {
        label[vertexAt(p ^ 1)] = FREE
        label[vertexAt(endAt(at - flip) ^ flip ^ 1)] = FREE
        assign(vertexAt(p ^ 1), INNER, p)
        isTight[endAt(at - flip) >> 1] = 1
        at += step
        p = endAt(at - flip) ^ flip
        isTight[p >> 1] = 1
        at += step
      }
      const last = childAt(at)
      label[vertexAt(p ^ 1)] = label[last] = INNER
      labelEnd[vertexAt(p ^ 1)] = labelEnd[last] = p
      bestEdge[last] = -1
      for (at += step; childAt(at) !== entry; at += step) {
        const child = childAt(at)
        if (label[child] === OUTER) continue
        let reached = -1
        forEachLeaf(child, (leaf) => {
          if (reached < 0 && label[leaf] !== FREE) reached = leaf
        })
        if (reached < 0) continue
        label[reached] = FREE
        label[vertexAt(mateEnd[base[child]])] = FREE
        assign(reached, INNER, labelEnd[reached])
      }
    }
    label[b] = FREE
    labelEnd[b] = -1
    children[b] = []
    childEnds[b] = []
    base[b] = -1
    bestEdges[b] = null
    bestEdge[b] = -1
    unused.push(b)
  }

  /** Matches within a blossom so that `vertex` becomes its base. */
  function turn(b: number, vertex: number): void {
    let child = vertex
    while (parent[child] !== b) child = parent[child]
    if (child >= count) turn(child, vertex)
    const inside = children[b]
    const ends = childEnds[b]
    const size = inside.length
    const turned = inside.indexOf(child)
    const { begin, step, flip } = wayRound(turned, size)
    let at = begin
    while (at !== 0) {
      at += step
      const k = at - flip
      const p = ends[k < 0 ? k + size : k] ^ flip
      const near = inside[at < 0 ? at + size : at]
      if (near >= count) turn(near, vertexAt(p))
      at += step
      const far = inside[at < 0 ? at + size : at]
      if (far >= count) turn(far, vertexAt(p ^ 1))
      mateEnd[vertexAt(p)] = p ^ 1
      mateEnd[vertexAt(p ^ 1)] = p
    }
    children[b] = [...inside.slice(turned), ...inside.slice(0, turned)]
    childEnds[b] = [...ends.slice(turned), ...ends.slice(0, turned)]
    base[b] = base[children[b][0]]
  }

  function augment(edge: number): void {
    for (const side of [0, 1]) {
      let vertex = side === 0 ? from[edge] : to[edge]
      let p = 2 * edge + 1 - side
      for (;;) {
        const outer = blossomOf[vertex]
        if (outer >= count) turn(outer, vertex)
        mateEnd[vertex] = p
        if (labelEnd[outer] === -1) break
        const inner = blossomOf[vertexAt(labelEnd[outer])]
        const entered = vertexAt(labelEnd[inner] ^ 1)
        vertex = vertexAt(labelEnd[inner])
        if (inner >= count) turn(inner, entered)
        mateEnd[entered] = labelEnd[inner]
        p = labelEnd[inner] ^ 1
      }
    }
  }

  /** Grows the trees along tight edges; whether two of them met. */
  function grow(): boolean {
    while (queue.length > 0) {
      const v = queue.pop()!
      for (const p of endsOf[v]) {
        const edge = p >> 1
        const w = vertexAt(p)
        const bv = blossomOf[v]
        const bw = blossomOf[w]
        if (bv === bw) continue
        const lack = isTight[edge] === 1 ? 0 : slack(edge)
        if (lack <= 0) {
          isTight[edge] = 1
          if (label[bw] === FREE) assign(w, INNER, p ^ 1)
          else if (label[bw] === OUTER) {
            const bottom = meet(v, w)
            if (bottom < 0) {
              augment(edge)
              return true
            }
            shrink(bottom, edge)
          } else if (label[w] === FREE) {
            label[w] = INNER
            labelEnd[w] = p ^ 1
          }
        } else if (label[bw] === OUTER) {
          if (bestEdge[bv] < 0 || lack < slack(bestEdge[bv])) bestEdge[bv] = edge
        } else if (label[w] === FREE && (bestEdge[w] < 0 || lack < slack(bestEdge[w]))) bestEdge[w] = edge
      }
    }
    return false
  }

  /** Changes duals until an edge becomes tight or an inner blossom opens; false where nothing can. */
  function relax(): boolean {
    let delta = Infinity
    let edge = -1
    let opened = -1
    for (let v = 0; v < count; v++) {
      if (label[blossomOf[v]] !== FREE || bestEdge[v] < 0 || slack(bestEdge[v]) >= delta) continue
      edge = bestEdge[v]
      delta = slack(edge)
    }
    for (let b = 0; b < all; b++) {
      if (parent[b] !== -1 || base[b] < 0) continue
      if (label[b] === OUTER && bestEdge[b] >= 0 && slack(bestEdge[b]) / 2 < delta) {
        edge = bestEdge[b]
        delta = slack(edge) / 2
      } else if (b >= count && label[b] === INNER && dual[b] < delta) {
        opened = b
        delta = dual[b]
      }
    }
    if (delta === Infinity) return false
    for (let v = 0; v < count; v++) {
      const kind = label[blossomOf[v]]
      if (kind !== FREE) dual[v] += kind === OUTER ? -delta : delta
    }
    for (let b = count; b < all; b++) {
      if (base[b] >= 0 && parent[b] === -1 && label[b] !== FREE) dual[b] += label[b] === OUTER ? delta : -delta
    }
    if (opened >= 0 && dual[opened] === 0 && (edge < 0 || slack(edge) > 0)) expand(opened, false)
    else {
      isTight[edge] = 1
      queue.push(label[blossomOf[from[edge]]] === OUTER ? from[edge] : to[edge])
    }
    return true
  }

  function matchMutualBest(): void {
    for (let edge = 0; edge < edgeCount; edge++) {
      if (mateEnd[from[edge]] >= 0 || mateEnd[to[edge]] >= 0 || from[edge] === to[edge] || slack(edge) > 0) continue
      mateEnd[from[edge]] = 2 * edge + 1
      mateEnd[to[edge]] = 2 * edge
    }
  }

  matchMutualBest()
  for (let isDone = false; !isDone; ) {
    label.fill(FREE)
    bestEdge.fill(-1)
    bestEdges.fill(null)
    isTight.fill(0)
    queue.length = 0
    for (let v = 0; v < count; v++) if (mateEnd[v] === -1 && label[blossomOf[v]] === FREE) assign(v, OUTER, -1)
    let hasGrown = grow()
    while (!hasGrown && relax()) hasGrown = grow()
    isDone = !hasGrown
    for (let b = count; b < all; b++) {
      if (parent[b] === -1 && base[b] >= 0 && label[b] === OUTER && dual[b] === 0) expand(b, true)
    }
  }

  return {
    mate: Int32Array.from(mateEnd, (end) => (end < 0 ? -1 : vertexAt(end))),
    reducedCost(a, b, weightOf) {
      let cost = dual[a] + dual[b] - 2 * weightOf
      if (blossomOf[a] !== blossomOf[b]) return cost
      const around = new Set<number>()
      for (let outer = parent[a]; outer >= 0; outer = parent[outer]) around.add(outer)
      for (let outer = parent[b]; outer >= 0; outer = parent[outer]) if (around.has(outer)) cost += 2 * dual[outer]
      return cost
    },
  }
}
