import type { PlanState } from '@/core/plan-index'
import type { CellIndex } from './index-cells'
import { nearestOnLeg } from './nearest-on-leg'
import type { LatticePoint } from './pick-cells'

/** Why a border cannot be dragged; also the i18n key below `refusal`. */
export type BorderRefusal = 'border_land_edge' | 'border_community' | 'border_locked'

/** The place on a border between two grids that is nearest to a point. */
export interface BorderHit {
  readonly arc: number
  /** The point on the border, lattice units. */
  readonly at: LatticePoint
  /** Slots left and right of the arc; −1 no grid, or outside the land. */
  readonly left: number
  readonly right: number
  /** Null where the border can be dragged. */
  readonly refusal: BorderRefusal | null
}

/** A border that cannot be dragged must be this much nearer, as a share of the reach, to be meant rather than one that can. */
const PREFERENCE = 1 / 3

/**
 * The border of grids nearest to a point, within a reach in lattice units; null where there is none. Between two that are
 * about as near the one that can be dragged is meant. O(arcs of the cells within reach).
 */
export function findBorder(cells: CellIndex, plan: PlanState, at: LatticePoint, reach: number): BorderHit | null {
  const { land } = cells
  const { cellGrid } = plan.document
  const seen = new Set<number>()
  let best: BorderHit | null = null
  let bestRank = Infinity
  for (const cell of cells.boxes.search(at.x - reach, at.y - reach, at.x + reach, at.y + reach)) {
    for (let k = cells.cellArcStart[cell]; k < cells.cellArcStart[cell + 1]; k++) {
      const arc = cells.cellArc[k]
      if (seen.has(arc)) continue
      seen.add(arc)
      const left = land.arcLeft[arc]
      const right = land.arcRight[arc]
      const [leftSlot, rightSlot] = [left < 0 ? -1 : cellGrid[left], right < 0 ? -1 : cellGrid[right]]
      if (left >= 0 && right >= 0 && leftSlot === rightSlot) continue
      const near = nearestOnArc(cells, arc, at)
      if (near.distance > reach) continue
      const refusal = refusalOf(plan, left, right)
      const rank = near.distance + (refusal === null ? 0 : reach * PREFERENCE)
      if (rank >= bestRank) continue
      bestRank = rank
      best = { arc, at: near.at, left: leftSlot, right: rightSlot, refusal }
    }
  }
  return best
}

/** Why the border between two cells cannot be dragged; −1 is outside the land. */
function refusalOf({ context, document }: PlanState, left: number, right: number): BorderRefusal | null {
  if (left < 0 || right < 0) return 'border_land_edge'
  const { cellCommunity } = context.land
  if (cellCommunity[left] !== cellCommunity[right]) return 'border_community'
  const isLocked = (cell: number): boolean => document.grids[document.cellGrid[cell]]?.locked ?? false
  return isLocked(left) || isLocked(right) ? 'border_locked' : null
}

/**
 * Arcs of the border that a hit lies on: those between the same two sides that hang together with it. For a border of the
 * community or of the land the arc alone. O(arcs of the smaller of the two grids).
 */
export function borderRun(cells: CellIndex, plan: PlanState, hit: BorderHit): number[] {
  const { land } = cells
  const { cellGrid } = plan.document
  if (hit.refusal === 'border_land_edge' || hit.refusal === 'border_community') return [hit.arc]
  const between = new Set<number>()
  for (const cell of smallerSide(plan, hit, land.cellCommunity[land.arcLeft[hit.arc]])) {
    for (let k = cells.cellArcStart[cell]; k < cells.cellArcStart[cell + 1]; k++) {
      const arc = cells.cellArc[k]
      const [left, right] = [land.arcLeft[arc], land.arcRight[arc]]
      if (left < 0 || right < 0 || land.cellCommunity[left] !== land.cellCommunity[right]) continue
      const [a, b] = [cellGrid[left], cellGrid[right]]
      if ((a === hit.left && b === hit.right) || (a === hit.right && b === hit.left)) between.add(arc)
    }
  }
  const atNode = new Map<number, number[]>()
  for (const arc of between) {
    for (const node of [land.arcNodes[2 * arc], land.arcNodes[2 * arc + 1]]) {
      const list = atNode.get(node)
      if (list) list.push(arc)
      else atNode.set(node, [arc])
    }
  }
  const run = new Set([hit.arc])
  for (const arc of run) {
    for (const node of [land.arcNodes[2 * arc], land.arcNodes[2 * arc + 1]]) for (const next of atNode.get(node) ?? []) run.add(next)
  }
  return [...run]
}

function smallerSide({ index }: PlanState, hit: BorderHit, community: number): Int32Array {
  const [left, right] = [hit.left, hit.right].map((slot) => (slot < 0 ? index.cellsWithoutGrid(community) : index.cellsOf(slot)))
  return left.length < right.length ? left : right
}

function nearestOnArc({ land }: CellIndex, arc: number, at: LatticePoint): { at: LatticePoint; distance: number } {
  let best = { at, away: Infinity }
  for (let p = land.arcStart[arc] + 1; p < land.arcStart[arc + 1]; p++) {
    const on = nearestOnLeg(at, land.arcXY[2 * p - 2], land.arcXY[2 * p - 1], land.arcXY[2 * p], land.arcXY[2 * p + 1])
    if (on.away < best.away) best = on
  }
  return { at: best.at, distance: best.away }
}
