import type { GridRow } from './grid-rows'

/** A figure of a grid that table, histogram, map and summary can show; words stand below `figure` in the messages. */
export interface Figure {
  readonly id: FigureId
  readonly unit: 'count' | 'signed' | 'm2' | 'm' | 'ratio' | 'share'
  /** What stands below its column: figures add up, are averaged over the grids, or neither. */
  readonly total: 'sum' | 'mean'
  /** NaN where the grid has none. */
  of(row: GridRow): number
}

export const FIGURE_IDS = [
  'households', 'toTarget', 'today', 'delta', 'movedIn', 'movedOut', 'movedShare', 'residents', 'members', 'special', 'buildings', 'areaM2',
  'compactness', 'reock', 'cutEdges', 'streetShare', 'compoundsSplit', 'meanDistanceM', 'worstDistanceM', 'cells', 'pieces',
] as const
export type FigureId = (typeof FIGURE_IDS)[number]

const metric = (id: FigureId, unit: Figure['unit'], total: Figure['total']): Figure => ({ id, unit, total, of: (row) => row.read(id) })
const plain = (id: FigureId, unit: Figure['unit'], total: Figure['total'], of: Figure['of']): Figure => ({ id, unit, total, of })

const ALL: readonly Figure[] = [
  plain('households', 'count', 'sum', (row) => row.figures.households),
  plain('toTarget', 'signed', 'mean', (row) => row.figures.households - row.band.target),
  plain('today', 'count', 'sum', (row) => row.today?.households ?? NaN),
  plain('delta', 'signed', 'sum', (row) => row.figures.households - (row.today?.households ?? 0)),
  metric('movedIn', 'count', 'sum'),
  metric('movedOut', 'count', 'sum'),
  plain('movedShare', 'share', 'mean', (row) => (row.figures.households > 0 ? row.read('movedIn') / row.figures.households : 0)),
  plain('residents', 'count', 'sum', (row) => row.figures.residents),
  plain('members', 'count', 'sum', (row) => row.figures.members),
  plain('special', 'count', 'sum', (row) => row.figures.special),
  plain('buildings', 'count', 'sum', (row) => row.figures.buildings),
  plain('areaM2', 'm2', 'sum', (row) => row.figures.areaM2),
  plain('compactness', 'ratio', 'mean', (row) => row.figures.compactness),
  metric('reock', 'ratio', 'mean'),
  plain('cutEdges', 'count', 'mean', (row) => row.figures.cutEdges),
  metric('streetShare', 'share', 'mean'),
  plain('compoundsSplit', 'count', 'mean', (row) => row.figures.compoundsSplit),
  metric('meanDistanceM', 'm', 'mean'),
  metric('worstDistanceM', 'm', 'mean'),
  plain('cells', 'count', 'sum', (row) => row.figures.cells),
  plain('pieces', 'count', 'mean', (row) => row.figures.pieces),
]

export const FIGURES = Object.fromEntries(ALL.map((figure) => [figure.id, figure])) as Readonly<Record<FigureId, Figure>>

/**
 * The sum or the mean of a figure over grids. Grids without the figure count nowhere; NaN where none has it. Means are
 * over grids, but that of `movedShare`, which is the share of all their households.
 */
export function totalOf({ id, total, of }: Figure, rows: readonly GridRow[]): number {
  if (id === 'movedShare') return totalOf(FIGURES.movedIn, rows) / totalOf(FIGURES.households, rows)
  const values = rows.map(of).filter((value) => !Number.isNaN(value))
  const sum = values.reduce((so, value) => so + value, 0)
  return values.length === 0 ? NaN : total === 'sum' ? sum : sum / values.length
}
