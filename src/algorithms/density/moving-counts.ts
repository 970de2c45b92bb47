/**
 * Counts by cell over a span of time that moves: a step of a slider costs the matters that come in and go out, not all.
 */
export class MovingCounts {
  /** Count by cell over the span of the last move. */
  readonly counts: Int32Array
  private readonly order: Int32Array
  private readonly sortedS: Float64Array
  /** Matters order[from] … order[to − 1] are counted. */
  private from = 0
  private to = 0
  private readonly touched: Uint8Array

  /**
   * @param cellOf cell by matter; −1 is passed over
   * @param atS time by matter, seconds, in any order
   */
  constructor(cellCount: number, private readonly cellOf: Int32Array, atS: Float64Array) {
    this.counts = new Int32Array(cellCount)
    this.touched = new Uint8Array(cellCount)
    this.order = Int32Array.from(atS, (_, k) => k).sort((a, b) => atS[a] - atS[b] || a - b)
    this.sortedS = Float64Array.from(this.order, (k) => atS[k])
  }

  /**
   * Count from one moment to another, the end excluded; an end before its beginning counts nothing.
   *
   * @returns cells through which matters came in or went out, each once
   * Complexity: O(log n + matters between the old and the new span).
   */
  moveTo(fromS: number, toS: number): Int32Array {
    const from = this.firstAt(fromS)
    const to = Math.max(from, this.firstAt(toS))
    const changed: number[] = []
    const add = (first: number, last: number, step: number) => {
      for (let k = first; k < last; k++) {
        const cell = this.cellOf[this.order[k]]
        if (cell < 0) continue
        this.counts[cell] += step
        if (this.touched[cell] === 0) changed.push(cell)
        this.touched[cell] = 1
      }
    }
    // What the spans share stays.
    const [low, high] = [Math.max(from, this.from), Math.min(to, this.to)]
    if (low < high) {
      add(this.from, low, -1)
      add(high, this.to, -1)
      add(from, low, 1)
      add(high, to, 1)
    } else {
      add(this.from, this.to, -1)
      add(from, to, 1)
    }
    this.from = from
    this.to = to
    for (const cell of changed) this.touched[cell] = 0
    return Int32Array.from(changed)
  }

  private firstAt(s: number): number {
    let [low, high] = [0, this.sortedS.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.sortedS[middle] < s) low = middle + 1
      else high = middle
    }
    return low
  }
}
