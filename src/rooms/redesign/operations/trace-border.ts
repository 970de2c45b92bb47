import { findLabelPoint } from '@/algorithms/topology/find-label-point'
import { createLandSketch, type LandSketch } from '@/algorithms/topology/land-sketch'
import { crossesItself } from '@/algorithms/topology/lay-line'
import { pointInRings } from '@/algorithms/topology/ring-geometry'
import { arcsByCell } from '@/core/cell-contents'
import { borderOf } from '@/core/check-land-edit'
import { isFault, traceCell } from '@/core/land-faults'
import type { PlanDelta } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'
import { ok, type Result } from '@/core/result'
import { gridsOfParts, layCut } from './cut-cells'
import { cellIndexOf } from './index-cells'
import type { LatticePoint } from './pick-cells'
import { no, onLattice, settleLand } from './settle-land'

export interface TraceBorderInput {
  /** From a place on a border to another on the same border; the border runs along it then. */
  readonly path: readonly LatticePoint[]
  /** How far the ends may lie from the border, lattice units. */
  readonly reach?: number
}

/** A step of the lattice either way, where an end is put on a slanting border. */
const ON_BORDER = 2

interface Place {
  readonly arc: number
  readonly segment: number
  readonly share: number
}

/**
 * Let a border run another way between two places on it, as along a street. Where one border of two cells leads from end to
 * end, both follow; where the border of two grids does, over several cells, those in the way are cut, and what lies between
 * the old and the new way goes to the other grid.
 * @returns the delta, or a `ReshapeRefusal`: `vertex_unknown` where the ends do not lie on one border
 * Complexity O(points of the path × points of the cells beside the border).
 */
export function traceBorder(plan: PlanState, { path, reach = ON_BORDER }: TraceBorderInput): Result<PlanDelta> {
  const points = onLattice(path)
  if (points.length < 2) return no('vertex_unknown')
  const line = points.flatMap(({ x, y }) => [x, y])
  if (crossesItself(line)) return no('line_crosses_itself')
  const [from, to] = [placesNear(plan, points[0], reach), placesNear(plan, points[points.length - 1], reach)]
  const isOneBorder = from.flatMap((a) => to.filter((b) => b.arc === a.arc).map((b) => [a, b] as const))
  const isOfGrids = sharedSlots(plan, from).filter(([a, b]) => sharedSlots(plan, to).some(([c, d]) => a === c && b === d))
  // Several borders may join the same two corners: the one that goes is taken.
  let first: Result<PlanDelta> = no('vertex_unknown')
  const attempts = [
    ...isOneBorder.map(([a, b]) => () => traceArc(plan, line, a, b)),
    ...isOfGrids.map(([a, b]) => () => traceGrids(plan, points, a, b)),
  ]
  for (const attempt of attempts) {
    const traced = attempt()
    if (traced.ok) return traced
    if (first.ok || first.code === 'vertex_unknown') first = traced
  }
  return first
}

/** Pairs of grids that have a border at some places, the lower slot first. */
function sharedSlots({ context: { land }, document }: PlanState, places: readonly Place[]): [number, number][] {
  return places.flatMap(({ arc }) => {
    const [left, right] = [land.arcLeft[arc], land.arcRight[arc]]
    if (left < 0 || right < 0 || land.cellCommunity[left] !== land.cellCommunity[right]) return []
    const [a, b] = [document.cellGrid[left], document.cellGrid[right]].sort((one, other) => one - other)
    return a >= 0 && a !== b ? [[a, b] as [number, number]] : []
  })
}

/** Cut along the path and give what lies between it and the border of two grids to the other one. */
function traceGrids(plan: PlanState, points: readonly LatticePoint[], a: number, b: number): Result<PlanDelta> {
  const { context, document, index } = plan
  const locked = [a, b].map((slot) => document.grids[slot]!).find((grid) => grid.locked)
  if (locked) return no('grid_locked', { gridId: locked.id })
  const cells = [...index.cellsOf(a), ...index.cellsOf(b)]
  const cut = layCut(plan, { line: points, cells })
  if (!cut.ok) return cut
  const { sketch, laid, parts } = cut.value
  if (!laid.ends) return no('line_divides_nothing')
  const slotOf = new Map(cells.map((cell) => [context.land.cellIds[cell], document.cellGrid[cell]]))
  for (const [id, [, ...others]] of parts) for (const other of others) slotOf.set(other, slotOf.get(id)!)
  const border = borderBetween(sketch, slotOf, laid.ends)
  if (!border) return no('vertex_unknown')

  const ring = [...points.flatMap(({ x, y }) => [x, y]), ...border]
  const isCut = new Set([...parts.values()].flat())
  const gridOf = gridsOfParts(plan, parts)
  for (const [id, slot] of slotOf) {
    const cell = context.cellIndex.get(id)
    const [x, y] = isCut.has(id) || cell === undefined ? middleOf(sketch, id) : [context.land.cellLabelXY[2 * cell], context.land.cellLabelXY[2 * cell + 1]]
    if (pointInRings([ring], x, y)) gridOf.set(id, document.grids[slot === a ? b : a]!.id)
  }
  if (parts.size > 0) return settleLand({ plan, sketch, heirOf: new Map([...parts.keys()].map((id) => [id, id])), gridOf })
  const moves = [...gridOf].map(([cell, to]) => ({ cell, from: document.grids[slotOf.get(cell)!]!.id, to }))
  return moves.length > 0 ? ok({ cells: moves, grids: [] }) : no('nothing_to_do')
}

const middleOf = (sketch: LandSketch, id: number): readonly [x: number, y: number] => {
  const shape = traceCell(sketch.arcsOf(id).map(sketch.peek), id)
  return isFault(shape) ? [NaN, NaN] : findLabelPoint([[shape.outer, ...shape.holes]])
}

/** Points of the border of two grids from the end of a line back to its beginning, by the fewest arcs; null where it does not lead there. */
function borderBetween(sketch: LandSketch, slotOf: ReadonlyMap<number, number>, [from, to]: readonly [number, number]): number[] | null {
  const cameBy = new Map<number, { readonly arcId: number; readonly node: number } | null>([[to, null]])
  for (const [node] of cameBy) {
    if (node === from) break
    for (const arcId of sketch.arcsAt(node)) {
      const { start, end, left, right } = sketch.peek(arcId)
      const sides = [left, right].map((side) => (side === null ? undefined : slotOf.get(side)))
      const next = start === node ? end : start
      if (sides[0] === undefined || sides[1] === undefined || sides[0] === sides[1] || cameBy.has(next)) continue
      cameBy.set(next, { arcId, node })
    }
  }
  if (!cameBy.has(from)) return null
  const stretches: number[][] = []
  for (let step = cameBy.get(from); step; step = cameBy.get(step.node)) {
    const { start, xy } = sketch.peek(step.arcId)
    const line = Array.from(xy)
    stretches.unshift(start === step.node ? line : reversedLine(line))
  }
  return stretches.flat()
}

const reversedLine = (xy: readonly number[]): number[] => xy.map((_, k) => xy[xy.length - 2 - 2 * (k >> 1) + (k & 1)])

function traceArc(plan: PlanState, line: readonly number[], a: Place, b: Place): Result<PlanDelta> {
  const { land } = plan.context
  const sketch = createLandSketch(plan.context, Math.random)
  const arc = sketch.arc(land.arcIds[a.arc])!
  const isForward = a.segment + a.share <= b.segment + b.share
  const [near, far] = isForward ? [a, b] : [b, a]
  const way: number[] = []
  for (let p = 0; p < line.length; p += 2) {
    const at = isForward ? p : line.length - 2 - p
    way.push(line[at], line[at + 1])
  }
  // Points strictly before the first place and behind the second stay; ends of the border stay in any case.
  const last = arc.xy.length / 2 - 1
  const head = arc.xy.slice(0, 2 * (near.share > 0 || near.segment === 0 ? near.segment + 1 : near.segment))
  const tail = arc.xy.slice(2 * Math.min(last, far.segment + 1))
  const xy: number[] = []
  for (const part of [head, way, tail]) {
    for (let p = 0; p < part.length; p += 2) {
      if (xy[xy.length - 2] !== part[p] || xy[xy.length - 1] !== part[p + 1]) xy.push(part[p], part[p + 1])
    }
  }
  arc.xy = xy
  return settleLand({ plan, sketch })
}

/** Places on borders within reach of a point. */
function placesNear({ context: { land } }: PlanState, { x, y }: LatticePoint, reach: number): Place[] {
  const { boxes } = cellIndexOf(land)
  const { start, item } = arcsByCell(land)
  const arcs = new Set<number>()
  for (const cell of boxes.search(x - reach, y - reach, x + reach, y + reach)) {
    for (let k = start[cell]; k < start[cell + 1]; k++) arcs.add(item[k])
  }
  return [...arcs].flatMap((arc) => {
    const { xy } = borderOf(land, arc)
    let best: Place | null = null
    let least = reach
    for (let p = 0; p + 3 < xy.length; p += 2) {
      const [ux, uy] = [xy[p + 2] - xy[p], xy[p + 3] - xy[p + 1]]
      const share = Math.max(0, Math.min(1, ((x - xy[p]) * ux + (y - xy[p + 1]) * uy) / (ux * ux + uy * uy)))
      const distance = Math.hypot(x - xy[p] - share * ux, y - xy[p + 1] - share * uy)
      if (distance >= least) continue
      least = distance
      best = { arc, segment: p / 2, share }
    }
    return best ? [best] : []
  })
}
