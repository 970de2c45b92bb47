import { ArcKind } from '@/core/land'
import type { Land } from '@/core/land'
import { LATTICE_M, areaFactor } from '@/core/land-frame'
import type { LandFrame } from '@/core/land-frame'
import type { PairTable } from '../shared/pair-table'
import type { Arcs } from './arcs'
import { deriveGridOutline } from './derive-grid-outline'
import { findLabelPoint } from './find-label-point'
import { LineFlag } from './line-flags'
import { LATTICE_PER_M } from './load-land'

/** A stretch of an arc of another kind shorter than this does not make an arc of its own, metres. */
const SHORT_STRETCH_M = 5

/** What a border segment follows, by the gravest of its lines. */
export function kindOfSegment(flags: number, communityLeft: number, communityRight: number): ArcKind {
  if (flags & LineFlag.coast) return ArcKind.water
  if (communityLeft !== communityRight || flags & LineFlag.boundary) return ArcKind.boundary
  if (flags & LineFlag.water) return ArcKind.water
  if (flags & LineFlag.wall) return ArcKind.wall
  if (flags & LineFlag.railway) return ArcKind.railway
  if (flags & LineFlag.street) return ArcKind.street
  if (flags & (LineFlag.soft | LineFlag.green)) return ArcKind.lane
  return ArcKind.free
}

/** Turn arcs into a `Land`: divided where the kind changes, nodes numbered, areas and label points computed. */
export function assembleLand(frame: LandFrame, points: PairTable, arcs: Arcs, cellCommunity: Int32Array): Land {
  return finishLand(assembleArcs(frame, points, arcs, cellCommunity))
}

/** As `assembleLand`, but areas and label points are left zero: enough to look at borders. */
export function assembleArcs(frame: LandFrame, points: PairTable, arcs: Arcs, cellCommunity: Int32Array): Land {
  const nodeOf = new Map<number, number>()
  const nodeXY: number[] = []
  const node = (point: number) => {
    let n = nodeOf.get(point)
    if (n === undefined) {
      n = nodeOf.size
      nodeOf.set(point, n)
      nodeXY.push(points.a[point], points.b[point])
    }
    return n
  }
  const arcNodes: number[] = []
  const arcStart: number[] = [0]
  const arcXY: number[] = []
  const arcLeft: number[] = []
  const arcRight: number[] = []
  const arcKind: number[] = []
  const community = (cell: number) => (cell < 0 ? -1 : cellCommunity[cell])
  for (let k = 0; k < arcs.count; k++) {
    for (const run of runsOf(arcs, k, points, community(arcs.left[k]), community(arcs.right[k]))) {
      for (let i = run.from; i <= run.to; i++) arcXY.push(points.a[arcs.point[i]], points.b[arcs.point[i]])
      arcStart.push(arcXY.length / 2)
      arcNodes.push(node(arcs.point[run.from]), node(arcs.point[run.to]))
      arcLeft.push(arcs.left[k])
      arcRight.push(arcs.right[k])
      arcKind.push(run.kind)
    }
  }
  return {
    frame, nodeIds: new Int32Array(nodeXY.length / 2), arcIds: new Int32Array(arcLeft.length),
    cellIds: new Int32Array(cellCommunity.length), nodeXY: Int32Array.from(nodeXY), arcNodes: Int32Array.from(arcNodes),
    arcStart: Uint32Array.from(arcStart), arcXY: Int32Array.from(arcXY), arcLeft: Int32Array.from(arcLeft),
    arcRight: Int32Array.from(arcRight), arcKind: Uint8Array.from(arcKind), cellCommunity,
    cellAreaM2: new Float64Array(cellCommunity.length), cellLabelXY: new Int32Array(cellCommunity.length * 2),
  }
}

/** Compute areas and label points of a land whose arcs are complete. */
export function finishLand(bare: Omit<Land, 'cellAreaM2' | 'cellLabelXY'>): Land {
  const count = bare.cellCommunity.length
  const land: Land = { ...bare, cellAreaM2: new Float64Array(count), cellLabelXY: new Int32Array(count * 2) }
  const own = Int32Array.from({ length: count }, (_, i) => i)
  for (let c = 0; c < count; c++) {
    const outline = deriveGridOutline(land, own, c, [c])
    const [x, y] = findLabelPoint(outline.polygons)
    land.cellLabelXY[2 * c] = x
    land.cellLabelXY[2 * c + 1] = y
    land.cellAreaM2[c] = outline.area2 * LATTICE_M * LATTICE_M * areaFactor(land.frame, y)
  }
  return land
}

function runsOf(
  arcs: Arcs, k: number, points: PairTable, communityLeft: number, communityRight: number,
): { from: number; to: number; kind: ArcKind }[] {
  const runs: { from: number; to: number; kind: ArcKind; lengthM: number }[] = []
  for (let i = arcs.start[k]; i + 1 < arcs.start[k + 1]; i++) {
    const kind = kindOfSegment(arcs.flags[i], communityLeft, communityRight)
    const a = arcs.point[i]
    const b = arcs.point[i + 1]
    const lengthM = Math.hypot(points.a[a] - points.a[b], points.b[a] - points.b[b]) / LATTICE_PER_M
    const last = runs[runs.length - 1]
    if (last && last.kind === kind) {
      last.to = i + 1
      last.lengthM += lengthM
    } else {
      runs.push({ from: i, to: i + 1, kind, lengthM })
    }
  }
  // Short stretches go to the longer neighbour, the shortest first.
  while (runs.length > 1) {
    let shortest = 0
    for (let r = 1; r < runs.length; r++) if (runs[r].lengthM < runs[shortest].lengthM) shortest = r
    if (runs[shortest].lengthM >= SHORT_STRETCH_M) break
    const before = runs[shortest - 1]
    const after = runs[shortest + 1]
    const into = !before ? after : !after ? before : before.lengthM >= after.lengthM ? before : after
    into.from = Math.min(into.from, runs[shortest].from)
    into.to = Math.max(into.to, runs[shortest].to)
    into.lengthM += runs[shortest].lengthM
    runs.splice(shortest, 1)
    for (let r = runs.length - 1; r > 0; r--) {
      if (runs[r].kind !== runs[r - 1].kind) continue
      runs[r - 1].to = runs[r].to
      runs[r - 1].lengthM += runs[r].lengthM
      runs.splice(r, 1)
    }
  }
  return runs
}
