import { nextGridCode } from '../grid-codes'
import { newUuid } from '../ids'
import type { GridRecord, PlanDelta } from '../plan'
import type { PlanState } from '../plan-index'
import { ok, refused, type Result } from '../result'

export interface CreateGridInput {
  /** Community index. */
  readonly community: number
  /** Shown name; the last digits of the code where left out. */
  readonly name?: string
  readonly kind?: GridRecord['kind']
  /** Cell indices the grid begins with; cells of other communities or of locked grids refuse the whole. */
  readonly cells?: Iterable<number>
  /** Fresh where left out. */
  readonly id?: string
}

/**
 * A new grid of a community with the next free code, and the cells it begins with.
 * @returns the delta, or `community_unknown`, `grid_locked`, `other_community`
 */
export function createGrid(plan: PlanState, input: CreateGridInput): Result<PlanDelta> {
  const { context, document } = plan
  const community = context.communities[input.community]
  if (!community) return refused('community_unknown')
  const code = nextGridCode(plan, input.community)
  const after: GridRecord = {
    id: input.id ?? newUuid(),
    code,
    name: input.name ?? code.slice(community.code.length),
    communityId: community.id,
    kind: input.kind ?? 'basic',
    locked: false,
  }
  const cells: { cell: number; from: string | null; to: string }[] = []
  for (const cell of new Set(input.cells ?? [])) {
    const cellId = context.land.cellIds[cell]
    const from = document.grids[document.cellGrid[cell]] ?? null
    if (context.land.cellCommunity[cell] !== input.community) return refused('other_community', { cellId })
    if (from?.locked) return refused('grid_locked', { gridId: from.id })
    cells.push({ cell: cellId, from: from?.id ?? null, to: after.id })
  }
  return ok({ cells, grids: [{ before: null, after }] })
}
