/**
 * Nodes in order of their keys: a heap of four children on typed arrays that knows where each node stands, so that a key can
 * fall. Ties leave by the lower node, so results never depend on the order of arrival.
 */
export class NodeQueue {
  private readonly heap: Int32Array
  /** Place in the heap by node, −1 outside. */
  private readonly place: Int32Array
  private readonly key: Float64Array
  private count = 0

  constructor(nodeCount: number) {
    this.heap = new Int32Array(nodeCount)
    this.place = new Int32Array(nodeCount).fill(-1)
    this.key = new Float64Array(nodeCount)
  }

  /** Key of the first node; Infinity where there is none. */
  get least(): number {
    return this.count > 0 ? this.key[this.heap[0]] : Infinity
  }

  clear(): void {
    for (let k = 0; k < this.count; k++) this.place[this.heap[k]] = -1
    this.count = 0
  }

  /** Put a node in, or let its key fall. */
  offer(node: number, key: number): void {
    const { heap, place } = this
    this.key[node] = key
    let at = place[node] >= 0 ? place[node] : this.count++
    while (at > 0) {
      const up = (at - 1) >> 2
      if (!this.isBefore(node, heap[up])) break
      heap[at] = heap[up]
      place[heap[at]] = at
      at = up
    }
    heap[at] = node
    place[node] = at
  }

  /** Take the first node out; −1 where there is none. */
  take(): number {
    if (this.count === 0) return -1
    const { heap, place } = this
    const first = heap[0]
    place[first] = -1
    const last = heap[--this.count]
    if (this.count === 0) return first
    let at = 0
    for (;;) {
      const from = 4 * at + 1
      if (from >= this.count) break
      let low = from
      for (let child = from + 1; child < Math.min(from + 4, this.count); child++) if (this.isBefore(heap[child], heap[low])) low = child
      if (!this.isBefore(heap[low], last)) break
      heap[at] = heap[low]
      place[heap[at]] = at
      at = low
    }
    heap[at] = last
    place[last] = at
    return first
  }

  private isBefore(a: number, b: number): boolean {
    return this.key[a] < this.key[b] || (this.key[a] === this.key[b] && a < b)
  }
}
