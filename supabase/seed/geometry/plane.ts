import type { XY } from '@/core/units'

/** Rings are open (first point not repeated) and run counter-clockwise unless said otherwise. Metres. */
export type Ring = readonly XY[]

/** Whole centimetres, as input to the land is stored. */
export const toCm = (valueM: number): number => Math.round(valueM * 100) / 100
export const pointToCm = (p: XY): XY => [toCm(p[0]), toCm(p[1])]

export const distanceM = (a: XY, b: XY): number => Math.hypot(a[0] - b[0], a[1] - b[1])
export const between = (a: XY, b: XY, t: number): XY => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
export const cross = (o: XY, a: XY, b: XY): number =>
  (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])

/** Signed area, m²; positive when counter-clockwise. */
export function signedAreaM2(ring: Ring): number {
  let twice = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    twice += (ring[j][0] - ring[0][0]) * (ring[i][1] - ring[0][1]) - (ring[i][0] - ring[0][0]) * (ring[j][1] - ring[0][1])
  }
  return twice / 2
}

export function centroid(ring: Ring): XY {
  let x = 0
  let y = 0
  let twice = 0
  const [ox, oy] = ring[0]
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const w = (ring[j][0] - ox) * (ring[i][1] - oy) - (ring[i][0] - ox) * (ring[j][1] - oy)
    twice += w
    x += (ring[j][0] + ring[i][0] - 2 * ox) * w
    y += (ring[j][1] + ring[i][1] - 2 * oy) * w
  }
  return [ox + x / (3 * twice), oy + y / (3 * twice)]
}

/** A point just inside the middle of the longest edge: unlike the centroid it lies inside a bent ring too. */
export function pointBesideLongestEdge(ring: Ring): XY {
  let best = 0
  const lengthM = (i: number): number => distanceM(ring[i], ring[(i + 1) % ring.length])
  for (let i = 1; i < ring.length; i++) if (lengthM(i) > lengthM(best)) best = i
  const [a, b] = [ring[best], ring[(best + 1) % ring.length]]
  const m = between(a, b, 0.5)
  return [m[0] - ((b[1] - a[1]) / lengthM(best)) * 0.2, m[1] + ((b[0] - a[0]) / lengthM(best)) * 0.2]
}

/** Even–odd rule. */
export function insideRing(p: XY, ring: Ring): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]
    const [xj, yj] = ring[j]
    if (yi > p[1] !== yj > p[1] && p[0] < ((xj - xi) * (p[1] - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

export function segmentDistanceM(p: XY, a: XY, b: XY): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2))
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)
}

/** Whether two closed segments have a point in common. */
export function segmentsMeet(a: XY, b: XY, c: XY, d: XY): boolean {
  const d1 = cross(a, b, c)
  const d2 = cross(a, b, d)
  const d3 = cross(c, d, a)
  const d4 = cross(c, d, b)
  if (((d1 > 0 && d2 < 0) || (d1 < 0 && d2 > 0)) && ((d3 > 0 && d4 < 0) || (d3 < 0 && d4 > 0))) return true
  const within = (p: XY, q: XY, r: XY): boolean =>
    Math.min(p[0], q[0]) <= r[0] && r[0] <= Math.max(p[0], q[0]) && Math.min(p[1], q[1]) <= r[1] && r[1] <= Math.max(p[1], q[1])
  return (
    (d1 === 0 && within(a, b, c)) || (d2 === 0 && within(a, b, d)) || (d3 === 0 && within(c, d, a)) || (d4 === 0 && within(c, d, b))
  )
}

/** Shortest distance between two closed segments, metres. */
export function segmentGapM(a: XY, b: XY, c: XY, d: XY): number {
  if (segmentsMeet(a, b, c, d)) return 0
  return Math.min(segmentDistanceM(a, c, d), segmentDistanceM(b, c, d), segmentDistanceM(c, a, b), segmentDistanceM(d, a, b))
}

/** Convex hull, counter-clockwise (Andrew's monotone chain). */
export function convexHull(points: readonly XY[]): XY[] {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1])
  const half = (list: readonly XY[]): XY[] => {
    const out: XY[] = []
    for (const p of list) {
      while (out.length > 1 && cross(out[out.length - 2], out[out.length - 1], p) <= 0) out.pop()
      out.push(p)
    }
    out.pop()
    return out
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

export function ringBounds(ring: Ring): [west: number, south: number, east: number, north: number] {
  let west = Infinity
  let south = Infinity
  let east = -Infinity
  let north = -Infinity
  for (const [x, y] of ring) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}

/** Whether the areas of two simple rings have a point in common. */
export function ringsMeet(a: Ring, b: Ring): boolean {
  for (let i = 0, j = a.length - 1; i < a.length; j = i++) {
    for (let k = 0, l = b.length - 1; k < b.length; l = k++) if (segmentsMeet(a[j], a[i], b[l], b[k])) return true
  }
  return insideRing(a[0], b) || insideRing(b[0], a)
}

/** A local frame: origin and the direction of its u axis. */
export interface LocalFrame {
  readonly origin: XY
  readonly angleRad: number
}

export function fromLocal(frame: LocalFrame, u: number, v: number): XY {
  const c = Math.cos(frame.angleRad)
  const s = Math.sin(frame.angleRad)
  return [frame.origin[0] + u * c - v * s, frame.origin[1] + u * s + v * c]
}

export function toLocal(frame: LocalFrame, p: XY): XY {
  const c = Math.cos(frame.angleRad)
  const s = Math.sin(frame.angleRad)
  const x = p[0] - frame.origin[0]
  const y = p[1] - frame.origin[1]
  return [x * c + y * s, -x * s + y * c]
}

/** Rectangle in a local frame, counter-clockwise, on whole centimetres. */
export function localRectangle(frame: LocalFrame, u0: number, v0: number, u1: number, v1: number): XY[] {
  return [
    pointToCm(fromLocal(frame, u0, v0)),
    pointToCm(fromLocal(frame, u1, v0)),
    pointToCm(fromLocal(frame, u1, v1)),
    pointToCm(fromLocal(frame, u0, v1)),
  ]
}

/** Points every `stepM` along a polyline, ends included. */
export function resample(line: readonly XY[], stepM: number): XY[] {
  const out: XY[] = [line[0]]
  for (let i = 1; i < line.length; i++) {
    const pieces = Math.max(1, Math.round(distanceM(line[i - 1], line[i]) / stepM))
    for (let k = 1; k <= pieces; k++) out.push(between(line[i - 1], line[i], k / pieces))
  }
  return out
}

/** Cubic Bézier curve in `pieces` segments. */
export function bezier(p0: XY, p1: XY, p2: XY, p3: XY, pieces: number): XY[] {
  const out: XY[] = []
  for (let k = 0; k <= pieces; k++) {
    const t = k / pieces
    const s = 1 - t
    const w = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
    out.push([
      w[0] * p0[0] + w[1] * p1[0] + w[2] * p2[0] + w[3] * p3[0],
      w[0] * p0[1] + w[1] * p1[1] + w[2] * p2[1] + w[3] * p3[1],
    ])
  }
  return out
}
