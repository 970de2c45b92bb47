import type { GapReason } from '@/core/coverage/gap'

/** What closes a gap of a reason: another room at an address, a form here, or a tab of this room. */
export type ClosingAct =
  | { readonly kind: 'link'; readonly path: string; readonly query: Readonly<Record<string, string>> }
  | { readonly kind: 'form'; readonly form: 'visits' | 'compound' }
  | { readonly kind: 'siting' }

/**
 * The act of a reason. A link keeps the place that is selected, which is in the address already, but for staffing, which is of a grid.
 * @param gridId of the place, null where it lies in several or in none
 * @param patrolDays a building may be so many days without a patrol
 */
export function closingAct(reason: GapReason, gridId: string | null, patrolDays: number): ClosingAct {
  switch (reason) {
    case 'no_grid':
      return { kind: 'link', path: '/redesign', query: {} }
    case 'no_worker':
      return { kind: 'link', path: '/assignment', query: { tab: 'chain', chain: 'grids', ...(gridId ? { sel: `grid-${gridId}` } : {}) } }
    case 'no_member':
    case 'member_overloaded':
      return { kind: 'link', path: '/assignment', query: { tab: 'assign' } }
    case 'not_patrolled':
      return { kind: 'link', path: '/patrol', query: { occasion: 'unserved_households', idle: String(patrolDays) } }
    case 'visit_overdue':
      return { kind: 'form', form: 'visits' }
    case 'compound_unmanaged':
      return { kind: 'form', form: 'compound' }
    case 'station_too_far':
      return { kind: 'siting' }
  }
}
