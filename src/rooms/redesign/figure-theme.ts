import type { PlanSession } from '@/core/plan-session'
import type { MapEngine } from '@/map/contracts'
import { classEdges, classOf } from '@/ui/bin-figures'
import { shallowRef } from 'vue'
import { FIGURES, type Figure, type FigureId } from './figures'
import type { GridRow } from './grid-rows'
import { addFigureLayer, CLASS_COLOURS, setFigureClass } from './layers-numbers'

export interface FigureThemeHost {
  map(): MapEngine | null
  session(): PlanSession | null
  rows(): readonly GridRow[]
  rowOf(slot: number): GridRow | null
}

/** A figure on the map, and the edges of its classes: fixed when it was chosen, so that the legend stays while one edits. */
export interface ShownFigure {
  readonly id: FigureId
  readonly edges: readonly number[]
}

const isWhole = ({ unit }: Figure): boolean => unit === 'count' || unit === 'signed' || unit === 'm' || unit === 'm2'

/** The map coloured by a figure of the grids. An edit costs the cells of the grids it touched. */
export function createFigureTheme(host: FigureThemeHost) {
  const shown = shallowRef<ShownFigure | null>(null)
  /** Class by cell as the map has it. */
  const painted = new Map<number, number>()
  let takeAway: (() => void) | null = null

  function show(id: FigureId | null): void {
    takeAway?.()
    takeAway = null
    shown.value = null
    const map = host.map()
    if (id === null || !map) return
    const figure = FIGURES[id]
    shown.value = { id, edges: classEdges(host.rows().map(figure.of), CLASS_COLOURS.length, isWhole(figure)) }
    takeAway = addFigureLayer(map)
    painted.clear()
    paint(null)
  }

  /** Paint the cells of these grids, and cells that were handed over; null paints all. */
  function paint(slots: Iterable<number> | null, cells: Iterable<number> = []): void {
    const map = host.map()
    const session = host.session()
    if (!map || !session || !shown.value) return
    const { cellGrid, grids } = session.document
    const { id, edges } = shown.value
    const put = (cell: number, figureClass: number) => {
      if (painted.get(cell) === figureClass) return
      painted.set(cell, figureClass)
      setFigureClass(map, cell, figureClass)
    }
    for (const slot of slots ?? grids.keys()) {
      const row = host.rowOf(slot)
      const figureClass = row ? classOf(FIGURES[id].of(row), edges) : -1
      if (row) for (const cell of session.index.cellsOf(slot)) put(cell, figureClass)
    }
    for (const cell of slots ? cells : cellGrid.keys()) if (cellGrid[cell] < 0) put(cell, -1)
  }

  return { shown, show, paint, leave: () => show(null) }
}
