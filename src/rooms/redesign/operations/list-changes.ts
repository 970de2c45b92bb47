import { buildingsByCell } from '@/core/cell-contents'
import type { PlanState } from '@/core/plan-index'
import type { GridAttributes } from '@/core/scope'

/** A cell that belongs to another grid than today, or that part of one that does. */
export interface CellChange {
  readonly cell: number
  readonly from: GridAttributes | null
  readonly to: GridAttributes | null
  readonly households: number
  /** Building indices that change grid with it. */
  readonly buildings: readonly number[]
}

/**
 * Cells whose grid differs from the edition in force, by grid id, so that a renamed grid is no change. Counted by building:
 * a cell that the plan drew anew is listed for each grid that its buildings come from. In the order of the grid given up, then
 * the grid taken, then the cell. O(cells + buildings).
 */
export function listChanges(today: PlanState, plan: PlanState): CellChange[] {
  const { buildings } = plan.context
  const { start, item } = buildingsByCell(plan.context)
  const todayCells = today.document.cellGrid.length
  const gridToday = (cell: number): GridAttributes | null => today.document.grids[today.document.cellGrid[cell]] ?? null
  const changes: CellChange[] = []
  for (let cell = 0; cell < plan.document.cellGrid.length; cell++) {
    const to = plan.document.grids[plan.document.cellGrid[cell]] ?? null
    const byOrigin = new Map<string | undefined, { from: GridAttributes | null; buildings: number[] }>()
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const from = gridToday(today.context.buildings.cell[item[k]])
      const origin = byOrigin.get(from?.id)
      if (origin) origin.buildings.push(item[k])
      else byOrigin.set(from?.id, { from, buildings: [item[k]] })
    }
    const isThere = plan.context.land.cellIds[cell] !== 0
    if (byOrigin.size === 0 && cell < todayCells && isThere) byOrigin.set(undefined, { from: gridToday(cell), buildings: [] })
    for (const { from, buildings: own } of byOrigin.values()) {
      if (from?.id === to?.id) continue
      changes.push({ cell, from, to, households: own.reduce((sum, building) => sum + buildings.households[building], 0), buildings: own })
    }
  }
  const code = (grid: GridAttributes | null) => grid?.code ?? ''
  return changes.sort(
    (a, b) => code(a.from).localeCompare(code(b.from)) || code(a.to).localeCompare(code(b.to)) || a.cell - b.cell,
  )
}
