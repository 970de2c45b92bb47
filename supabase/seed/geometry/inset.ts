import type { XY } from '@/core/units'
import { cross } from './plane'

/** A convex ring whose edges remember which line they follow. */
export interface LabelledRing {
  readonly ring: readonly XY[]
  /** Label of the edge from point i to point i+1. */
  readonly labels: readonly number[]
}

/**
 * The convex ground inside a block that keeps its distance from every edge: the block's edges moved inwards, as
 * half planes, one cut after the other. Empty ring where nothing is left.
 */
export function insetConvex(ring: readonly XY[], labels: readonly number[], clearM: (label: number) => number): LabelledRing {
  const reach = 1e5
  let points: XY[] = [
    [ring[0][0] - reach, ring[0][1] - reach],
    [ring[0][0] + reach, ring[0][1] - reach],
    [ring[0][0] + reach, ring[0][1] + reach],
    [ring[0][0] - reach, ring[0][1] + reach],
  ]
  let marks = [-1, -1, -1, -1]
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]
    const b = ring[(i + 1) % ring.length]
    const lengthM = Math.hypot(b[0] - a[0], b[1] - a[1])
    const nx = -(b[1] - a[1]) / lengthM
    const ny = (b[0] - a[0]) / lengthM
    const off = clearM(labels[i])
    const p: XY = [a[0] + nx * off, a[1] + ny * off]
    const q: XY = [b[0] + nx * off, b[1] + ny * off]
    const nextPoints: XY[] = []
    const nextMarks: number[] = []
    for (let k = 0; k < points.length; k++) {
      const from = points[k]
      const to = points[(k + 1) % points.length]
      const df = cross(p, q, from)
      const dt = cross(p, q, to)
      if (df >= 0) {
        nextPoints.push(from)
        nextMarks.push(marks[k])
      }
      if (df >= 0 !== dt >= 0) {
        const t = df / (df - dt)
        nextPoints.push([from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t])
        nextMarks.push(df >= 0 ? labels[i] : marks[k])
      }
    }
    points = nextPoints
    marks = nextMarks
    if (points.length < 3) return { ring: [], labels: [] }
  }
  return { ring: points, labels: marks }
}

/** Where the line v = const of a local frame runs inside a convex ring given in local coordinates; null outside. */
export function chordAt(ring: readonly XY[], v: number): [uLow: number, uHigh: number] | null {
  let low = Infinity
  let high = -Infinity
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [u0, v0] = ring[j]
    const [u1, v1] = ring[i]
    if (v0 > v === v1 > v) continue
    const u = u0 + ((u1 - u0) * (v - v0)) / (v1 - v0)
    low = Math.min(low, u)
    high = Math.max(high, u)
  }
  return low < high ? [low, high] : null
}
