import type { LngLat } from '@/core/units'
import type { Finding } from '@/core/plan'
import type { MapEngine, ScreenPoint } from '@/map/contracts'
import type { CellIndex } from './operations/index-cells'
import type { LatticePoint } from './operations/pick-cells'
import type { RefusalCode } from './operations/select-paintable'

/** Gestures that paint, in the order of the tool bar. */
export const TOOLS = ['click', 'brush', 'rectangle', 'lasso', 'fill'] as const
export type Tool = (typeof TOOLS)[number]

/** Brush radius on the screen, CSS pixels. */
export const BRUSH_PX = { least: 6, most: 120, initial: 28, step: 1.25 } as const

/** Edits rest this long before they are saved by themselves. */
export const AUTO_SAVE_S = 30

/** A draft in the list; rows of `plans`. */
export interface DraftSummary {
  readonly planId: string
  readonly landId: number
  readonly number: number
  readonly title: string
  readonly revision: number
  readonly updatedAt: string
  readonly baseEditionId: number
}

/** Somebody else saved first. */
export interface StaleDraft {
  readonly serverRevision: number
  /** Masked name. */
  readonly by: string
  readonly at: string
}

/** One line of the history: who did what to which plan. */
export interface HistoryRow {
  readonly at: string
  readonly by: string
  readonly action: string
  readonly planNumber: number | null
  readonly planTitle: string | null
  readonly editionNumber: number | null
  readonly note: string | null
  readonly cells: number | null
  readonly households: number | null
}

/** A reason given for one finding, so that it does not stop publication. */
export interface Waiver {
  readonly code: string
  readonly gridId: string | null
  readonly compoundId: number | null
  readonly reason: string
}

/** Figures of one grid, before and after. */
export interface GridFigures {
  readonly households: number
  readonly residents: number
  readonly buildings: number
  readonly special: number
  readonly members: number
  readonly areaM2: number
  /** Share of the border along streets, 0 to 1; NaN without a border. */
  readonly streetShare: number
  /** 4πA/P², 0 to 1. */
  readonly compactness: number
  readonly pieces: number
}

export type BandStatus = 'below' | 'in' | 'above' | 'empty'

/** Where a number of households lies in the band. */
export function bandStatus(households: number, band: { lower: number; upper: number }): BandStatus {
  if (households === 0) return 'empty'
  return households < band.lower ? 'below' : households > band.upper ? 'above' : 'in'
}

/** A finding and the waiver it needs, matched by code and place. */
export function waiverKey(finding: Pick<Finding, 'code' | 'gridIds' | 'values'>): string {
  return [finding.code, finding.code === 'compound_split' ? '' : (finding.gridIds[0] ?? ''), finding.values.compoundId ?? ''].join('|')
}

/** What a gesture needs of the room: cells by place, and a hand that paints. Implemented by the store. */
export interface Painter {
  readonly index: CellIndex
  toLattice(at: LngLat): LatticePoint
  /** Lattice units of one CSS pixel at a position of the map. */
  latticePerPx(map: MapEngine, screen: ScreenPoint): number
  brushPx(): number
  setBrushPx(px: number): void
  /** Begin a stroke: from here on everything is provisional. False where painting is not possible now. */
  begin(): boolean
  /** Add cells to the stroke. */
  add(cells: readonly number[]): void
  /** Let the stroke hold exactly these cells. */
  replace(cells: readonly number[]): void
  /** Keep the stroke as one entry of history. */
  keep(tool: Tool): void
  /** Drop the stroke; false when there was none. */
  drop(): boolean
  /** Cells that a fill started in this cell would hand over. */
  fillFrom(cell: number): readonly number[]
  /** Cells of the compound that the cell belongs to, or the cell alone. */
  compoundOf(cell: number): readonly number[]
  /** Make the grid of this cell the target. */
  pick(cell: number): void
  /** What lies under the pointer while nothing is pressed. */
  point(cell: number): void
  readonly refusals: () => ReadonlyMap<RefusalCode, number>
}
