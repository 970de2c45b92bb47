import { createLandSketch } from '@/algorithms/topology/land-sketch'
import { arcsByCell } from '@/core/cell-contents'
import { removeGrid } from '@/core/operations/remove-grid'
import type { PlanDelta } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'
import { composeDeltas } from '@/core/delta'
import { ok, type Result } from '@/core/result'
import { no, settleLand } from './settle-land'

/**
 * Make one cell of several that hang together by borders, in one community. The first keeps its id and its grid.
 * @param input.cells cell indices, at least two
 * @returns the delta, or a `ReshapeRefusal`
 */
export function mergeCells(plan: PlanState, { cells }: { readonly cells: Iterable<number> }): Result<PlanDelta> {
  const { context } = plan
  const { land } = context
  const chosen = [...new Set(cells)]
  if (chosen.some((cell) => land.cellIds[cell] === undefined || land.cellIds[cell] === 0)) return no('cell_unknown')
  if (chosen.length < 2) return no('nothing_to_do')
  if (chosen.some((cell) => land.cellCommunity[cell] !== land.cellCommunity[chosen[0]])) return no('other_community')
  if (!hangTogether(plan, chosen)) return no('not_neighbours')

  const sketch = createLandSketch(context, Math.random)
  const [heir, ...others] = chosen.map((cell) => land.cellIds[cell])
  const merged = new Set(chosen)
  const { start, item } = arcsByCell(land)
  const arcs = new Set(chosen.flatMap((cell) => [...item.subarray(start[cell], start[cell + 1])]))
  const ends = new Set<number>()
  for (const index of arcs) {
    const arc = sketch.arc(land.arcIds[index])!
    const isWithin = merged.has(land.arcLeft[index]) && merged.has(land.arcRight[index])
    if (isWithin) {
      sketch.removeArc(arc.id)
      ends.add(arc.start).add(arc.end)
    } else if (merged.has(land.arcLeft[index])) arc.left = heir
    else arc.right = heir
  }
  for (const node of ends) if (sketch.arcsAt(node).length === 0) sketch.removeNode(node)
  for (const id of others) sketch.removeCell(id)
  return settleLand({ plan, sketch, heirOf: new Map([heir, ...others].map((id) => [id, heir])) })
}

function hangTogether({ context: { adjacency } }: PlanState, cells: readonly number[]): boolean {
  const rest = new Set(cells)
  const queue = [cells[0]]
  rest.delete(cells[0])
  for (const cell of queue) {
    for (const next of adjacency.neighbour.subarray(adjacency.start[cell], adjacency.start[cell + 1])) {
      if (rest.delete(next)) queue.push(next)
    }
  }
  return rest.size === 0
}

/**
 * Make one grid of several of a community: the first takes the cells of the others, which go.
 * @returns the delta, or `grid_unknown`, `grid_locked`, `other_community`, `nothing_to_do`
 */
export function mergeGrids(plan: PlanState, { gridIds }: { readonly gridIds: Iterable<string> }): Result<PlanDelta> {
  const [heirId, ...others] = [...new Set(gridIds)]
  if (others.length === 0) return no('nothing_to_do')
  const deltas: PlanDelta[] = []
  for (const gridId of others) {
    const removed = removeGrid(plan, { gridId, heirId })
    if (!removed.ok) return removed
    deltas.push(removed.value)
  }
  return ok(composeDeltas(...deltas))
}
