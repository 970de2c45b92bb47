import type { PlanSession } from '@/core/plan-session'

/** How a plan differs from today's grids. */
export interface Moved {
  readonly cells: number
  readonly households: number
  readonly residents: number
  /** Households in grids that differ, today's and the plan's, by grid id. */
  readonly gridIds: ReadonlySet<string>
}

/** Counter of what moved, kept from change to change: a change costs the cells it names. */
export interface MovedCounter {
  get(): Moved
  /** Look again at these cells; null at all. */
  touch(cells: Iterable<number> | null): void
}

/** Compare a session with today's, by grid id, cell by cell. O(cells) once, then O(cells touched). */
export function createMovedCounter(session: PlanSession, today: PlanSession): MovedCounter {
  const stats = session.context.cellStats
  const cellCount = session.document.cellGrid.length
  const isMoved = new Uint8Array(cellCount)
  const cells = new Set<number>()
  let households = 0
  let residents = 0

  const idNow = (cell: number) => session.document.grids[session.document.cellGrid[cell]]?.id ?? null
  const idToday = (cell: number) => today.document.grids[today.document.cellGrid[cell]]?.id ?? null

  function look(cell: number): void {
    const moved = idNow(cell) !== idToday(cell) ? 1 : 0
    if (moved === isMoved[cell]) return
    const sign = moved ? 1 : -1
    isMoved[cell] = moved
    if (moved) cells.add(cell)
    else cells.delete(cell)
    households += sign * stats.households[cell]
    residents += sign * stats.residents[cell]
  }

  function touch(touched: Iterable<number> | null): void {
    if (touched === null) for (let cell = 0; cell < cellCount; cell++) look(cell)
    else for (const cell of touched) look(cell)
  }
  touch(null)

  return {
    touch,
    get() {
      const gridIds = new Set<string>()
      for (const cell of cells) {
        const now = idNow(cell)
        const then = idToday(cell)
        if (now !== null) gridIds.add(now)
        if (then !== null) gridIds.add(then)
      }
      return { cells: cells.size, households, residents, gridIds }
    },
  }
}
