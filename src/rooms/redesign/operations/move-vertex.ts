import { createLandSketch, type LandSketch } from '@/algorithms/topology/land-sketch'
import { arcIndexOf, nodeIndexOf } from '@/core/cell-contents'
import type { PlanDelta } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'
import type { Result } from '@/core/result'
import type { LatticePoint } from './pick-cells'
import { no, onLattice, settleLand } from './settle-land'

/** A corner of borders: where borders meet, or a point within one. Ids stay through edits; point numbers do not. */
export type Vertex =
  | { readonly kind: 'node'; readonly nodeId: number }
  /** `point`: 1 … number of points − 2. */
  | { readonly kind: 'point'; readonly arcId: number; readonly point: number }

function isThere({ context: { land } }: PlanState, vertex: Vertex): boolean {
  if (vertex.kind === 'node') return nodeIndexOf(land).get(vertex.nodeId) !== undefined
  const arc = arcIndexOf(land).get(vertex.arcId)
  return arc !== undefined && vertex.point > 0 && vertex.point < land.arcStart[arc + 1] - land.arcStart[arc] - 1
}

/** Where a vertex lies; null where there is none such. */
export function placeOfVertex({ context: { land } }: PlanState, vertex: Vertex): LatticePoint | null {
  if (vertex.kind === 'node') {
    const node = nodeIndexOf(land).get(vertex.nodeId)
    return node === undefined ? null : { x: land.nodeXY[2 * node], y: land.nodeXY[2 * node + 1] }
  }
  const arc = arcIndexOf(land).get(vertex.arcId)
  const points = arc === undefined ? 0 : land.arcStart[arc + 1] - land.arcStart[arc]
  if (arc === undefined || vertex.point <= 0 || vertex.point >= points - 1) return null
  const at = 2 * (land.arcStart[arc] + vertex.point)
  return { x: land.arcXY[at], y: land.arcXY[at + 1] }
}

/**
 * Move a corner; every cell around it follows. For each frame of a drag, give the place the vertex had at its beginning as
 * the plan has it now, or replace the gesture: an answer costs the borders and buildings of the cells around it.
 * @returns the delta, or a `ReshapeRefusal`
 */
export function moveVertex(plan: PlanState, input: { readonly vertex: Vertex; readonly to: LatticePoint }): Result<PlanDelta> {
  const { vertex } = input
  const [to] = onLattice([input.to])
  if (!isThere(plan, vertex)) return no('vertex_unknown')
  const sketch = createLandSketch(plan.context, Math.random)
  if (vertex.kind === 'point') {
    const { xy } = sketch.arc(vertex.arcId)!
    xy[2 * vertex.point] = to.x
    xy[2 * vertex.point + 1] = to.y
  } else moveNode(sketch, vertex.nodeId, to)
  return settleLand({ plan, sketch })
}

function moveNode(sketch: LandSketch, nodeId: number, to: LatticePoint): void {
  sketch.moveNode(nodeId, to.x, to.y)
  for (const id of sketch.arcsAt(nodeId)) {
    const arc = sketch.arc(id)!
    for (const [end, at] of [[arc.start, 0], [arc.end, arc.xy.length - 2]]) {
      if (end !== nodeId) continue
      arc.xy[at] = to.x
      arc.xy[at + 1] = to.y
    }
  }
}

/**
 * Add a corner to a border.
 * @param segment 0 for the border's first stretch; `at` lies on or near it
 * @returns the delta, or a `ReshapeRefusal`; the corner is `{ kind: 'point', arcId, point: segment + 1 }` then
 */
export function insertVertex(
  plan: PlanState,
  { arcId, segment, at }: { readonly arcId: number; readonly segment: number; readonly at: LatticePoint },
): Result<PlanDelta> {
  const sketch = createLandSketch(plan.context, Math.random)
  const arc = sketch.arc(arcId)
  const [{ x, y }] = onLattice([at])
  if (!arc || segment < 0 || segment >= arc.xy.length / 2 - 1) return no('vertex_unknown')
  arc.xy.splice(2 * segment + 2, 0, x, y)
  return settleLand({ plan, sketch })
}

/**
 * Take a corner out of a border. Where just two borders meet they become one; where more do, the corner stays.
 * @returns the delta, or a `ReshapeRefusal`
 */
export function removeVertex(plan: PlanState, { vertex }: { readonly vertex: Vertex }): Result<PlanDelta> {
  if (!isThere(plan, vertex)) return no('vertex_unknown')
  const sketch = createLandSketch(plan.context, Math.random)
  if (vertex.kind === 'point') sketch.arc(vertex.arcId)!.xy.splice(2 * vertex.point, 2)
  else {
    const [x, y] = sketch.nodeXY(vertex.nodeId)
    const joined = dissolveNode(sketch, vertex.nodeId)
    if (!joined) return no('vertex_is_junction')
    const { xy } = sketch.arc(joined)!
    for (let p = 2; p < xy.length - 2; p += 2) if (xy[p] === x && xy[p + 1] === y) xy.splice(p, 2)
  }
  return settleLand({ plan, sketch })
}

/** Make one border of the two that meet in a node and return its id; null where others do, or the two are of different sorts. */
function dissolveNode(sketch: LandSketch, nodeId: number): number | null {
  const ids = sketch.arcsAt(nodeId)
  if (ids.length !== 2) return null
  const [first, second] = ids.map((id) => sketch.arc(id)!)
  if (first.start === first.end || second.start === second.end) return null
  // Both run on from one to the other, away from the first one's beginning.
  const lead = first.end === nodeId ? first : reversed(first)
  const tail = second.start === nodeId ? second : reversed(second)
  if (lead.left !== tail.left || lead.right !== tail.right || lead.kind !== tail.kind) return null
  Object.assign(first, lead, { end: tail.end, xy: [...lead.xy, ...tail.xy.slice(2)] })
  sketch.removeArc(second.id)
  sketch.removeNode(nodeId)
  return first.id
}

function reversed<A extends { start: number; end: number; left: number | null; right: number | null; xy: number[] }>(arc: A): A {
  const xy: number[] = []
  for (let p = arc.xy.length - 2; p >= 0; p -= 2) xy.push(arc.xy[p], arc.xy[p + 1])
  return { ...arc, start: arc.end, end: arc.start, left: arc.right, right: arc.left, xy }
}
