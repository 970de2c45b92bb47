/** Area swept by walks. */
export interface SweptArea {
  readonly areaM2: number
  /** The true area differs by at most so much. */
  readonly errorM2: number
}

/**
 * Area within half a swath of any of some walks, merged: what is swept twice counts once. Rows of a raster, cut exactly where a
 * row's middle line leaves the swath, so that only the height of a row is approximate: each row is as wide as its middle line.
 *
 * @param lines x, y by point of each walk, metres; a walk of one point sweeps a circle
 * @param halfM half a swath, metres
 * @param rowM height of a row, metres; the error falls with it
 * Complexity: O(length of the walks / rowM · log).
 */
export function sweptArea(lines: readonly Float64Array[], halfM: number, rowM = 0.5): SweptArea {
  if (!(halfM > 0) || !(rowM > 0)) throw new Error(`expected a swath and rows of positive width, got ${halfM} and ${rowM}`)
  /** Ends of spans by row: from, to, from, to … */
  const rows = new Map<number, number[]>()
  for (const xyM of lines) {
    for (let k = 0; k + 1 < xyM.length; k += 2) {
      const to = k + 3 < xyM.length ? k + 2 : k
      if (to === k && k > 0) break
      sweepSegment(rows, halfM, rowM, xyM[k], xyM[k + 1], xyM[to], xyM[to + 1])
    }
  }
  let widthM = 0
  let edgeM = 0
  let before: readonly [number, number][] = []
  let beforeRow = NaN
  for (const row of [...rows.keys()].sort((a, b) => a - b)) {
    const spans = unite(rows.get(row)!)
    if (row !== beforeRow + 1) {
      edgeM += lengthOf(before)
      before = []
    }
    for (const [from, to] of spans) widthM += to - from
    // Between two middle lines the border moves by what the rows do not share: at most that much of a row is wrong.
    edgeM += differing(before, spans)
    before = spans
    beforeRow = row
  }
  edgeM += lengthOf(before)
  return { areaM2: widthM * rowM, errorM2: (edgeM * rowM) / 2 }
}

type Span = readonly [from: number, to: number]

const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, [from, to]) => sum + to - from, 0)

/** Where the middle lines of rows cut the swath of one segment: a strip and a disc about either end, one span. */
function sweepSegment(rows: Map<number, number[]>, halfM: number, rowM: number, ax: number, ay: number, bx: number, by: number): void {
  const first = Math.ceil((Math.min(ay, by) - halfM) / rowM - 0.5)
  const last = Math.floor((Math.max(ay, by) + halfM) / rowM - 0.5)
  const lengthM = Math.hypot(bx - ax, by - ay)
  for (let row = first; row <= last; row++) {
    const y = (row + 0.5) * rowM
    let [from, to] = [Infinity, -Infinity]
    for (const [x, dy] of [[ax, y - ay], [bx, y - by]]) {
      const reachM = Math.sqrt(Math.max(0, halfM * halfM - dy * dy))
      if (Math.abs(dy) <= halfM) [from, to] = [Math.min(from, x - reachM), Math.max(to, x + reachM)]
    }
    // The long sides of the strip.
    if (lengthM > 0 && ay !== by) {
      const [nx, ny] = [(-(by - ay) / lengthM) * halfM, ((bx - ax) / lengthM) * halfM]
      for (const side of [1, -1]) {
        const share = (y - (ay + side * ny)) / (by - ay)
        if (share < 0 || share > 1) continue
        const x = ax + side * nx + share * (bx - ax)
        ;[from, to] = [Math.min(from, x), Math.max(to, x)]
      }
    }
    if (from >= to) continue
    const spans = rows.get(row)
    if (spans) spans.push(from, to)
    else rows.set(row, [from, to])
  }
}

/** Spans that overlap or touch as one, ascending. */
function unite(ends: readonly number[]): [number, number][] {
  const spans: [number, number][] = []
  for (let k = 0; k < ends.length; k += 2) spans.push([ends[k], ends[k + 1]])
  spans.sort((a, b) => a[0] - b[0])
  const united: [number, number][] = []
  for (const span of spans) {
    const last = united.at(-1)
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1])
    else united.push(span)
  }
  return united
}

/** Length that lies in one of two lists of spans and not in the other. */
function differing(a: readonly Span[], b: readonly Span[]): number {
  let sharedM = 0
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    sharedM += Math.max(0, Math.min(a[i][1], b[j][1]) - Math.max(a[i][0], b[j][0]))
    if (a[i][1] < b[j][1]) i++
    else j++
  }
  return lengthOf(a) + lengthOf(b) - 2 * sharedM
}
