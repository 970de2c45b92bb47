import type { LngLat } from '@/core/units'
import type { AssignRefusal } from '@/core/operations/assign-cells'
import type { Finding } from '@/core/plan'
import type { GridFigures } from '@/core/grid-figures'
import type { GestureMode, MapEngine, ScreenPoint } from '@/map/contracts'
import type { CellIndex } from './operations/index-cells'
import type { LatticePoint } from './operations/pick-cells'

/** Gestures that paint, in the order of the tool bar. */
export const TOOLS = ['click', 'brush', 'rectangle', 'lasso', 'fill'] as const
export type Tool = (typeof TOOLS)[number]

/** Why a gesture changes nothing, or not all it touches; also the i18n key below `refusal`. */
export type RefusalCode = AssignRefusal | 'target_missing' | 'target_locked' | 'not_editing' | 'nothing_to_do'

/** What painting respects. Slots of the plan's grids; −1 is no grid. */
export interface PaintRule {
  /** Slot painted into; −1 erases, null while nothing is chosen. */
  readonly target: number | null
  /** Only cells of this slot change hands (−1: only land without a grid); null: from anywhere. */
  readonly onlyFrom: number | null
}

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

/** The draft that is open. What changes with every edit stands in its session. */
export interface OpenDraft {
  readonly planId: string
  readonly number: number
  readonly title: string
  readonly baseEditionId: number
}

/** Somebody else saved first. */
export interface StaleDraft {
  readonly serverRevision: number
  /** Masked name. */
  readonly by: string
  readonly at: string
}

/** A reason given for one finding, so that it does not stop publication. */
export interface Waiver {
  readonly code: string
  readonly gridId: string | null
  readonly compoundId: number | null
  readonly reason: string
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
  keep(tool: Tool | 'assign'): void
  /** Drop the stroke; false when there was none. */
  drop(): boolean
  /** Cells that a fill started in this cell would hand over. */
  fillFrom(cell: number): readonly number[]
  /** Cells that hold the compound of this cell, or the cell alone. */
  compoundOf(cell: number): readonly number[]
  /** Make the grid of this cell the target. */
  pick(cell: number): void
  /** What lies under the pointer while nothing is pressed. */
  point(cell: number): void
}

/** A gesture that paints; `redraw` shows it anew when its size changed without the pointer. */
export interface PaintMode extends GestureMode {
  redraw?(): void
}

/** A stroke, in the air or the last one kept: the grids it touched and their figures from before. */
export interface Stroke {
  readonly tool: Tool | 'assign'
  readonly provisional: boolean
  /** Target first, then the grids that gave, by households given. */
  readonly gridIds: readonly string[]
  readonly before: ReadonlyMap<string, GridFigures>
  /** Findings of the plan from before. */
  readonly findingsBefore: readonly Finding[]
  readonly cells: readonly number[]
  readonly households: number
  readonly refused: ReadonlyMap<RefusalCode, number>
}
