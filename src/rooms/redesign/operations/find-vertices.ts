import { ArcKind, type Land } from '@/core/land'
import type { CellIndex } from './index-cells'
import { nearestOnLeg, type OnLeg } from './nearest-on-leg'
import type { LatticePoint } from './pick-cells'

/** A point of a border: a node, where borders meet, or an inner point of an arc, which only two cells share. */
export type Vertex = { readonly at: LatticePoint } & (
  | { readonly kind: 'node'; readonly nodeId: number }
  | { readonly kind: 'inner'; readonly arcId: number; readonly point: number }
)

/** A place on a leg of a border, between two of its points. */
export interface Leg {
  readonly arcId: number
  /** The leg from this point of the arc to the next. */
  readonly leg: number
  readonly at: LatticePoint
  readonly middle: LatticePoint
}

export interface NearVertices {
  /** Points of the borders near the pointer, the nearest first. */
  readonly vertices: readonly Vertex[]
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
  const found = new Map<string, { vertex: Vertex; away: number }>()
  let leg: Leg | null = null
  let nearest = reach.short
  for (const arc of arcsWithin(cells, at, reach.short)) {
    const first = land.arcStart[arc]
    const last = land.arcStart[arc + 1] - 1
    for (let p = first; p < last; p++) {
      const on = onLeg(land, p, at)
      if (on.away >= nearest) continue
      nearest = on.away
      leg = { arcId: land.arcIds[arc], leg: p - first, at: on.at, middle: middleOf(land, p) }
    }
    for (let p = first; p <= last; p++) {
      const place = { x: land.arcXY[2 * p], y: land.arcXY[2 * p + 1] }
      const away = Math.hypot(place.x - at.x, place.y - at.y)
      if (away > reach.long) continue
      const node = p === first ? land.arcNodes[2 * arc] : p === last ? land.arcNodes[2 * arc + 1] : -1
      const vertex: Vertex =
        node >= 0 ? { kind: 'node', nodeId: land.nodeIds[node], at: place } : { kind: 'inner', arcId: land.arcIds[arc], point: p - first, at: place }
      found.set(vertexKey(vertex), { vertex, away })
    }
  }
  const vertices = [...found.values()].sort((a, b) => a.away - b.away).slice(0, MOST).map(({ vertex }) => vertex)
  return { vertices, leg }
}

export const vertexKey = (vertex: Vertex): string => (vertex.kind === 'node' ? `n${vertex.nodeId}` : `a${vertex.arcId}:${vertex.point}`)

/** The place on any border within reach that is nearest; null where there is none. */
export function nearestOnBorder(cells: CellIndex, at: LatticePoint, reach: number): LatticePoint | null {
  const { land } = cells
  let best: LatticePoint | null = null
  let nearest = reach
  for (const arc of arcsWithin(cells, at, reach)) {
    for (let p = land.arcStart[arc]; p < land.arcStart[arc + 1] - 1; p++) {
      const on = onLeg(land, p, at)
      if (on.away < nearest) [best, nearest] = [on.at, on.away]
    }
  }
  return best
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
