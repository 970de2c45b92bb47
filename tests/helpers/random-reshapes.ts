import { seededRandom } from '@/algorithms/shared/seeded-random'
import type { PlanDelta } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'
import { ok, type Result } from '@/core/result'
import { insertVertex, moveVertex, placeOfVertex, removeVertex, type Vertex } from '@/rooms/redesign/operations/move-vertex'

type Random = ReturnType<typeof seededRandom>

/** Any place of a list whose entry is there. */
function pickFrom(ids: Int32Array, random: Random): number {
  for (;;) {
    const at = Math.floor(random() * ids.length)
    if (ids[at] !== 0) return at
  }
}

/** A corner of any border. */
export function randomVertex({ context: { land } }: PlanState, random: Random): Vertex {
  const arc = pickFrom(land.arcIds, random)
  const inner = land.arcStart[arc + 1] - land.arcStart[arc] - 2
  if (inner > 0 && random() < 0.5) return { kind: 'point', arcId: land.arcIds[arc], point: 1 + Math.floor(random() * inner) }
  return { kind: 'node', nodeId: land.nodeIds[pickFrom(land.nodeIds, random)] }
}

const shifted = ({ x, y }: { x: number; y: number }, reach: number, random: Random) => ({
  x: Math.round(x + (random() - 0.5) * 2 * reach),
  y: Math.round(y + (random() - 0.5) * 2 * reach),
})

/** Corners moved, added and removed at random; may be refused. */
export function randomReshape(plan: PlanState, random: Random, reach = 2000): Result<PlanDelta> {
  const { land } = plan.context
  const what = random()
  const vertex = randomVertex(plan, random)
  if (what < 0.5) return moveVertex(plan, { vertex, to: shifted(placeOfVertex(plan, vertex)!, reach, random) })
  if (what < 0.6) return removeVertex(plan, { vertex })
  const arc = pickFrom(land.arcIds, random)
  const segment = Math.floor(random() * (land.arcStart[arc + 1] - land.arcStart[arc] - 1))
  const at = 2 * (land.arcStart[arc] + segment)
  const middle = { x: Math.round((land.arcXY[at] + land.arcXY[at + 2]) / 2), y: Math.round((land.arcXY[at + 1] + land.arcXY[at + 3]) / 2) }
  return insertVertex(plan, { arcId: land.arcIds[arc], segment, at: shifted(middle, reach / 4, random) })
}

/** The first that is not refused; null after many refusals. */
export function firstAccepted(tries: number, attempt: () => Result<PlanDelta>): PlanDelta | null {
  for (let k = 0; k < tries; k++) {
    const delta = attempt()
    if (delta.ok) return delta.value
  }
  return null
}

export { ok }
