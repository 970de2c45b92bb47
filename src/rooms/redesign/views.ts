import { colourGrids, GRID_COLOURS, mendGridColours } from '@/algorithms/partition/colour-grids'
import type { PlanChange, PlanSession } from '@/core/plan-session'
import type { ShownGrids } from '@/core/workspace'
import { markRaw, shallowRef } from 'vue'
import { createGridRows, type GridRows } from './grid-rows'
import { createMovedCounter, type MovedCounter } from './operations/count-moved'

/** A plan that can be on display: its session with what is kept in step with it. */
export interface View {
  readonly session: PlanSession
  readonly rows: GridRows
  readonly moved: MovedCounter
  /** Colour index by slot, neighbours differing; kept from change to change. */
  colours: Int32Array
  /** Follow the session no longer. */
  readonly end: () => void
}

export interface ViewsHost {
  /** Put grids on the map. */
  showGrids(shown: ShownGrids): void
  /** Another plan came on display, or none. */
  onShown(view: View | null): void
  /** A plan changed; it is painted already. */
  onChange(view: View, change: PlanChange): void
}

/** Which plan is on display, and the map, colours and rows in step with it; an edit costs what it changed. */
export function createViews(host: ViewsHost) {
  const view = shallowRef<View | null>(null)
  /** Colour index by slot, as on the map. */
  const colours = shallowRef<ArrayLike<number>>([])
  let turns = 0

  function make(session: PlanSession, today: PlanSession): View {
    const { cellGrid, grids } = session.document
    const made: View = markRaw({
      session,
      rows: createGridRows(session, today),
      moved: createMovedCounter(session, today),
      colours: colourGrids(session.context.adjacency, cellGrid, grids.length),
      end: session.subscribe((change) => take(made, change)),
    })
    return made
  }

  function take(of: View, change: PlanChange): void {
    of.rows.touch(change.cause === 'rebase' || change.delta.settings ? null : change.changedGrids)
    of.moved.touch(change.changedCells)
    const recoloured = mendColours(of, change.changedCells)
    if (of === view.value) paint(of, withGrids(of, change.changedCells, recoloured))
    host.onChange(of, change)
  }

  /** Null: everything may differ. */
  function paint(of: View, changedCells: Int32Array | null): void {
    const { context, document } = of.session
    const { grids, cellGrid } = document
    host.showGrids({ grids, cellGrid, changedCells, colours: of.colours, ...(context.land.redrawn ? { ground: context } : {}) })
    colours.value = of.colours
  }

  /** Slots that have another colour after a change; the array is a new one then, so that the panel sees it. */
  function mendColours(of: View, cells: Int32Array): number[] {
    const { cellGrid, grids } = of.session.document
    const mended = new Int32Array(Math.max(of.colours.length, grids.length)).fill(-1)
    mended.set(of.colours)
    const changed = mendGridColours(of.session.context.adjacency, cellGrid, mended, cells)
    if (changed.length > 0 || mended.length > of.colours.length) of.colours = mended
    return changed
  }

  /** Colour the grids on display anew; each time other colours, so that the act is seen. */
  function recolour(): void {
    const of = view.value
    if (!of) return
    const { cellGrid, grids } = of.session.document
    const turn = ++turns % GRID_COLOURS
    of.colours = colourGrids(of.session.context.adjacency, cellGrid, grids.length).map((colour) => (colour < 0 ? colour : (colour + turn) % GRID_COLOURS))
    paint(of, null)
  }

  function show(next: View | null): void {
    if (next === view.value) return
    view.value = next
    if (next) paint(next, null)
    host.onShown(next)
  }

  /** The land is left: nothing is on display, and the map is not touched. */
  function clear(): void {
    view.value?.end()
    view.value = null
  }

  return { view, colours, make, show, recolour, clear }
}

function withGrids(of: View, cells: Int32Array, slots: readonly number[]): Int32Array {
  if (slots.length === 0) return cells
  return Int32Array.from(new Set([...cells, ...slots.flatMap((slot) => [...of.session.index.cellsOf(slot)])])).sort()
}
