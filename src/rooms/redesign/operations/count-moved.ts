import { buildingsByCell } from '@/core/cell-contents'
import type { PlanSession } from '@/core/plan-session'

/** How a plan differs from today's grids. */
export interface Moved {
  readonly cells: number
  readonly households: number
  readonly residents: number
  /** Grids that gave or took land or households, today's and the plan's, by grid id. */
  readonly gridIds: ReadonlySet<string>
}

/** Counter of what moved, kept from change to change: a change costs the cells it names. */
export interface MovedCounter {
  get(): Moved
  /** Look again at these cells; null at all. */
  touch(cells: Iterable<number> | null): void
}

/**
 * Compare a session with today's, by grid id: land cell by cell, households building by building, so that land that was cut
 * anew counts right. A cell that today does not have has moved where one of its buildings has.
 * O(cells + buildings) once, then O(cells touched and their buildings).
 */
export function createMovedCounter(session: PlanSession, today: PlanSession): MovedCounter {
  const { buildings } = today.context
  const todayCells = today.document.cellGrid.length
  const idToday = (cell: number): string | null => today.document.grids[today.document.cellGrid[cell]]?.id ?? null
  const idThen = Array.from(buildings.cell, (cell) => (cell < 0 ? null : idToday(cell)))
  const idNow = (cell: number): string | null => session.document.grids[session.document.cellGrid[cell]]?.id ?? null
  const isMoved = new Uint8Array(buildings.count)
  const movedBuildings = new Set<number>()
  const cells = new Set<number>()
  let households = 0
  let residents = 0

  function look(cell: number): void {
    const { start, item } = buildingsByCell(session.context)
    const id = idNow(cell)
    let holdsMoved = false
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const moved = id !== idThen[item[k]]
      holdsMoved ||= moved
      if (moved !== (isMoved[item[k]] === 1)) turn(item[k], moved)
    }
    const isThere = session.context.land.cellIds[cell] !== 0 && cell < session.document.cellGrid.length
    if (isThere && (cell < todayCells ? id !== idToday(cell) : holdsMoved)) cells.add(cell)
    else cells.delete(cell)
  }

  function turn(building: number, moved: boolean): void {
    const sign = moved ? 1 : -1
    isMoved[building] = moved ? 1 : 0
    if (moved) movedBuildings.add(building)
    else movedBuildings.delete(building)
    households += sign * buildings.households[building]
    residents += sign * buildings.residents[building]
  }

  function touch(touched: Iterable<number> | null): void {
    for (const cell of touched ?? session.document.cellGrid.keys()) look(cell)
    // What lay at the end of the land and was taken back is no cell any more.
    for (const cell of cells) if (cell >= session.document.cellGrid.length) cells.delete(cell)
  }
  touch(null)

  return {
    touch,
    get() {
      const gridIds = new Set<string>()
      const add = (id: string | null): void => {
        if (id !== null) gridIds.add(id)
      }
      for (const cell of cells) {
        add(idNow(cell))
        if (cell < todayCells) add(idToday(cell))
      }
      for (const building of movedBuildings) {
        add(idThen[building])
        add(idNow(session.context.buildings.cell[building]))
      }
      return { cells: cells.size, households, residents, gridIds }
    },
  }
}
