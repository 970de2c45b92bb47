import { bandOf, type Band } from '@/core/band'
import type { GridFigures } from '@/core/grid-figures'
import type { PlanSession } from '@/core/plan-session'
import type { GridAttributes } from '@/core/scope'

/** A grid with its figures now and today: one line of table, plot and picker. */
export interface GridRow {
  readonly slot: number
  readonly grid: GridAttributes
  readonly figures: GridFigures
  /** Figures in the edition in force; null for a grid that it does not have. */
  readonly today: GridFigures | null
  readonly band: Band
  readonly changed: boolean
  /** Figure of the grid by metric, as the plan stands. */
  read(metricId: string): number
}

/** Rows kept from change to change: only rows of grids that a change touched are made anew. */
export interface GridRows {
  /** All rows in the order of codes. */
  list(): readonly GridRow[]
  get(slot: number): GridRow | null
  /** Forget rows; null forgets all. */
  touch(slots: Iterable<number> | null): void
}

/** Rows of a session against today's. */
export function createGridRows(session: PlanSession, today: PlanSession): GridRows {
  const rows = new Map<number, GridRow>()
  let order: readonly GridRow[] | null = null

  function make(slot: number): GridRow | null {
    const grid = session.document.grids[slot]
    if (!grid) return null
    const todaySlot = today.index.slotOf(grid.id)
    const figures = session.figures(slot)
    const before = todaySlot < 0 ? null : today.figures(todaySlot)
    return {
      slot,
      grid,
      figures,
      today: before,
      read: (metricId) => session.metrics.value(metricId, slot),
      band: bandOf(session.context, grid.community),
      changed: before === null || before.households !== figures.households || before.cells !== figures.cells || Math.abs(before.areaM2 - figures.areaM2) > 0.5,
    }
  }

  function get(slot: number): GridRow | null {
    const held = rows.get(slot)
    if (held) return held
    const row = make(slot)
    if (row) rows.set(slot, row)
    return row
  }

  return {
    get,
    list() {
      order ??= session.document.grids
        .map((_, slot) => get(slot))
        .filter((row) => row !== null)
        .sort((a, b) => (a.grid.code < b.grid.code ? -1 : a.grid.code > b.grid.code ? 1 : a.slot - b.slot))
      return order
    },
    touch(slots) {
      if (slots === null) rows.clear()
      else for (const slot of slots) rows.delete(slot)
      order = null
    },
  }
}
