import type { GridRecord, PlanDelta } from '../plan'
import { toGridRecord, type PlanState } from '../plan-index'
import { ok, refused, type Result } from '../result'

export interface RenameGridInput {
  readonly gridId: string
  readonly name?: string
  /** Community code and at least three digits. */
  readonly code?: string
  readonly kind?: GridRecord['kind']
}

/**
 * Change what a grid is called: name, code, kind.
 * @returns the delta, or `grid_unknown`, `grid_locked`, `name_empty`, `code_malformed`, `code_taken`, `nothing_to_do`
 */
export function renameGrid({ context, document, index }: PlanState, input: RenameGridInput): Result<PlanDelta> {
  const slot = index.slotOf(input.gridId)
  const grid = document.grids[slot]
  if (!grid) return refused('grid_unknown', { gridId: input.gridId })
  if (grid.locked) return refused('grid_locked', { gridId: grid.id })
  const before = toGridRecord(context, grid)
  const after: GridRecord = {
    ...before,
    name: input.name === undefined ? before.name : input.name.trim(),
    code: input.code ?? before.code,
    kind: input.kind ?? before.kind,
  }
  if (after.name === '') return refused('name_empty')
  if (after.code !== before.code) {
    const communityCode = context.communities[grid.community].code
    if (!after.code.startsWith(communityCode) || !/^\d{3,}$/.test(after.code.slice(communityCode.length))) {
      return refused('code_malformed', { code: after.code, communityCode })
    }
    if (index.slotsWithCode(after.code).size > 0) return refused('code_taken', { code: after.code })
  }
  if (after.name === before.name && after.code === before.code && after.kind === before.kind) {
    return refused('nothing_to_do')
  }
  return ok({ cells: [], grids: [{ before, after }] })
}
