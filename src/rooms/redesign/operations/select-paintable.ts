import type { GridAttributes } from '@/core/scope'

/** Why cells under a gesture stay where they are; also the i18n key below `refusal`. */
export const REFUSAL_CODES = ['target_missing', 'target_locked', 'grid_locked', 'other_community', 'filtered_out'] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** What painting respects. Grid indices are slots of the plan's grids; −1 is no grid. */
export interface PaintRule {
  /** Slot painted into; −1 erases, null while nothing is chosen. */
  readonly target: number | null
  /** Only cells of this slot change hands (−1: only land without a grid); null: from anywhere. */
  readonly onlyFrom: number | null
}

export interface Paintable {
  /** Cells that may change hands, in the order given; those already in the target are left out silently. */
  readonly cells: readonly number[]
  /** Number of cells refused, by reason; only reasons that occurred. */
  readonly refused: ReadonlyMap<RefusalCode, number>
}

/**
 * Sort the cells of a gesture into those that may go to the target and those that may not, with the reason.
 * The first reason that holds counts: target, filter, community, lock of the giving grid. O(cells).
 */
export function selectPaintable(
  cells: readonly number[],
  plan: { readonly grids: readonly (GridAttributes | null)[]; readonly cellGrid: Int32Array },
  cellCommunity: Int32Array,
  rule: PaintRule,
): Paintable {
  const refused = new Map<RefusalCode, number>()
  const refuse = (code: RefusalCode) => refused.set(code, (refused.get(code) ?? 0) + 1)
  const target = rule.target === null || rule.target < 0 ? null : plan.grids[rule.target]
  const kept: number[] = []
  for (const cell of cells) {
    const from = plan.cellGrid[cell]!
    if (rule.target !== null && from === rule.target) continue
    if (rule.target === null || target === undefined || (rule.target >= 0 && target === null)) refuse('target_missing')
    else if (target?.locked) refuse('target_locked')
    else if (rule.onlyFrom !== null && from !== rule.onlyFrom) refuse('filtered_out')
    else if (target && target.community !== cellCommunity[cell]) refuse('other_community')
    else if (from >= 0 && plan.grids[from]?.locked) refuse('grid_locked')
    else kept.push(cell)
  }
  return { cells: kept, refused }
}
