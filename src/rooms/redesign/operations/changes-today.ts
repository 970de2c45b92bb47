import type { PlanDocument, PlanLink } from '@/core/plan'
import type { GridAttributes } from '@/core/scope'

/**
 * Whether bringing a plan into force would change anything for others: land, the grids' cells, codes, names or kinds, or
 * which cells are neighbours by decree. Locks, notes and aims are the draft's own.
 * @param moved cells that lie in another grid than today
 * Complexity O(grids + links).
 */
export function changesToday(plan: PlanDocument, today: PlanDocument, moved: number): boolean {
  if (moved > 0 || plan.land) return true
  return describe(plan) !== describe(today)
}

const describe = ({ grids, links }: PlanDocument): string =>
  JSON.stringify([
    grids.filter((grid): grid is GridAttributes => grid !== null).map(({ id, code, name, community, kind }) => [id, code, name, community, kind]).sort(byText),
    (links ?? []).map(({ cells, kind }: PlanLink) => [...cells, kind]).sort(byText),
  ])

const byText = (a: readonly unknown[], b: readonly unknown[]): number => (String(a) < String(b) ? -1 : 1)
