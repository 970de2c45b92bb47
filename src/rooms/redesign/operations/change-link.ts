import type { LinkKind, PlanDelta } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'
import { ok, refused, type Result } from '@/core/result'

/**
 * Make two cells neighbours by decree (`bridge`), none (`wall`), or as they lie (null).
 * @param a cell indices
 * @returns the delta, or `same_cell`, `other_community`, `not_neighbours` (a wall where there is no border),
 * `neighbours` (a bridge where there is one), `nothing_to_do`
 */
export function changeLink({ context, document }: PlanState, a: number, b: number, kind: LinkKind | null): Result<PlanDelta> {
  const { cellIds, cellCommunity } = context.land
  if (a === b) return refused('same_cell')
  if (cellCommunity[a] !== cellCommunity[b]) return refused('other_community')
  const { start, neighbour } = context.adjacency
  const areBeside = neighbour.subarray(start[a], start[a + 1]).includes(b)
  if (kind === 'wall' && !areBeside) return refused('not_neighbours')
  if (kind === 'bridge' && areBeside) return refused('neighbours')
  const cells: readonly [number, number] = cellIds[a] < cellIds[b] ? [cellIds[a], cellIds[b]] : [cellIds[b], cellIds[a]]
  const before = document.links?.find((link) => link.cells[0] === cells[0] && link.cells[1] === cells[1])?.kind ?? null
  return before === kind ? refused('nothing_to_do') : ok({ cells: [], grids: [], links: [{ cells, before, after: kind }] })
}
