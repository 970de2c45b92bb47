import { ArcKind, type Land } from '@/core/land'
import type { CellIndex } from './index-cells'
import type { Vertex } from './move-vertex'
import { nearestOnLeg, type OnLeg } from './nearest-on-leg'
import type { LatticePoint } from './pick-cells'

/** A point of a border and where it lies. */
export interface PlacedVertex {
  readonly vertex: Vertex
  readonly at: LatticePoint
}

/** A place on a leg of a border, between two of its points. */
export interface Leg {
  readonly arcId: number
  /** 0 for the border's first leg. */
  readonly segment: number
  readonly at: LatticePoint
  readonly middle: LatticePoint
}

export interface NearVertices {
  /** Points of the borders near the pointer, the nearest first. */
  readonly vertices: readonly PlacedVertex[]
  /** The leg nearest to the pointer, within the short reach. */
  readonly leg: Leg | null
}

/** So many points are shown at most: what is near, never a cloud. */
const MOST = 12

/**
 * Points of borders near a place: of the arcs that come within the short reach of it those within the long one. Official
 * lines are left out: they are not the plan's to move. O(points of the arcs of the cells within reach).
 */
export function findVertices(cells: CellIndex, at: LatticePoint, reach: { readonly short: number; readonly long: number }): NearVertices {
  const { land } = cells
  const found = new Map<string, PlacedVertex & { away: number }>()
  let leg: Leg | null = null
  let nearest = reach.short
  for (const arc of arcsWithin(cells, at, reach.short)) {
    const first = land.arcStart[arc]
    const last = land.arcStart[arc + 1] - 1
    for (let p = first; p < last; p++) {
      const on = onLeg(land, p, at)
      if (on.away >= nearest) continue
      nearest = on.away
      leg = { arcId: land.arcIds[arc], segment: p - first, at: on.at, middle: middleOf(land, p) }
    }
    for (let p = first; p <= last; p++) {
      const place = { x: land.arcXY[2 * p], y: land.arcXY[2 * p + 1] }
      const away = Math.hypot(place.x - at.x, place.y - at.y)
      if (away > reach.long) continue
      const node = p === first ? land.arcNodes[2 * arc] : p === last ? land.arcNodes[2 * arc + 1] : -1
      const vertex: Vertex =
        node >= 0 ? { kind: 'node', nodeId: land.nodeIds[node] } : { kind: 'point', arcId: land.arcIds[arc], point: p - first }
      found.set(vertexKey(vertex), { vertex, at: place, away })
    }
  }
  const vertices = [...found.values()].sort((a, b) => a.away - b.away).slice(0, MOST)
  return { vertices, leg }
}

const vertexKey = (vertex: Vertex): string => (vertex.kind === 'node' ? `n${vertex.nodeId}` : `a${vertex.arcId}:${vertex.point}`)

/** A point of a border within this share of the reach is meant rather than the leg beside it. */
const POINT_SHARE = 0.6

/** The place on any border within reach that is nearest, its points before its legs; null where there is none. */
export function nearestOnBorder(cells: CellIndex, at: LatticePoint, reach: number): LatticePoint | null {
  const { land } = cells
  let best: OnLeg | null = null
  let point: OnLeg = { at, away: reach * POINT_SHARE }
  for (const arc of arcsWithin(cells, at, reach)) {
    for (let p = land.arcStart[arc]; p < land.arcStart[arc + 1]; p++) {
      const place = { x: land.arcXY[2 * p], y: land.arcXY[2 * p + 1] }
      const away = Math.hypot(place.x - at.x, place.y - at.y)
      if (away < point.away) point = { at: place, away }
      if (p === land.arcStart[arc + 1] - 1) break
      const on = onLeg(land, p, at)
      if (on.away < (best?.away ?? reach)) best = on
    }
  }
  return point.at === at ? (best?.at ?? null) : point.at
}

/** Arcs between two cells of one community around the place. */
function* arcsWithin({ land, boxes, cellArc, cellArcStart }: CellIndex, { x, y }: LatticePoint, reach: number): Generator<number> {
  const seen = new Set<number>()
  for (const cell of boxes.search(x - reach, y - reach, x + reach, y + reach)) {
    for (let k = cellArcStart[cell]; k < cellArcStart[cell + 1]; k++) {
      const arc = cellArc[k]
      if (seen.has(arc) || land.arcKind[arc] === ArcKind.boundary || land.arcLeft[arc] < 0 || land.arcRight[arc] < 0) continue
      seen.add(arc)
      if (land.cellCommunity[land.arcLeft[arc]] === land.cellCommunity[land.arcRight[arc]] && comesWithin(land, arc, { x, y }, reach)) yield arc
    }
  }
}

function comesWithin(land: Land, arc: number, at: LatticePoint, reach: number): boolean {
  for (let p = land.arcStart[arc]; p < land.arcStart[arc + 1] - 1; p++) if (onLeg(land, p, at).away <= reach) return true
  return false
}

const middleOf = ({ arcXY }: Land, p: number): LatticePoint => ({
  x: (arcXY[2 * p] + arcXY[2 * p + 2]) / 2,
  y: (arcXY[2 * p + 1] + arcXY[2 * p + 3]) / 2,
})

const onLeg = ({ arcXY }: Land, p: number, at: LatticePoint): OnLeg => nearestOnLeg(at, arcXY[2 * p], arcXY[2 * p + 1], arcXY[2 * p + 2], arcXY[2 * p + 3])
