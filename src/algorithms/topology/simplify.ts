import FlatQueue from 'flatqueue'
import type { Arcs } from './arcs'
import type { PairTable } from '../shared/pair-table'
import { HARD_LINES, LineFlag } from './line-flags'
import { LATTICE2_PER_M2, LATTICE_PER_M } from './load-land'
import type { LandOptions } from './land-input'

/** A border on a street may leave its centre line by this much, metres; on a lane by that much. */
const HARD_LINE_M = 0.02
const SOFT_LINE_M = 0.3
/** Spikes and notches count less the more sharply they turn: by radian. Turning fell from 163° to 143° per 100 m by it. */
const SHARPNESS = 1
/** Points that densifying and noding put into a wall lie off its straight line by rounding only, metres. */
const WALL_M = 0.015
/** The same where borders have been simplified before and hold new points on old segments only, metres. */
const AGAIN_M = 0.005

export interface SimplifyInput {
  readonly arcs: Arcs
  readonly points: PairTable
  /** By border point: 1 a corner of a building, 2 on an outline between corners, 0 neither. */
  readonly onOutline: Uint8Array
  /** 1 where a border point must stay (a corner of a kept border). */
  readonly fixed?: Uint8Array
  /** Outline points that are no border points: x, y pairs. */
  readonly outlineXY: Int32Array
  /** Whether these borders have been simplified before: they may not move a second time by as much. */
  readonly again?: boolean
  readonly options: LandOptions
}

/**
 * Remove border points, the one with the smallest triangle first (Visvalingam and Whyatt 1993), but only where that
 * triangle holds no other border point and no corner of a building: so no border ever crosses another, nor a building.
 * Corners of buildings go only if exactly in line: the proof rests on outlines being whole (one shed of 4.9 m² lost 1.5 m²
 * without this); points between corners go within rounding, which straightens the wall itself. Every point that has gone
 * from a wall or a line stays within that distance of what is left: small steps alone once took 2 m² off a house whose
 * wall met another at a small angle. Returns the arcs that remain.
 */
export function simplifyArcs(input: SimplifyInput): Arcs {
  const { arcs, points, onOutline, fixed, options } = input
  const { a: px, b: py } = points
  // Walls that have been straightened before lie beside their corners: outline points keep so much room around them.
  const obstacles = new ObstacleGrid(points, input.outlineXY, input.again ? WALL_M * LATTICE_PER_M : 0)
  const total = arcs.point.length
  const previous = new Int32Array(total)
  const following = new Int32Array(total)
  const version = new Uint16Array(total)
  const remaining = new Int32Array(arcs.count)
  const segmentFlags = arcs.flags.slice()
  const queue = new FlatQueue<number>()
  const straight = new Set<number>()
  const straightKey = (p: number, q: number) => (p < q ? p * points.size + q : q * points.size + p)

  const wallM = input.again ? AGAIN_M : WALL_M
  const hardLineM = input.again ? AGAIN_M : HARD_LINE_M
  /** How far a border may pass a point that has gone from it, metres. */
  const toleranceM = (i: number): number => {
    if (onOutline[arcs.point[i]]) return wallM
    const flags = arcs.flags[i - 1] | arcs.flags[i]
    return flags & HARD_LINES ? hardLineM : flags & (LineFlag.soft | LineFlag.green) ? SOFT_LINE_M : Infinity
  }
  /** Whether the chord between two points of an arc passes close enough to all that have gone between them. */
  const keepsClose = (p: number, n: number): boolean => {
    const u = arcs.point[p], w = arcs.point[n]
    const dx = px[w] - px[u], dy = py[w] - py[u]
    const base = Math.sqrt(dx * dx + dy * dy) * LATTICE_PER_M
    for (let i = p + 1; i < n; i++) {
      const v = arcs.point[i]
      if (Math.abs(dx * (py[v] - py[u]) - dy * (px[v] - px[u])) > toleranceM(i) * base) return false
    }
    return true
  }

  const cost = (i: number): number => {
    const u = arcs.point[previous[i]], v = arcs.point[i], w = arcs.point[following[i]]
    if (fixed?.[v]) return Infinity
    const double = Math.abs((px[v] - px[u]) * (py[w] - py[u]) - (px[w] - px[u]) * (py[v] - py[u]))
    if (onOutline[v] === 1) return double === 0 ? 0 : Infinity
    const areaM2 = double / 2 / LATTICE2_PER_M2
    const baseM = Math.hypot(px[w] - px[u], py[w] - py[u]) / LATTICE_PER_M
    const heightM = baseM > 0 ? (2 * areaM2) / baseM : Infinity
    if (onOutline[v]) return heightM <= wallM ? areaM2 * 0.001 : Infinity
    const flags = segmentFlags[previous[i]] | segmentFlags[i]
    if (flags & HARD_LINES) return heightM <= hardLineM ? areaM2 * 0.001 : Infinity
    if (flags & (LineFlag.soft | LineFlag.green)) return heightM <= SOFT_LINE_M ? areaM2 : Infinity
    // So a spike may go that is larger than a gentle bend that should stay.
    const along = (px[v] - px[u]) * (px[w] - px[v]) + (py[v] - py[u]) * (py[w] - py[v])
    const weighedM2 = areaM2 / (1 + SHARPNESS * Math.atan2(double, along))
    if (weighedM2 <= options.simplifyM2) return weighedM2
    return heightM <= options.simplifyM && weighedM2 <= options.simplifyM2 * 2 ? weighedM2 : Infinity
  }
  // Versions pack into the queue's id so that a stale entry is known without a table.
  const push = (i: number) => {
    version[i] = (version[i] + 1) & 0xff
    const c = cost(i)
    if (c < Infinity) queue.push(i * 256 + version[i], c)
  }
  for (let k = 0; k < arcs.count; k++) {
    const s = arcs.start[k]
    const e = arcs.start[k + 1] - 1
    remaining[k] = e - s + 1
    for (let i = s; i <= e; i++) {
      previous[i] = i - 1
      following[i] = i + 1
    }
    if (e - s === 1) straight.add(straightKey(arcs.point[s], arcs.point[e]))
  }
  const arcOf = new Int32Array(total)
  for (let k = 0; k < arcs.count; k++) arcOf.fill(k, arcs.start[k], arcs.start[k + 1])
  for (let k = 0; k < arcs.count; k++) for (let i = arcs.start[k] + 1; i < arcs.start[k + 1] - 1; i++) push(i)

  while (queue.length > 0) {
    const entry = queue.pop() as number
    const i = Math.floor(entry / 256)
    if (version[i] !== entry % 256) continue
    const k = arcOf[i]
    const p = previous[i], n = following[i]
    const u = arcs.point[p], v = arcs.point[i], w = arcs.point[n]
    const closed = arcs.point[arcs.start[k]] === arcs.point[arcs.start[k + 1] - 1]
    if (u === w || (closed && remaining[k] <= 4)) continue
    // The last point of an arc must stay where another arc already is the straight line between the two nodes.
    if (remaining[k] === 3 && straight.has(straightKey(u, w))) continue
    if (!keepsClose(p, n) || !obstacles.isFree(u, v, w)) continue
    version[i] = (version[i] + 1) & 0xff
    following[p] = n
    previous[n] = p
    segmentFlags[p] = longerFlags(arcs, points, segmentFlags, p, i, n)
    remaining[k]--
    if (remaining[k] === 2) straight.add(straightKey(u, w))
    if (onOutline[v] !== 1) obstacles.remove(v)
    if (p > arcs.start[k]) push(p)
    if (n < arcs.start[k + 1] - 1) push(n)
  }
  return compact(arcs, following, segmentFlags)
}

/** Flags of the joined segment: those of the longer one, so that a lane of 30 m stays a lane. */
function longerFlags(arcs: Arcs, points: PairTable, flags: Uint16Array, p: number, i: number, n: number): number {
  const length = (s: number, t: number) =>
    Math.hypot(points.a[arcs.point[s]] - points.a[arcs.point[t]], points.b[arcs.point[s]] - points.b[arcs.point[t]])
  return length(p, i) >= length(i, n) ? flags[p] : flags[i]
}

function compact(arcs: Arcs, following: Int32Array, flags: Uint16Array): Arcs {
  const start: number[] = [0]
  const point: number[] = []
  const kept: number[] = []
  for (let k = 0; k < arcs.count; k++) {
    const end = arcs.start[k + 1]
    for (let i = arcs.start[k]; i < end; i = following[i]) {
      point.push(arcs.point[i])
      kept.push(flags[i])
    }
    start.push(point.length)
  }
  return { ...arcs, start: Uint32Array.from(start), point: Int32Array.from(point), flags: Uint16Array.from(kept) }
}

/** Border points and outline corners by bucket, for the question whether a triangle is empty. */
class ObstacleGrid {
  private readonly x: Int32Array
  private readonly y: Int32Array
  private readonly gone: Uint8Array
  private readonly start: Uint32Array
  private readonly list: Int32Array
  private readonly x0: number
  private readonly y0: number
  private readonly side: number
  private readonly columns: number
  private readonly rows: number
  private readonly borderPoints: number
  private readonly room: number

  constructor(points: PairTable, outlineXY: Int32Array, room: number) {
    const n = points.size + outlineXY.length / 2
    this.borderPoints = points.size
    this.room = room
    this.x = new Int32Array(n)
    this.y = new Int32Array(n)
    this.gone = new Uint8Array(n)
    let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
    for (let i = 0; i < n; i++) {
      const border = i < points.size
      this.x[i] = border ? points.a[i] : outlineXY[2 * (i - points.size)]
      this.y[i] = border ? points.b[i] : outlineXY[2 * (i - points.size) + 1]
      if (this.x[i] < x0) x0 = this.x[i]
      if (this.x[i] > x1) x1 = this.x[i]
      if (this.y[i] < y0) y0 = this.y[i]
      if (this.y[i] > y1) y1 = this.y[i]
    }
    this.x0 = n > 0 ? x0 : 0
    this.y0 = n > 0 ? y0 : 0
    this.side = Math.max(800, Math.sqrt(((x1 - x0 + 1) * (y1 - y0 + 1)) / 2_000_000 || 0))
    this.columns = n > 0 ? Math.floor((x1 - x0) / this.side) + 1 : 1
    this.rows = n > 0 ? Math.floor((y1 - y0) / this.side) + 1 : 1
    this.start = new Uint32Array(this.columns * this.rows + 1)
    const bucket = (i: number) =>
      Math.floor((this.y[i] - this.y0) / this.side) * this.columns + Math.floor((this.x[i] - this.x0) / this.side)
    for (let i = 0; i < n; i++) this.start[bucket(i) + 1]++
    for (let k = 1; k < this.start.length; k++) this.start[k] += this.start[k - 1]
    const fillAt = this.start.slice()
    this.list = new Int32Array(n)
    for (let i = 0; i < n; i++) this.list[fillAt[bucket(i)]++] = i
  }

  remove(point: number): void {
    this.gone[point] = 1
  }

  /** Whether the closed triangle of three border points holds no other point, nor comes too near to one of an outline. */
  isFree(u: number, v: number, w: number): boolean {
    const { x, y, room, borderPoints } = this
    const ax = x[u], ay = y[u], bx = x[v], by = y[v], cx = x[w], cy = y[w]
    const lowX = Math.min(ax, bx, cx) - room, highX = Math.max(ax, bx, cx) + room
    const lowY = Math.min(ay, by, cy) - room, highY = Math.max(ay, by, cy) + room
    const room1 = room * Math.hypot(bx - ax, by - ay), room2 = room * Math.hypot(cx - bx, cy - by), room3 = room * Math.hypot(ax - cx, ay - cy)
    const c1 = Math.min(this.columns - 1, Math.floor((highX - this.x0) / this.side))
    const r1 = Math.min(this.rows - 1, Math.floor((highY - this.y0) / this.side))
    for (let r = Math.max(0, Math.floor((lowY - this.y0) / this.side)); r <= r1; r++) {
      for (let c = Math.max(0, Math.floor((lowX - this.x0) / this.side)); c <= c1; c++) {
        const k = r * this.columns + c
        for (let m = this.start[k]; m < this.start[k + 1]; m++) {
          const i = this.list[m]
          if (this.gone[i] || i === u || i === v || i === w) continue
          const px = x[i], py = y[i]
          if (px < lowX || px > highX || py < lowY || py > highY) continue
          const d1 = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
          const d2 = (cx - bx) * (py - by) - (cy - by) * (px - bx)
          const d3 = (ax - cx) * (py - cy) - (ay - cy) * (px - cx)
          if (i < borderPoints) {
            if ((d1 >= 0 && d2 >= 0 && d3 >= 0) || (d1 <= 0 && d2 <= 0 && d3 <= 0)) return false
          } else if ((d1 >= -room1 && d2 >= -room2 && d3 >= -room3) || (d1 <= room1 && d2 <= room2 && d3 <= room3)) return false
        }
      }
    }
    return true
  }
}
