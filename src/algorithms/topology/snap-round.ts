import { LandError } from './land-input'
import { makeSoup, pushSegment, vertexAt } from './densify'
import type { SegmentSoup } from './densify'

/** Half the side of a hot pixel, lattice steps: input lies on whole centimetres, so a pixel is 1 cm wide. */
const HALF_PIXEL = 1
const MAX_ROUNDS = 20

/**
 * Vertices a segment must bend to, by segment: an end of another that it crosses within the end's own pixel. A vertex made
 * there would share the pixel, and two vertices in one pixel bend a segment to each other for ever.
 */
type ForcedBends = Map<number, number[]>

const bend = (forced: ForcedBends, segment: number, vertex: number): void => {
  const vertices = forced.get(segment)
  if (!vertices) forced.set(segment, [vertex])
  else if (!vertices.includes(vertex)) vertices.push(vertex)
}

/** Uniform grid over all vertices, about four segments a bucket. */
interface Buckets {
  readonly x0: number
  readonly y0: number
  readonly side: number
  readonly columns: number
  readonly rows: number
}

/**
 * Node all segments on the lattice: afterwards two segments meet at common end points only, and no vertex lies on the
 * middle of a segment. Rounds of iterated snap rounding (Hobby 1999; Halperin and Packer 2002) until nothing changes:
 * each crossing becomes a vertex on a whole centimetre, each segment bends to every vertex whose pixel it enters.
 * After the first round only buckets where something moved are looked at. Throws `land_noding_failed` if it never rests.
 */
export function snapRound(soup: SegmentSoup, counts: Record<string, number> = {}): SegmentSoup {
  let current = soup
  let dirty: Uint8Array | null = null
  const buckets = makeBuckets(soup)
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const before = current.vertices.size
    const forced: ForcedBends = new Map()
    const crossings = addCrossings(current, buckets, dirty, forced)
    const split = splitAtVertices(current, buckets, dirty, forced)
    counts.noding_rounds = round
    counts.crossings = (counts.crossings ?? 0) + crossings
    if (split.splits === 0 && current.vertices.size === before) return split.soup
    current = split.soup
    dirty = split.dirty
  }
  throw new LandError('land_noding_failed', { rounds: MAX_ROUNDS })
}

function makeBuckets(soup: SegmentSoup): Buckets {
  const { a: xs, b: ys, size } = soup.vertices
  let x0 = Infinity
  let y0 = Infinity
  let x1 = -Infinity
  let y1 = -Infinity
  for (let v = 0; v < size; v++) {
    if (xs[v] < x0) x0 = xs[v]
    if (xs[v] > x1) x1 = xs[v]
    if (ys[v] < y0) y0 = ys[v]
    if (ys[v] > y1) y1 = ys[v]
  }
  const side = Math.max(600, Math.sqrt(((x1 - x0 + 1) * (y1 - y0 + 1)) / Math.max(1, Math.min(soup.count * 4, 4_000_000))))
  return {
    x0: x0 - 8, y0: y0 - 8, side,
    columns: Math.floor((x1 - x0 + 16) / side) + 1, rows: Math.floor((y1 - y0 + 16) / side) + 1,
  }
}

/** Segments by bucket of their box, in compressed rows; with `dirty`, of dirty buckets only. */
function bucketSegments(soup: SegmentSoup, grid: Buckets, dirty: Uint8Array | null): { start: Int32Array; list: Int32Array } {
  const { a: xs, b: ys } = soup.vertices
  const start = new Int32Array(grid.columns * grid.rows + 1)
  let list = new Int32Array(0)
  for (let pass = 0; pass < 2; pass++) {
    for (let i = 0; i < soup.count; i++) {
      const ax = xs[soup.a[i]], ay = ys[soup.a[i]], bx = xs[soup.b[i]], by = ys[soup.b[i]]
      const c0 = Math.floor(((ax < bx ? ax : bx) - 1 - grid.x0) / grid.side)
      const c1 = Math.floor(((ax < bx ? bx : ax) + 1 - grid.x0) / grid.side)
      const r0 = Math.floor(((ay < by ? ay : by) - 1 - grid.y0) / grid.side)
      const r1 = Math.floor(((ay < by ? by : ay) + 1 - grid.y0) / grid.side)
      for (let r = r0; r <= r1; r++) {
        for (let c = c0; c <= c1; c++) {
          const k = r * grid.columns + c
          if (dirty && !dirty[k]) continue
          if (pass === 0) start[k + 1]++
          else list[--start[k + 1]] = i
        }
      }
    }
    if (pass === 0) {
      for (let k = 1; k < start.length; k++) start[k] += start[k - 1]
      list = new Int32Array(start[start.length - 1])
      // The second pass fills each row from its end, which turns start[k+1] into the row's beginning.
    }
  }
  // After filling, start[k+1] is where row k begins.
  const shifted = new Int32Array(start.length)
  shifted.set(start.subarray(1))
  shifted[start.length - 1] = list.length
  return { start: shifted, list }
}

/** Add the rounded crossing point of every two segments that cross properly. Orientation signs are exact. */
function addCrossings(soup: SegmentSoup, grid: Buckets, dirty: Uint8Array | null, forced: ForcedBends): number {
  const { vertices } = soup
  const { start, list } = bucketSegments(soup, grid, dirty)
  let crossings = 0
  for (let k = 0; k + 1 < start.length; k++) {
    const s = start[k]
    const e = start[k + 1]
    for (let m = s; m + 1 < e; m++) {
      const i = list[m]
      const ia = soup.a[i], ib = soup.b[i]
      const ax = vertices.a[ia], ay = vertices.b[ia], bx = vertices.a[ib], by = vertices.b[ib]
      const minX = ax < bx ? ax : bx, maxX = ax < bx ? bx : ax, minY = ay < by ? ay : by, maxY = ay < by ? by : ay
      const dx = bx - ax, dy = by - ay
      for (let n = m + 1; n < e; n++) {
        const j = list[n]
        const ja = soup.a[j], jb = soup.b[j]
        if (ja === ia || ja === ib || jb === ia || jb === ib) continue
        const px = vertices.a[ja], py = vertices.b[ja], qx = vertices.a[jb], qy = vertices.b[jb]
        if ((px > maxX && qx > maxX) || (px < minX && qx < minX) || (py > maxY && qy > maxY) || (py < minY && qy < minY)) continue
        const o1 = dx * (py - ay) - dy * (px - ax)
        const o2 = dx * (qy - ay) - dy * (qx - ax)
        if ((o1 >= 0 && o2 >= 0) || (o1 <= 0 && o2 <= 0)) continue
        const ex = qx - px, ey = qy - py
        const o3 = ex * (ay - py) - ey * (ax - px)
        const o4 = ex * (by - py) - ey * (bx - px)
        if ((o3 >= 0 && o4 >= 0) || (o3 <= 0 && o4 <= 0)) continue
        const t = o1 / (o1 - o2)
        const x = 2 * Math.round((px + t * ex) / 2), y = 2 * Math.round((py + t * ey) / 2)
        crossings++
        if (isBeside(x - ax, y - ay)) bend(forced, j, ia)
        else if (isBeside(x - bx, y - by)) bend(forced, j, ib)
        else if (isBeside(x - px, y - py)) bend(forced, i, ja)
        else if (isBeside(x - qx, y - qy)) bend(forced, i, jb)
        else vertexAt(soup, x, y)
      }
    }
  }
  return crossings
}

/** Vertices by bucket, in compressed rows. */
function bucketVertices(soup: SegmentSoup, grid: Buckets): { start: Int32Array; list: Int32Array } {
  const { a: xs, b: ys, size } = soup.vertices
  const start = new Int32Array(grid.columns * grid.rows + 1)
  const bucketOf = (v: number) =>
    Math.floor((ys[v] - grid.y0) / grid.side) * grid.columns + Math.floor((xs[v] - grid.x0) / grid.side)
  for (let v = 0; v < size; v++) start[bucketOf(v) + 1]++
  for (let k = 1; k < start.length; k++) start[k] += start[k - 1]
  const fill = start.slice()
  const list = new Int32Array(size)
  for (let v = 0; v < size; v++) list[fill[bucketOf(v)]++] = v
  return { start, list }
}

/** Bend each segment to the vertices whose pixel it enters. `dirty` of the result marks buckets of bent segments. */
function splitAtVertices(
  soup: SegmentSoup,
  grid: Buckets,
  dirty: Uint8Array | null,
  forced: ForcedBends,
): { soup: SegmentSoup; splits: number; dirty: Uint8Array } {
  const { a: xs, b: ys } = soup.vertices
  const { start, list } = bucketVertices(soup, grid)
  const out = makeSoup(soup.vertices, soup.count + (soup.count >> 3) + 1024, soup.kept)
  const moved = new Uint8Array(grid.columns * grid.rows)
  const hits: { along: number; v: number }[] = []
  let splits = 0
  for (let i = 0; i < soup.count; i++) {
    const a = soup.a[i], b = soup.b[i]
    const ax = xs[a], ay = ys[a], bx = xs[b], by = ys[b]
    const lowX = (ax < bx ? ax : bx) - HALF_PIXEL, highX = (ax < bx ? bx : ax) + HALF_PIXEL
    const lowY = (ay < by ? ay : by) - HALF_PIXEL, highY = (ay < by ? by : ay) + HALF_PIXEL
    const c0 = Math.floor((lowX - grid.x0) / grid.side), c1 = Math.floor((highX - grid.x0) / grid.side)
    const r0 = Math.floor((lowY - grid.y0) / grid.side), r1 = Math.floor((highY - grid.y0) / grid.side)
    const dx = bx - ax, dy = by - ay
    const reach = HALF_PIXEL * (Math.abs(dx) + Math.abs(dy))
    hits.length = 0
    for (let r = r0; r <= r1; r++) {
      for (let c = c0; c <= c1; c++) {
        const k = r * grid.columns + c
        if (dirty && !dirty[k]) continue
        for (let m = start[k]; m < start[k + 1]; m++) {
          const v = list[m]
          const px = xs[v], py = ys[v]
          if (px < lowX || px > highX || py < lowY || py > highY || v === a || v === b) continue
          const cross = dx * (py - ay) - dy * (px - ax)
          if (cross > reach || cross < -reach) continue
          // Beyond an end two vertices a step apart, as kept borders have them, would send a segment to and fro.
          const along = dx * (px - ax) + dy * (py - ay)
          if (along <= 0 || along >= dx * dx + dy * dy) continue
          if (cross !== 0 && (isBeside(px - ax, py - ay) || isBeside(px - bx, py - by))) continue
          hits.push({ along, v })
        }
      }
    }
    for (const v of forced.get(i) ?? []) {
      if (!hits.some((hit) => hit.v === v)) hits.push({ along: dx * (xs[v] - ax) + dy * (ys[v] - ay), v })
    }
    if (hits.length === 0) {
      pushSegment(out, a, b, soup.flags[i], soup.owner[i])
      continue
    }
    splits++
    for (let r = r0; r <= r1; r++) moved.fill(1, r * grid.columns + c0, r * grid.columns + c1 + 1)
    hits.sort((p, q) => p.along - q.along || p.v - q.v)
    let from = a
    for (const hit of hits) {
      pushSegment(out, from, hit.v, soup.flags[i], soup.owner[i])
      from = hit.v
    }
    pushSegment(out, from, b, soup.flags[i], soup.owner[i])
  }
  return { soup: out, splits, dirty: widen(moved, grid) }
}

/** Whether two vertices lie in each other's pixel. Those on whole centimetres never do; those of kept borders may. */
const isBeside = (dx: number, dy: number): boolean => dx >= -HALF_PIXEL && dx <= HALF_PIXEL && dy >= -HALF_PIXEL && dy <= HALF_PIXEL

/** Dirty buckets and those around them: a bent segment reaches at most a pixel into the next bucket. */
function widen(moved: Uint8Array, grid: Buckets): Uint8Array {
  const out = new Uint8Array(moved.length)
  for (let r = 0; r < grid.rows; r++) {
    for (let c = 0; c < grid.columns; c++) {
      if (!moved[r * grid.columns + c]) continue
      for (let rr = Math.max(0, r - 1); rr <= Math.min(grid.rows - 1, r + 1); rr++) {
        out.fill(1, rr * grid.columns + Math.max(0, c - 1), rr * grid.columns + Math.min(grid.columns - 1, c + 1) + 1)
      }
    }
  }
  return out
}
