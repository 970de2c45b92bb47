import type { Land } from '@/core/land'

/** Segments of all arcs, sorted into the buckets of a uniform grid. */
interface PointLocator {
  readonly x0: number
  readonly y0: number
  readonly bucket: number
  readonly columns: number
  readonly rows: number
  readonly start: Uint32Array
  /** Arc point that begins the segment, and the arc it belongs to. */
  readonly point: Int32Array
  readonly arc: Int32Array
}

const cache = new WeakMap<Land, PointLocator>()

/**
 * Cell index of each point, −1 outside. Points are lattice coordinates, x, y pairs, whole or not.
 *
 * Looks left along the row of buckets for the nearest border and takes the cell on its right. Half-open in y, so a ray
 * through a node meets each border once; a point exactly on a border gets either neighbour.
 */
export function locatePoints(land: Land, xy: ArrayLike<number>): Int32Array {
  let locator = cache.get(land)
  if (!locator) {
    locator = buildPointLocator(land)
    cache.set(land, locator)
  }
  const count = xy.length >> 1
  const cells = new Int32Array(count)
  for (let i = 0; i < count; i++) cells[i] = locateOne(land, locator, xy[2 * i], xy[2 * i + 1])
  return cells
}

function locateOne(land: Land, locator: PointLocator, x: number, y: number): number {
  const { arcXY } = land
  const row = Math.floor((y - locator.y0) / locator.bucket)
  if (row < 0 || row >= locator.rows || x < locator.x0) return -1
  let column = Math.min(Math.floor((x - locator.x0) / locator.bucket), locator.columns - 1)
  let bestX = -Infinity
  let bestSlope = 0
  let best = -1
  for (; column >= 0; column--) {
    const b = row * locator.columns + column
    for (let k = locator.start[b]; k < locator.start[b + 1]; k++) {
      const p = locator.point[k] * 2
      const ay = arcXY[p + 1]
      const by = arcXY[p + 3]
      if (ay > y === by > y) continue
      const ax = arcXY[p]
      const slope = (arcXY[p + 2] - ax) / (by - ay)
      const atX = ax + (y - ay) * slope
      if (atX > x) continue
      // Of two borders that leave one node upwards the one further right is nearer.
      if (atX > bestX || (atX === bestX && slope > bestSlope)) {
        bestX = atX
        bestSlope = slope
        best = k
      }
    }
    // A crossing left of this bucket may still be beaten by one further left in it only.
    if (best >= 0 && bestX >= locator.x0 + column * locator.bucket) break
  }
  if (best < 0) return -1
  const p = locator.point[best] * 2
  const arc = locator.arc[best]
  return arcXY[p + 3] > arcXY[p + 1] ? land.arcRight[arc] : land.arcLeft[arc]
}

/** Buckets sized so that a street of 60,000 segments takes about two segments a bucket. */
function buildPointLocator(land: Land): PointLocator {
  const { arcXY, arcStart } = land
  const pointCount = arcXY.length / 2
  let x0 = Infinity
  let y0 = Infinity
  let x1 = -Infinity
  let y1 = -Infinity
  for (let p = 0; p < pointCount; p++) {
    const x = arcXY[2 * p]
    const y = arcXY[2 * p + 1]
    if (x < x0) x0 = x
    if (x > x1) x1 = x
    if (y < y0) y0 = y
    if (y > y1) y1 = y
  }
  if (pointCount === 0) {
    return {
      x0: 0, y0: 0, bucket: 1, columns: 0, rows: 0, start: new Uint32Array(1), point: new Int32Array(0), arc: new Int32Array(0),
    }
  }
  const extent = Math.max(1, (x1 - x0) * (y1 - y0))
  const bucket = Math.max(2000, Math.sqrt(extent / Math.max(1, pointCount * 1.5)))
  const columns = Math.floor((x1 - x0) / bucket) + 1
  const rows = Math.floor((y1 - y0) / bucket) + 1
  const start = new Uint32Array(columns * rows + 1)
  const each = (visit: (b: number, point: number, arc: number) => void) => {
    for (let k = 0; k < arcStart.length - 1; k++) {
      for (let p = arcStart[k]; p + 1 < arcStart[k + 1]; p++) {
        const ax = arcXY[2 * p]
        const ay = arcXY[2 * p + 1]
        const bx = arcXY[2 * p + 2]
        const by = arcXY[2 * p + 3]
        if (ay === by) continue
        const fromRow = Math.floor((Math.min(ay, by) - y0) / bucket)
        const toRow = Math.floor((Math.max(ay, by) - y0) / bucket)
        const slope = (bx - ax) / (by - ay)
        for (let row = fromRow; row <= toRow; row++) {
          // Part of the segment within the row, a lattice step wider for rounding.
          const low = Math.max(Math.min(ay, by), y0 + row * bucket)
          const high = Math.min(Math.max(ay, by), y0 + (row + 1) * bucket)
          const xa = ax + (low - ay) * slope
          const xb = ax + (high - ay) * slope
          const from = Math.max(0, Math.floor((Math.min(xa, xb) - 1 - x0) / bucket))
          const to = Math.min(columns - 1, Math.floor((Math.max(xa, xb) + 1 - x0) / bucket))
          for (let column = from; column <= to; column++) visit(row * columns + column, p, k)
        }
      }
    }
  }
  each((b) => start[b + 1]++)
  for (let b = 0; b < columns * rows; b++) start[b + 1] += start[b]
  const fill = start.slice()
  const point = new Int32Array(start[columns * rows])
  const arc = new Int32Array(start[columns * rows])
  each((b, p, k) => {
    const at = fill[b]++
    point[at] = p
    arc[at] = k
  })
  return { x0, y0, bucket, columns, rows, start, point, arc }
}
