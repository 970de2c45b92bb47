import { latticeLine } from '@/algorithms/topology/land-input'
import type { LandFrame } from '@/core/land-frame'
import { boundsOf } from '../geometry/lng-lat-bounds'
import type { Pair } from '../model'
import { areaHolds } from './check-together'

/** Positions this far apart are the same: files keep seven decimals, and both sides were rounded. Lattice steps (3 cm). */
const TOLERANCE = 6
/** Points a side by which overlap is estimated. */
const SAMPLES = 16

/** Whether two lines have the same points, in either direction. */
export function isSameLine(frame: LandFrame, a: readonly Pair[], b: readonly Pair[]): boolean {
  if (a.length !== b.length) return false
  const [one, other] = [latticeLine(frame, a as Pair[]), latticeLine(frame, b as Pair[])]
  const n = a.length
  return agrees(n, (k) => k, one, other) || agrees(n, (k) => n - 1 - k, one, other)
}

/** Whether two areas have the same rings: wherever a ring begins and whichever way round it runs. */
export function isSameArea(frame: LandFrame, a: readonly Pair[][][], b: readonly Pair[][][]): boolean {
  if (a.length !== b.length) return false
  return a.every((rings, k) => rings.length === b[k].length && rings.every((ring, r) => isSameRing(frame, ring, b[k][r])))
}

function isSameRing(frame: LandFrame, a: readonly Pair[], b: readonly Pair[]): boolean {
  if (a.length !== b.length) return false
  const n = a.length - 1
  const [one, other] = [latticeLine(frame, a as Pair[]), latticeLine(frame, b as Pair[])]
  for (let shift = 0; shift < n; shift++) {
    if (agrees(n, (k) => (k + shift) % n, one, other) || agrees(n, (k) => (shift - k + n) % n, one, other)) return true
  }
  return false
}

/** Ends at the first pair that differs, so that trying every turn of a ring costs little. */
function agrees(n: number, at: (k: number) => number, one: Int32Array, other: Int32Array): boolean {
  for (let k = 0; k < n; k++) {
    const j = at(k)
    if (Math.abs(one[2 * k] - other[2 * j]) > TOLERANCE || Math.abs(one[2 * k + 1] - other[2 * j + 1]) > TOLERANCE) return false
  }
  return true
}

/** Area in common as a share of the area of both together, 0 … 1, estimated on a raster. */
export function overlapShare(a: readonly Pair[][][], b: readonly Pair[][][]): number {
  const [west, south, east, north] = boundsOf([...a, ...b].flatMap(([shell]) => shell))!
  let both = 0
  let either = 0
  for (let i = 0; i < SAMPLES; i++) {
    for (let j = 0; j < SAMPLES; j++) {
      const at: Pair = [west + ((east - west) * (i + 0.5)) / SAMPLES, south + ((north - south) * (j + 0.5)) / SAMPLES]
      const inA = areaHolds(a, at)
      const inB = areaHolds(b, at)
      if (inA && inB) both++
      if (inA || inB) either++
    }
  }
  return either === 0 ? 0 : both / either
}
