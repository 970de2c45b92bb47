import { aimOf, bandState, type Band } from '@/core/band'
import type { GridFigures } from '@/core/grid-figures'
import { isOnlyGrid } from '@/core/grid-findings'
import type { PlanSession } from '@/core/plan-session'
import type { GridAttributes } from '@/core/scope'

/** A grid with its figures now and today: one line of table, plot and picker. */
export interface GridRow {
  readonly slot: number
  readonly grid: GridAttributes
  /** Its band is that of the plan's aims. */
  readonly figures: GridFigures
  /** Figures in the edition in force; null for a grid that it does not have. */
  readonly today: GridFigures | null
  /** What the plan aims at. */
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

/** Rows of a session against today's; `aiming` says whose aims they are held against, its own where left out. */
export function createGridRows(session: PlanSession, today: PlanSession, aiming = session): GridRows {
  const rows = new Map<number, GridRow>()
  let order: readonly GridRow[] | null = null

  function stateOf(of: PlanSession, slot: number): GridFigures['band'] {
    const { community, kind } = of.document.grids[slot]!
    return kind === 'dedicated' ? 'in' : bandState(aimOf(aiming, community), of.metrics.value('households', slot), isOnlyGrid(of, slot))
  }

  function make(slot: number): GridRow | null {
    const grid = session.document.grids[slot]
    if (!grid) return null
    const todaySlot = today.index.slotOf(grid.id)
    const figures = { ...session.figures(slot), band: stateOf(session, slot) }
    const before = todaySlot < 0 ? null : { ...today.figures(todaySlot), band: stateOf(today, todaySlot) }
    return {
      slot,
      grid,
      figures,
      today: before,
      read: (metricId) => session.metrics.value(metricId, slot),
      band: aimOf(aiming, grid.community),
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
