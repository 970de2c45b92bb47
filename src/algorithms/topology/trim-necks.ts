import { ArcKind } from '@/core/land'
import type { Land } from '@/core/land'
import { PairTable } from '../shared/pair-table'
import type { Borders } from './borders'
import { segmentsConflict } from './find-crossings'
import { acrossStep, chordIsInside, findNecks, stepRing } from './find-necks'
import type { Neck, SteppedRing } from './find-necks'
import { LineFlag } from './line-flags'
import { pointInRing } from '@/core/rings'
import { pointInRings, pointWithin } from './ring-geometry'

/** Below this width a chord is a neck whatever lies behind it; up to the second if what lies behind is long, metres. */
const NECK_M = 4
const TENTACLE_M = 12
/** What is cut off must be longer around than this many widths. */
const NECK_DETOUR = 3
const TENTACLE_DETOUR = 6
const LARGEST_M2 = 3000
const SMALLEST_M2 = 2
/** So far from its ends a chord may touch a wall, lattice steps. */
const END_STEPS = 2

/** Line flags that stand for the kind of an arc when its border is simplified again. */
const FLAGS_OF_KIND: Readonly<Record<number, number>> = {
  [ArcKind.free]: 0, [ArcKind.street]: LineFlag.street, [ArcKind.lane]: LineFlag.soft, [ArcKind.water]: LineFlag.water,
  [ArcKind.wall]: LineFlag.wall, [ArcKind.railway]: LineFlag.railway, [ArcKind.boundary]: LineFlag.boundary,
}

/** A building as an obstacle: its rings, and a point within each. */
export interface House {
  readonly rings: readonly Int32Array[]
  readonly inside: readonly number[]
}

/** A building from its closed rings, lattice coordinates in turn. */
export const makeHouse = (rings: readonly Int32Array[]): House => ({ rings, inside: rings.flatMap((ring) => pointWithin(ring)) })

interface Cut {
  readonly ring: SteppedRing
  /** Steps from … to (around the end of the ring if to < from) that change hands. */
  readonly from: number
  readonly to: number
  readonly toCell: number
}

/**
 * Cut off tentacles, notches and spikes: narrow arms of a cell without a building go to the neighbour with which they
 * share the longest border that follows no hard line. The chord becomes the border. Each arc takes part in one cut at
 * most, so call again until nothing is trimmed.
 *
 * `houses[cell]` lists the buildings of a cell; `among` the cells to look at. Returns borders to be chained
 * and simplified anew and the cells that changed, or null.
 */
export function trimNecks(
  land: Land, houses: readonly (readonly House[])[], among: Iterable<number>,
): { borders: Borders; trimmed: number; touched: Set<number> } | null {
  const locked = new Uint8Array(land.arcLeft.length)
  const cuts: Cut[] = []
  const touched = new Set<number>()
  for (const cell of among) {
    const ring = stepRing(land, cell)
    if (!ring) continue
    const necks = findNecks(ring, TENTACLE_M, SMALLEST_M2, NECK_DETOUR)
    const taken = new Uint8Array(ring.segment.length)
    // The largest arm first: cutting it at its root takes its own narrow places with it.
    const sides = necks.flatMap((neck) => sidesOf(ring, neck)).sort((p, q) => q.areaM2 - p.areaM2 || p.from - q.from)
    for (const side of sides) {
      const toCell = judge(land, ring, side, houses[cell], taken, locked)
      if (toCell < 0) continue
      touched.add(cell)
      eachStep(ring, side, (i) => {
        taken[i] = 1
        locked[ring.half[i] >> 1] = 1
        if (acrossStep(land, ring, i) >= 0) touched.add(acrossStep(land, ring, i))
      })
      // The chord ends on these arcs too.
      locked[ring.half[side.to] >> 1] = 1
      locked[ring.half[(side.from + ring.half.length - 1) % ring.half.length] >> 1] = 1
      cuts.push({ ring, from: side.from, to: side.to, toCell })
    }
  }
  return cuts.length > 0 ? { borders: applyCuts(land, cuts), trimmed: cuts.length, touched } : null
}

interface Side {
  readonly from: number
  readonly to: number
  readonly areaM2: number
  readonly widthM: number
}

/** The smaller part behind a neck, if it may be an arm at all. */
function sidesOf(ring: SteppedRing, neck: Neck): Side[] {
  const n = ring.segment.length
  const total = ring.alongM[n]
  const between = ring.alongM[neck.j] - ring.alongM[neck.i]
  const side = neck.insideM2 <= neck.outsideM2
    ? { from: neck.i, to: neck.j, areaM2: neck.insideM2, aroundM: between }
    : { from: neck.j, to: neck.i, areaM2: neck.outsideM2, aroundM: total - between }
  if (side.areaM2 > LARGEST_M2) return []
  const detour = neck.widthM <= NECK_M ? NECK_DETOUR : TENTACLE_DETOUR
  return side.aroundM >= detour * neck.widthM ? [{ ...side, widthM: neck.widthM }] : []
}

function eachStep(ring: SteppedRing, side: Pick<Side, 'from' | 'to'>, visit: (i: number) => void): void {
  const n = ring.segment.length
  for (let i = side.from; i !== side.to; i = (i + 1) % n) visit(i)
}

/** The cell that should have an arm, or −1 where it should stay. */
function judge(
  land: Land, ring: SteppedRing, side: Side, houses: readonly House[], taken: Uint8Array, locked: Uint8Array,
): number {
  const n = ring.segment.length
  if (locked[ring.half[side.to] >> 1] || locked[ring.half[(side.from + n - 1) % n] >> 1]) return -1
  for (let i = side.from; i !== side.to; i = i + 1 === n ? 0 : i + 1) if (taken[i] || locked[ring.half[i] >> 1]) return -1
  const shared = new Map<number, { soft: number; hard: number }>()
  let aroundM = 0
  const polygon: number[] = []
  eachStep(ring, side, (i) => {
    const arc = ring.half[i] >> 1
    const other = acrossStep(land, ring, i)
    const lengthM = ring.alongM[i + 1] - ring.alongM[i]
    aroundM += lengthM
    polygon.push(ring.xy[2 * i], ring.xy[2 * i + 1])
    if (other < 0 || land.cellCommunity[other] !== land.cellCommunity[ring.cell]) return
    const entry = shared.get(other) ?? { soft: 0, hard: 0 }
    const soft = land.arcKind[arc] === ArcKind.free || land.arcKind[arc] === ArcKind.lane
    if (soft) entry.soft += lengthM
    else entry.hard += lengthM
    shared.set(other, entry)
  })
  polygon.push(ring.xy[2 * side.to], ring.xy[2 * side.to + 1])
  let best = -1
  let bestScore = 0
  for (const [other, { soft, hard }] of shared) {
    const score = soft + hard * 0.2
    if (score > bestScore || (score === bestScore && other < best)) {
      best = other
      bestScore = score
    }
  }
  if (best < 0) return -1
  const { soft } = shared.get(best) as { soft: number }
  const thickM = (2 * side.areaM2) / (aroundM + side.widthM)
  const spike = thickM < 1.5 && side.areaM2 < 400
  if (soft < (side.widthM <= NECK_M ? 0.3 : 0.5) * aroundM && !spike) return -1
  if (!chordIsInside(ring, side.from, side.to)) return -1
  return holdsHouse(houses, polygon) ? -1 : best
}

/** Whether a house lies in the polygon or across its closing chord. */
function holdsHouse(houses: readonly House[], polygon: readonly number[]): boolean {
  const n = polygon.length
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
  for (let i = 0; i < n; i += 2) {
    x0 = Math.min(x0, polygon[i])
    x1 = Math.max(x1, polygon[i])
    y0 = Math.min(y0, polygon[i + 1])
    y1 = Math.max(y1, polygon[i + 1])
  }
  // Ends of the chord lie on a border that may be a wall, give or take rounding: what matters is the chord between them.
  const four = new Float64Array(8)
  const dx = polygon[0] - polygon[n - 2], dy = polygon[1] - polygon[n - 1]
  const t = Math.min(0.25, END_STEPS / Math.hypot(dx, dy))
  four.set([polygon[n - 2] + t * dx, polygon[n - 1] + t * dy, polygon[0] - t * dx, polygon[1] - t * dy])
  const middleX = (four[0] + four[2]) / 2, middleY = (four[1] + four[3]) / 2
  for (const { rings, inside } of houses) {
    for (let r = 0; r < rings.length; r++) {
      const x = inside[2 * r], y = inside[2 * r + 1]
      // A house that fits its arm exactly has all its corners on the outline of the arm: only a point within tells.
      if (x >= x0 && x <= x1 && y >= y0 && y <= y1 && pointInRing(polygon, x, y) > 0) return true
      const ring = rings[r]
      for (let i = 0; i < ring.length; i += 2) {
        const j = (i + 2) % ring.length
        four.set([ring[i], ring[i + 1], ring[j], ring[j + 1]], 4)
        if (segmentsConflict(four, 0, 4)) return true
      }
    }
    if (pointInRings(rings, middleX, middleY)) return true
  }
  return false
}

function applyCuts(land: Land, cuts: readonly Cut[]): Borders {
  const points = new PairTable(land.arcXY.length)
  const a: number[] = []
  const b: number[] = []
  const left: number[] = []
  const right: number[] = []
  const flags: number[] = []
  const push = (ax: number, ay: number, bx: number, by: number, l: number, r: number, f: number) => {
    if (l === r || (ax === bx && ay === by)) return
    a.push(points.add(ax, ay))
    b.push(points.add(bx, by))
    left.push(l)
    right.push(r)
    flags.push(f)
  }
  /** Segments (by their first arc point) some part of which changes hands. */
  const done = new Set<number>()
  for (const { ring, from, to, toCell } of cuts) {
    const n = ring.segment.length
    const moved = new Uint8Array(n)
    eachStep(ring, { from, to }, (i) => (moved[i] = 1))
    const touched = new Set<number>()
    for (let i = 0; i < n; i++) if (moved[i]) touched.add(ring.segment[i])
    // Steps of one segment with the same fate are one piece; only the ends of the chord become points.
    for (let i = 0; i < n; i++) {
      if (!touched.has(ring.segment[i])) continue
      const begins = (i + n - 1) % n
      if (ring.segment[begins] === ring.segment[i] && ring.half[begins] === ring.half[i] && moved[begins] === moved[i] && i !== 0) continue
      let e = (i + 1) % n
      while (e !== 0 && ring.segment[e] === ring.segment[i] && ring.half[e] === ring.half[i] && moved[e] === moved[i]) e = (e + 1) % n
      const arc = ring.half[i] >> 1
      push(
        ring.xy[2 * i], ring.xy[2 * i + 1], ring.xy[2 * e], ring.xy[2 * e + 1], moved[i] ? toCell : ring.cell,
        acrossStep(land, ring, i), FLAGS_OF_KIND[land.arcKind[arc]],
      )
    }
    for (const segment of touched) done.add(segment)
    push(ring.xy[2 * to], ring.xy[2 * to + 1], ring.xy[2 * from], ring.xy[2 * from + 1], toCell, ring.cell, 0)
  }
  for (let k = 0; k < land.arcLeft.length; k++) {
    for (let p = land.arcStart[k]; p + 1 < land.arcStart[k + 1]; p++) {
      if (done.has(p)) continue
      push(
        land.arcXY[2 * p], land.arcXY[2 * p + 1], land.arcXY[2 * p + 2], land.arcXY[2 * p + 3], land.arcLeft[k], land.arcRight[k],
        FLAGS_OF_KIND[land.arcKind[k]],
      )
    }
  }
  return {
    points, count: a.length, a: Int32Array.from(a), b: Int32Array.from(b), left: Int32Array.from(left),
    right: Int32Array.from(right), flags: Uint16Array.from(flags),
  }
}

