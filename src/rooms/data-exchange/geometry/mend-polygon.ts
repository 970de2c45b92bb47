import { metresPerDegree } from '@/core/land-frame'
import type { LngLat, XY } from '@/core/units'
import type { Pair } from '../model'
import { ringArea2, ringHolds } from './ring-shapes'
import { splitLoops } from './split-loops'

/** What was found in a polygon, with severity as far as geometry alone can tell. */
export interface PolygonNote {
  readonly code:
    | 'ring_unclosed'
    | 'ring_unclosed_wide'
    | 'ring_too_few'
    | 'ring_no_area'
    | 'ring_self_crossing'
    | 'ring_self_crossing_mended'
    | 'ring_self_crossing_split'
    | 'hole_left_out'
  readonly fatal: boolean
  readonly at: LngLat
  readonly values: Readonly<Record<string, number>>
}

export interface MendedPolygon {
  /** Polygons as rings, outer first, closed, degrees. Empty where a fatal note says why. */
  readonly polygons: readonly Pair[][][]
  readonly areaM2: number
  readonly notes: readonly PolygonNote[]
}

/** A ring smaller than this is a slip of the hand. */
const MIN_AREA_M2 = 0.5
/** Loops beside the main one that may be cut off without asking, as a share of it. */
const SLIVER_SHARE = 0.01
/** A missing last edge longer than this share of the drawn line is no oversight: whole sides are missing. */
const WIDE_GAP_SHARE = 0.5

/**
 * Make a polygon simple, where the result cannot be in doubt; say what was done. With `split`, a ring whose edges cross becomes several
 * polygons (buildings: nothing of them is lost); without, it is refused (boundaries: which side is inside is a question for a person).
 */
export function mendPolygon(rings: readonly Pair[][], split: boolean): MendedPolygon {
  const notes: PolygonNote[] = []
  const outer = mendRing(rings[0] ?? [], split, notes)
  if (outer.length === 0) return { polygons: [], areaM2: 0, notes }
  const polygons: Pair[][][] = outer.map((loop) => [loop])
  for (const ring of rings.slice(1)) {
    const inside: PolygonNote[] = []
    for (const hole of mendRing(ring, true, inside)) {
      polygons.find(([shell]) => ringHolds(shell, hole[0]))?.push(hole)
    }
    const fault = inside.find((note) => note.fatal)
    if (fault !== undefined) notes.push({ ...fault, code: 'hole_left_out', fatal: false })
  }
  const areaM2 = polygons.reduce(
    (sum, [shell, ...holes]) => sum + areaOfRingM2(shell) - holes.reduce((inner, hole) => inner + areaOfRingM2(hole), 0),
    0,
  )
  return { polygons, areaM2, notes }
}

/** Ground area of a ring in degrees, m². */
export function areaOfRingM2(ring: readonly Pair[]): number {
  const { mPerDegLng, mPerDegLat } = metresPerDegree(ring[0][1])
  return (Math.abs(ringArea2(ring)) / 2) * mPerDegLng * mPerDegLat
}

function mendRing(source: readonly Pair[], split: boolean, notes: PolygonNote[]): Pair[][] {
  const points = source.filter((pair, k) => k === 0 || pair[0] !== source[k - 1][0] || pair[1] !== source[k - 1][1])
  const at: LngLat = points.length > 0 ? [points[0][0], points[0][1]] : [0, 0]
  const fail = (code: PolygonNote['code'], values: Record<string, number> = {}, where = at): Pair[][] => {
    notes.push({ code, fatal: true, at: where, values })
    return []
  }
  if (new Set(points.map(([x, y]) => `${x},${y}`)).size < 3) return fail('ring_too_few', { points: points.length })

  const { mPerDegLng, mPerDegLat } = metresPerDegree(at[1])
  const metres = points.map(([lng, lat]): XY => [(lng - at[0]) * mPerDegLng, (lat - at[1]) * mPerDegLat])
  const last = metres[metres.length - 1]
  if (last[0] !== 0 || last[1] !== 0) {
    const gapM = Math.hypot(last[0], last[1])
    const drawnM = metres.reduce((sum, [x, y], k) => (k === 0 ? 0 : sum + Math.hypot(x - metres[k - 1][0], y - metres[k - 1][1])), 0)
    const values = { gapM: Math.round(gapM * 10) / 10 }
    if (gapM > drawnM * WIDE_GAP_SHARE) return fail('ring_unclosed_wide', values, [...points[points.length - 1]])
    notes.push({ code: 'ring_unclosed', fatal: false, at, values })
    metres.push([0, 0])
    points.push([at[0], at[1]])
  }

  const { loops, crossing } = splitLoops(metres)
  const degrees = (loop: readonly XY[]): Pair[] =>
    loop.map(([x, y]): Pair => [at[0] + x / mPerDegLng, at[1] + y / mPerDegLat])
  const areas = loops.map((loop) => Math.abs(ringArea2(loop as Pair[])) / 2)
  const largest = areas.length === 0 ? 0 : Math.max(...areas)
  if (largest < MIN_AREA_M2) return fail('ring_no_area', { areaM2: Math.round(largest * 100) / 100 })
  if (loops.length === 1) return [crossing === null ? points : degrees(loops[0])]

  const main = areas.indexOf(largest)
  const others = loops.flatMap((loop, k) => (k !== main && areas[k] >= MIN_AREA_M2 ? [{ loop, area: areas[k] }] : []))
  const restM2 = others.reduce((sum, other) => sum + other.area, 0)
  if (crossing === null) return [loops[main], ...others.map((other) => other.loop)].filter(isApart).map(degrees)
  const where: LngLat = [at[0] + crossing[0] / mPerDegLng, at[1] + crossing[1] / mPerDegLat]
  const values = { loops: others.length + 1, areaM2: Math.round(restM2) }
  if (restM2 <= largest * SLIVER_SHARE) {
    notes.push({ code: 'ring_self_crossing_mended', fatal: false, at: where, values })
    return [degrees(loops[main])]
  }
  if (!split) return fail('ring_self_crossing', values, where)
  notes.push({ code: 'ring_self_crossing_split', fatal: false, at: where, values })
  return [loops[main], ...others.map((other) => other.loop)].filter(isApart).map(degrees)

  /** A loop wound inside another adds nothing to it. */
  function isApart(loop: readonly XY[], index: number, all: readonly (readonly XY[])[]): boolean {
    return index === 0 || !all.slice(0, index).some((other) => ringHolds(other as Pair[], centre(loop)))
  }
}

function centre(loop: readonly XY[]): Pair {
  // The middle of the first corner's triangle: inside for a convex corner, near enough for telling nested from apart.
  const [a, b, c] = loop
  return [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3]
}
