/** Disjoint sets of 0 … n−1 with path halving; the smallest member is the representative, so results never depend on order. */
export class DisjointSets {
  readonly parent: Int32Array

  constructor(count: number) {
    this.parent = new Int32Array(count)
    for (let i = 0; i < count; i++) this.parent[i] = i
  }

  find(i: number): number {
    const { parent } = this
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]]
      i = parent[i]
    }
    return i
  }

  /** Join the sets of a and b; returns the representative. */
  union(a: number, b: number): number {
    const ra = this.find(a)
    const rb = this.find(b)
    if (ra === rb) return ra
    const low = ra < rb ? ra : rb
    this.parent[ra < rb ? rb : ra] = low
    return low
  }
}
