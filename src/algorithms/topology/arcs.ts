import type { Borders } from './borders'

/** Chains of border points between nodes. Arc k owns points start[k] … start[k+1]−1; the last repeats none. */
export interface Arcs {
  readonly count: number
  readonly start: Uint32Array
  /** Point of `Borders.points` by arc point. */
  readonly point: Int32Array
  /** Line flags of the segment that begins at an arc point (the last point of an arc has none). */
  readonly flags: Uint16Array
  readonly left: Int32Array
  readonly right: Int32Array
}

/**
 * Chain segments to arcs. A node is a point where other than two segments meet, or where the pair of cells changes.
 * A ring without a node becomes one closed arc.
 */
export function chainArcs(borders: Borders): Arcs {
  const { a, b, left, right, count } = borders
  const pointCount = borders.points.size
  const rowStart = new Uint32Array(pointCount + 1)
  for (let i = 0; i < count; i++) {
    rowStart[a[i] + 1]++
    rowStart[b[i] + 1]++
  }
  for (let p = 0; p < pointCount; p++) rowStart[p + 1] += rowStart[p]
  const fillAt = rowStart.slice()
  const row = new Int32Array(count * 2)
  for (let i = 0; i < count; i++) {
    row[fillAt[a[i]]++] = i
    row[fillAt[b[i]]++] = i
  }
  const samePair = (i: number, j: number) =>
    (left[i] === left[j] && right[i] === right[j]) || (left[i] === right[j] && right[i] === left[j])
  const isNode = (p: number) => rowStart[p + 1] - rowStart[p] !== 2 || !samePair(row[rowStart[p]], row[rowStart[p] + 1])

  const used = new Uint8Array(count)
  const start: number[] = [0]
  const point: number[] = []
  const flags: number[] = []
  const arcLeft: number[] = []
  const arcRight: number[] = []
  const walk = (from: number, first: number) => {
    let p = from
    let i = first
    const forward = a[first] === from
    arcLeft.push(forward ? left[first] : right[first])
    arcRight.push(forward ? right[first] : left[first])
    for (;;) {
      used[i] = 1
      point.push(p)
      flags.push(borders.flags[i])
      p = a[i] === p ? b[i] : a[i]
      if (p === from || isNode(p)) break
      i = row[rowStart[p]] === i ? row[rowStart[p] + 1] : row[rowStart[p]]
    }
    point.push(p)
    flags.push(0)
    start.push(point.length)
  }
  for (let p = 0; p < pointCount; p++) {
    if (!isNode(p)) continue
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) if (!used[row[k]]) walk(p, row[k])
  }
  for (let i = 0; i < count; i++) if (!used[i]) walk(a[i], i)
  return {
    count: arcLeft.length, start: Uint32Array.from(start), point: Int32Array.from(point), flags: Uint16Array.from(flags),
    left: Int32Array.from(arcLeft), right: Int32Array.from(arcRight),
  }
}
