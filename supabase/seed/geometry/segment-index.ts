import type { XY } from '@/core/units'
import { segmentDistanceM, segmentGapM } from './plane'

/** Segments in square buckets, for "what is near this". Each carries a number that its owner understands. */
export class SegmentIndex {
  private readonly buckets = new Map<number, number[]>()
  private readonly ends: number[] = []
  private readonly labels: number[] = []

  constructor(private readonly bucketM = 100) {}

  get size(): number {
    return this.labels.length
  }

  add(a: XY, b: XY, label: number): void {
    const index = this.labels.length
    this.ends.push(a[0], a[1], b[0], b[1])
    this.labels.push(label)
    this.eachBucket(a, b, 0, (key) => {
      const held = this.buckets.get(key)
      if (held) held.push(index)
      else this.buckets.set(key, [index])
    })
  }

  addLine(line: readonly XY[], label: number): void {
    for (let i = 1; i < line.length; i++) this.add(line[i - 1], line[i], label)
  }

  /** Calls back for every segment within reach of the segment ab; the same one may come twice. */
  near(a: XY, b: XY, reachM: number, visit: (label: number, gapM: number, c: XY, d: XY) => void): void {
    const seen = new Set<number>()
    this.eachBucket(a, b, reachM, (key) => {
      for (const index of this.buckets.get(key) ?? []) {
        if (seen.has(index)) continue
        seen.add(index)
        const c: XY = [this.ends[index * 4], this.ends[index * 4 + 1]]
        const d: XY = [this.ends[index * 4 + 2], this.ends[index * 4 + 3]]
        const gapM = segmentGapM(a, b, c, d)
        if (gapM <= reachM) visit(this.labels[index], gapM, c, d)
      }
    })
  }

  /** Whether any segment comes nearer to the ring than its label asks. */
  tooNear(ring: readonly XY[], clearM: (label: number) => number, reachM: number): boolean {
    let hit = false
    for (let i = 0, j = ring.length - 1; i < ring.length && !hit; j = i++) {
      this.near(ring[j], ring[i], reachM, (label, gapM) => {
        if (gapM < clearM(label)) hit = true
      })
    }
    return hit
  }

  /** Distance from a point to the nearest segment, looked for within reach; Infinity where none is. */
  nearestM(p: XY, reachM: number): number {
    let best = Infinity
    this.near(p, p, reachM, (_label, _gapM, c, d) => {
      best = Math.min(best, segmentDistanceM(p, c, d))
    })
    return best
  }

  private eachBucket(a: XY, b: XY, reachM: number, visit: (key: number) => void): void {
    const size = this.bucketM
    const x0 = Math.floor((Math.min(a[0], b[0]) - reachM) / size)
    const x1 = Math.floor((Math.max(a[0], b[0]) + reachM) / size)
    const y0 = Math.floor((Math.min(a[1], b[1]) - reachM) / size)
    const y1 = Math.floor((Math.max(a[1], b[1]) + reachM) / size)
    for (let x = x0; x <= x1; x++) for (let y = y0; y <= y1; y++) visit(x * 65536 + y)
  }
}
