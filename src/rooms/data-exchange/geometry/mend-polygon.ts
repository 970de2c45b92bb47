import { metresPerDegree } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import type { Pair } from '../model'
import { pointInside } from './point-inside'
import { ringArea2, ringHolds } from '@/formats/ring-shapes'
import { keepValid } from './keep-valid'
import { splitLoops } from './split-loops'

/** What was found in a polygon, with severity as far as geometry alone can tell. */
interface PolygonNote {
  readonly code:
    | 'ring_unclosed'
    | 'ring_unclosed_wide'
    | 'ring_too_few'
    | 'ring_no_area'
    | 'ring_tangled'
    | 'ring_self_crossing'
    | 'ring_self_crossing_mended'
    | 'ring_self_crossing_split'
    | 'hole_left_out'
    | 'parts_left_out'
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
const MIN_AREA_M2 = 0.05
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
  return { polygons, areaM2: areaOfPolygonsM2(polygons), notes }
}

const SCALE = 1e7
const toWhole = ([x, y]: Readonly<Pair>): Pair => [Math.round(x * SCALE), Math.round(y * SCALE)]
const toDegrees = ([x, y]: Readonly<Pair>): Pair => [x / SCALE, y / SCALE]

/** Polygons of one thing together, as the database wants them: rings that neither cross nor run along each other. */
export function mendParts(
  parts: readonly Pair[][][],
  split: boolean,
): MendedPolygon {
  const notes: PolygonNote[] = []
  const polygons = parts.flatMap((rings) => {
    const mended = mendPolygon(rings, split)
    notes.push(...mended.notes)
    return [...mended.polygons]
  })
  const whole = polygons.map((rings) => rings.map((ring) => ring.map(toWhole)))
  const kept = keepValid(whole)
  if (kept === whole) return { polygons, areaM2: areaOfPolygonsM2(polygons), notes }
  const valid = kept.map((rings) => rings.map((ring) => ring.map(toDegrees)))
  const areaM2 = areaOfPolygonsM2(valid)
  const at: LngLat = [...polygons[0][0][0]]
  const values = { parts: countRings(polygons) - countRings(valid), areaM2: Math.round(Math.abs(areaOfPolygonsM2(polygons) - areaM2)) }
  notes.push({ code: 'parts_left_out', fatal: valid.length === 0, at, values })
  return { polygons: valid, areaM2, notes }
}

const countRings = (polygons: readonly Pair[][][]): number => polygons.reduce((sum, rings) => sum + rings.length, 0)

const areaOfPolygonsM2 = (polygons: readonly Pair[][][]): number =>
  polygons.reduce(
    (sum, [shell, ...holes]) => sum + areaOfRingM2(shell) - holes.reduce((inner, hole) => inner + areaOfRingM2(hole), 0),
    0,
  )

/** Ground area of a ring in degrees, m². */
function areaOfRingM2(ring: readonly Pair[]): number {
  const { mPerDegLng, mPerDegLat } = metresPerDegree(ring[0][1])
  return (Math.abs(ringArea2(ring)) / 2) * mPerDegLng * mPerDegLat
}

function mendRing(source: readonly Pair[], split: boolean, notes: PolygonNote[]): Pair[][] {
  const all = source.map(toWhole)
  const points = all.filter((pair, k) => k === 0 || pair[0] !== all[k - 1][0] || pair[1] !== all[k - 1][1])
  const at: LngLat = points.length > 0 ? toDegrees(points[0]) : [0, 0]
  const fail = (code: PolygonNote['code'], values: Record<string, number> = {}, where = at): Pair[][] => {
    notes.push({ code, fatal: true, at: where, values })
    return []
  }
  if (new Set(points.map(([x, y]) => `${x},${y}`)).size < 3) return fail('ring_too_few', { points: points.length })

  const { mPerDegLng, mPerDegLat } = metresPerDegree(at[1])
  const apartM = (a: Pair, b: Pair): number =>
    Math.hypot(((a[0] - b[0]) / SCALE) * mPerDegLng, ((a[1] - b[1]) / SCALE) * mPerDegLat)
  const gapM = apartM(points[0], points[points.length - 1])
  if (gapM > 0) {
    const drawnM = points.reduce((sum, point, k) => (k === 0 ? 0 : sum + apartM(point, points[k - 1])), 0)
    const values = { gapM: Math.round(gapM * 10) / 10 }
    if (gapM > drawnM * WIDE_GAP_SHARE) return fail('ring_unclosed_wide', values, toDegrees(points[points.length - 1]))
    notes.push({ code: 'ring_unclosed', fatal: false, at, values })
    points.push([...points[0]])
  }

  const taken = splitLoops(points)
  if (taken === null) return fail('ring_tangled', { points: points.length })
  const { loops, crossing } = taken
  const rings = loops.map((loop) => loop.map(toDegrees))
  const areas = rings.map(areaOfRingM2)
  const largest = areas.length === 0 ? 0 : Math.max(...areas)
  if (largest < MIN_AREA_M2) return fail('ring_no_area', { areaM2: Math.round(largest * 100) / 100 })
  const main = areas.indexOf(largest)
  const others = rings.filter((_, k) => k !== main && areas[k] >= MIN_AREA_M2)
  if (crossing === null) return [rings[main], ...others].filter(isApart)

  const restM2 = others.reduce((sum, ring) => sum + areaOfRingM2(ring), 0)
  const where: LngLat = toDegrees(crossing)
  const values = { loops: others.length + 1, areaM2: Math.round(restM2) }
  if (restM2 <= largest * SLIVER_SHARE) {
    notes.push({ code: 'ring_self_crossing_mended', fatal: false, at: where, values })
    return [rings[main]]
  }
  if (!split) return fail('ring_self_crossing', values, where)
  notes.push({ code: 'ring_self_crossing_split', fatal: false, at: where, values })
  return [rings[main], ...others].filter(isApart)
}

/** A loop wound inside another adds nothing to it. */
function isApart(loop: readonly Pair[], index: number, all: readonly (readonly Pair[])[]): boolean {
  return index === 0 || !all.slice(0, index).some((other) => ringHolds(other, pointInside(loop) as Pair))
}
