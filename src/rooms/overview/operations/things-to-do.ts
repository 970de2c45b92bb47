import { rowsOf, sumFigures, type AreaFigures, type Overview, type OverviewArea } from './figures'

/** What needs doing, in the order in which it is told. */
const TODO_KEYS = ['gap', 'late', 'overdue', 'above', 'vacant', 'unjudged'] as const
export type TodoKey = (typeof TODO_KEYS)[number]

export interface TodoItem {
  readonly key: TodoKey
  /** Households, slips or grids in all. */
  readonly count: number
  /** The area where there are most, and how many. */
  readonly area: OverviewArea
  readonly there: number
}

const countOf = (key: TodoKey, figures: AreaFigures): number => figures[key === 'overdue' ? 'openOverdue' : key] ?? 0

/** What is not nought in the period in progress, each with the area that has most of it; equal ones by code. */
export function thingsToDo(overview: Overview): TodoItem[] {
  const rows = rowsOf(overview, overview.periods.length - 1)
  const total = sumFigures(rows)
  return TODO_KEYS.flatMap((key): TodoItem[] => {
    const count = countOf(key, total)
    let found: { area: OverviewArea; there: number } | null = null
    for (const area of overview.areas) {
      const row = rows.find((one) => one.area === area.id)
      const there = row ? countOf(key, row) : 0
      if (there > (found?.there ?? 0)) found = { area, there }
    }
    return count > 0 && found ? [{ key, count, ...found }] : []
  })
}
