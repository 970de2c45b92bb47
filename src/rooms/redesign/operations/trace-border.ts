import { createLandSketch } from '@/algorithms/topology/land-sketch'
import { crossesItself } from '@/algorithms/topology/lay-line'
import { arcsByCell } from '@/core/cell-contents'
import { borderOf } from '@/core/check-land-edit'
import type { PlanDelta } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'
import type { Result } from '@/core/result'
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
 * Let a border run another way between two places on it, as along a street: all cells beside it follow. What lies between
 * the old and the new way goes to the cell on the other side.
 * @returns the delta, or a `ReshapeRefusal`: `vertex_unknown` where the ends do not lie on one border
 * Complexity O(points of the path × points of the cells beside the border).
 */
export function traceBorder(plan: PlanState, { path, reach = ON_BORDER }: TraceBorderInput): Result<PlanDelta> {
  const points = onLattice(path)
  if (points.length < 2) return no('vertex_unknown')
  const line = points.flatMap(({ x, y }) => [x, y])
  if (crossesItself(line)) return no('line_crosses_itself')
  const [from, to] = [placesNear(plan, points[0], reach), placesNear(plan, points[points.length - 1], reach)]
  const pair = from.flatMap((a) => to.filter((b) => b.arc === a.arc).map((b) => [a, b] as const))
  if (pair.length === 0) return no('vertex_unknown')
  // Two borders may join the same two corners: the one that goes is tried.
  let first: Result<PlanDelta> | null = null
  for (const [a, b] of pair) {
    const traced = traceArc(plan, line, a, b)
    if (traced.ok) return traced
    first ??= traced
  }
  return first!
}

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
