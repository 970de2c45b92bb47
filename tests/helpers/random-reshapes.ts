import type { seededRandom } from '@/algorithms/shared/seeded-random'
import type { PlanDelta } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'
import type { Result } from '@/core/result'
import { cutCells } from '@/rooms/redesign/operations/cut-cells'
import { mergeCells, mergeGrids } from '@/rooms/redesign/operations/merge-cells'
import { splitGridByLine, splitGridEvenly } from '@/rooms/redesign/operations/split-grid'
import { traceBorder } from '@/rooms/redesign/operations/trace-border'
import { insertVertex, moveVertex, placeOfVertex, removeVertex, type Vertex } from '@/rooms/redesign/operations/move-vertex'

type Random = ReturnType<typeof seededRandom>

/** Any place of a list whose entry is there. */
export function pickFrom(ids: Int32Array, random: Random): number {
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

/** A line across the land near a cell, of two or three points. */
function randomLine({ context: { land } }: PlanState, random: Random, reach: number) {
  const cell = pickFrom(land.cellIds, random)
  const middle = { x: land.cellLabelXY[2 * cell], y: land.cellLabelXY[2 * cell + 1] }
  const ends = [shifted(middle, 3 * reach, random), shifted(middle, 3 * reach, random)]
  return random() < 0.5 ? ends : [ends[0], shifted(middle, reach, random), ends[1]]
}

/** From one place of a border to another, around a point beside it. */
function randomPath({ context: { land } }: PlanState, random: Random, reach: number) {
  const arc = pickFrom(land.arcIds, random)
  const [from, to] = [land.arcStart[arc], land.arcStart[arc + 1] - 1]
  const at = (point: number) => ({ x: land.arcXY[2 * point], y: land.arcXY[2 * point + 1] })
  const [a, b] = [at(from), at(to)]
  return [a, shifted({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, reach, random), b]
}

const randomGrid = ({ document }: PlanState, random: Random): string =>
  document.grids[Math.floor(random() * document.grids.length)]?.id ?? ''

/** A cell and one or two beside it. */
function cellsBeside({ context: { land, adjacency } }: PlanState, random: Random): number[] {
  const cell = pickFrom(land.cellIds, random)
  const beside = [...adjacency.neighbour.subarray(adjacency.start[cell], adjacency.start[cell + 1])]
  return [cell, ...beside.sort(() => random() - 0.5).slice(0, random() < 0.7 ? 1 : 2)]
}

/** Corners moved, added and removed, cells cut and joined, grids parted and joined, borders traced, at random; may be refused. */
export function randomReshape(plan: PlanState, random: Random, mayDivide = true, reach = 2000): Result<PlanDelta> {
  const { land } = plan.context
  const what = random()
  if (what > 0.97) return splitGridByLine(plan, { gridId: randomGrid(plan, random), line: randomLine(plan, random, 6 * reach) })
  if (what > 0.95 && mayDivide) return splitGridEvenly(plan, { gridId: randomGrid(plan, random), parts: 2 + Math.floor(2 * random()) })
  if (what > 0.93) return traceBorder(plan, { path: randomPath(plan, random, reach) })
  if (what > 0.92) return mergeGrids(plan, { gridIds: [randomGrid(plan, random), randomGrid(plan, random)] })
  if (what > 0.85) return cutCells(plan, { line: randomLine(plan, random, 2 * reach) })
  if (what > 0.75) return mergeCells(plan, { cells: cellsBeside(plan, random) })
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
