import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import { toLngLat } from '@/core/land-frame'
import type { PlanContext } from '@/core/plan-context'
import type { Pair } from '@/formats/source-geometry'
import { ringHolds } from '@/formats/ring-shapes'
import Flatbush from 'flatbush'
import type { LandClaim } from './plan-file'

/** Which claim has each cell, by position; −1 where none has. */
export interface ClaimedCells {
  readonly claimOf: Int32Array
  /** Cells that lie in one claim, as their label point does. */
  readonly byLabel: number
  /** Cells that a line runs through: the claim with most of their area has them. */
  readonly byArea: number
  /** Cells that more than one claim covers at the same place, by claim that lost them. */
  readonly disputed: ReadonlyMap<number, number>
}

/** Points looked at in each direction: to see whether a line runs through a cell, and to measure where it does. */
const LOOK = 5
const MEASURE = 16

/**
 * Which of the claimed polygons each cell lies in. A cell that all looked-at points put into one claim goes by its label point,
 * any other by the share of its area, measured on a lattice of points. O(cells × points), each point meeting few polygons.
 */
export function claimCells(context: PlanContext, claims: readonly LandClaim[]): ClaimedCells {
  const { land } = context
  const find = claimFinder(claims)
  const claimOf = new Int32Array(land.cellIds.length).fill(-1)
  const disputed = new Map<number, number>()
  const own = Int32Array.from(claimOf, (_, cell) => cell)
  let byLabel = 0
  let byArea = 0
  for (let cell = 0; cell < claimOf.length; cell++) {
    // An id of 0 is a cell that the plan has no more.
    if (land.cellIds[cell] === 0) continue
    const label = toLngLat(land.frame, land.cellLabelXY[2 * cell], land.cellLabelXY[2 * cell + 1])
    const [first, ...others] = find(label)
    for (const other of others) disputed.set(other, (disputed.get(other) ?? 0) + 1)
    const rings = deriveGridOutline(land, own, cell, [cell]).polygons.flatMap((polygon) =>
      polygon.map((ring) => Array.from({ length: ring.length / 2 }, (_, k): Pair => toLngLat(land.frame, ring[2 * k], ring[2 * k + 1]))),
    )
    const claimAt = (point: Pair) => find(point)[0] ?? -1
    const atLabel = first ?? -1
    if (pointsIn(rings, LOOK).every((point) => claimAt(point) === atLabel)) {
      claimOf[cell] = atLabel
      if (atLabel >= 0) byLabel++
      continue
    }
    const shares = new Map<number, number>([[atLabel, 0.5]])
    for (const point of pointsIn(rings, MEASURE)) {
      const claim = claimAt(point)
      shares.set(claim, (shares.get(claim) ?? 0) + 1)
    }
    claimOf[cell] = [...shares].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
    if (claimOf[cell] >= 0) byArea++
  }
  return { claimOf, byLabel, byArea, disputed }
}

/** Claims that hold a point, in their order. */
function claimFinder(claims: readonly LandClaim[]): (point: Pair) => number[] {
  const polygons = claims.flatMap((claim, index) => claim.polygons.map((rings) => ({ index, rings })))
  if (polygons.length === 0) return () => []
  const boxes = new Flatbush(polygons.length)
  for (const { rings } of polygons) {
    const [xs, ys] = [0, 1].map((axis) => rings[0].map((point) => point[axis]))
    boxes.add(least(xs), least(ys), most(xs), most(ys))
  }
  boxes.finish()
  return (point) => {
    const found = boxes.search(point[0], point[1], point[0], point[1]).filter((k) => holds(polygons[k].rings, point))
    return [...new Set(found.map((k) => polygons[k].index))].sort((a, b) => a - b)
  }
}

const holds = (rings: readonly (readonly Pair[])[], point: Pair): boolean =>
  rings.reduce((inside, ring) => inside !== ringHolds(ring, point), false)

/** Points of a lattice over the rings that lie inside them. */
function pointsIn(rings: readonly (readonly Pair[])[], count: number): Pair[] {
  const all = rings.flat()
  const [xs, ys] = [0, 1].map((axis) => all.map((point) => point[axis]))
  const [west, south, width, height] = [least(xs), least(ys), most(xs) - least(xs), most(ys) - least(ys)]
  const points: Pair[] = []
  for (let k = 0; k < count * count; k++) {
    const point: Pair = [west + ((k % count) + 0.5) * (width / count), south + (Math.floor(k / count) + 0.5) * (height / count)]
    if (holds(rings, point)) points.push(point)
  }
  return points
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity)
