import type { GridAttributes, Scope } from '@/core/scope'

/** A cell that belongs to another grid than today. */
export interface CellChange {
  readonly cell: number
  readonly from: GridAttributes | null
  readonly to: GridAttributes | null
  readonly households: number
  /** Building indices inside the cell. */
  readonly buildings: readonly number[]
}

/**
 * Cells whose grid differs from the edition in force, by grid id, so that a renamed grid is no change. In the order of
 * the grid given up, then the grid taken, then the cell. O(cells); buildings are looked up for changed cells only.
 */
export function listChanges(
  scope: Scope,
  plan: { readonly grids: readonly (GridAttributes | null)[]; readonly cellGrid: Int32Array },
  buildingsOfCell: (cell: number) => readonly number[],
): CellChange[] {
  const today = scope.current
  const changes: CellChange[] = []
  for (let cell = 0; cell < plan.cellGrid.length; cell++) {
    const from = today.cellGrid[cell]! < 0 ? null : (today.grids[today.cellGrid[cell]!] ?? null)
    const to = plan.cellGrid[cell]! < 0 ? null : (plan.grids[plan.cellGrid[cell]!] ?? null)
    if (from?.id === to?.id) continue
    changes.push({
      cell,
      from,
      to,
      households: scope.cellStats.households[cell]!,
      buildings: buildingsOfCell(cell),
    })
  }
  const code = (grid: GridAttributes | null) => grid?.code ?? ''
  return changes.sort(
    (a, b) => code(a.from).localeCompare(code(b.from)) || code(a.to).localeCompare(code(b.to)) || a.cell - b.cell,
  )
}
