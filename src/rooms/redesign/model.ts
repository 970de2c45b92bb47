import type { LngLat } from '@/core/units'
import type { AssignRefusal } from '@/core/operations/assign-cells'
import type { EditNote, Finding, PlanDelta } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import type { GridFigures } from '@/core/grid-figures'
import type { GestureMode, MapEngine, ScreenPoint } from '@/map/contracts'
import type { BorderRefusal } from './operations/find-border'
import type { CellIndex } from './operations/index-cells'
import type { LatticePoint } from './operations/pick-cells'

/** Gestures that paint, in the order of the tool bar. */
export const PAINT_TOOLS = ['click', 'brush', 'rectangle', 'lasso', 'fill'] as const
export type PaintTool = (typeof PAINT_TOOLS)[number]

/** All gestures, by what they work on: cells, the border of two grids, the land itself. */
export const TOOL_GROUPS = {
  paint: [...PAINT_TOOLS, 'pick'],
  border: ['border'],
  reshape: ['points', 'trace', 'cut', 'merge', 'split'],
} as const
export type ToolGroup = keyof typeof TOOL_GROUPS
export type Tool = (typeof TOOL_GROUPS)[ToolGroup][number]

/** Letters that take a gesture into the hand, and the first of its group. */
export const TOOL_KEYS: Readonly<Record<Tool, string>> = {
  click: 'V', brush: 'B', rectangle: 'R', lasso: 'L', fill: 'F', pick: 'I',
  border: 'D',
  points: 'P', trace: 'T', cut: 'K', merge: 'J', split: 'S',
}

/** Tools with a breadth of their own: `[` and `]` change it. */
export const BROAD_TOOLS: readonly Tool[] = ['brush', 'border']

/** Why a gesture changes nothing, or not all it touches; also the i18n key below `refusal`. */
export type RefusalCode =
  | AssignRefusal | BorderRefusal | 'target_missing' | 'target_locked' | 'not_editing' | 'nothing_to_do' | 'would_part' | 'would_empty'

/** What painting respects. Slots of the plan's grids; −1 is no grid. */
export interface PaintRule {
  /** Slot painted into; −1 erases, null while nothing is chosen. */
  readonly target: number | null
  /** Only cells of this slot change hands (−1: only land without a grid); null: from anywhere. */
  readonly onlyFrom: number | null
  /** What lies in another community is left out without a word; a grid never goes beyond it either way. */
  readonly stay: boolean
}

/** Brush radius on the screen, CSS pixels. */
export const BRUSH_PX = { least: 6, most: 120, initial: 28, step: 1.25 } as const

/** Where a draft stands before it is published. */
export type PlanStage = 'drafting' | 'submitted' | 'approved' | 'returned'

/** A draft in the list; rows of `plans`. */
export interface DraftSummary {
  readonly planId: string
  readonly landId: number
  readonly number: number
  readonly title: string
  readonly revision: number
  readonly updatedAt: string
  readonly baseEditionId: number
  readonly stage: PlanStage
  /** Communities it may change; null is the whole land. */
  readonly communityIds: readonly number[] | null
}

/** The draft that is open. What changes with every edit stands in its session. */
export interface OpenDraft {
  readonly planId: string
  readonly number: number
  readonly title: string
  readonly baseEditionId: number
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
  keep(tool: PaintTool | 'assign'): void
  /** Drop the stroke; false when there was none. */
  drop(): boolean
  /** Cells that a fill started in this cell would hand over. */
  fillFrom(cell: number): readonly number[]
  /** Cells that hold the compound of this cell, or the cell alone. */
  compoundOf(cell: number): readonly number[]
  /** Take the stroke kept last out of the plan, where nothing came after it. */
  takeBack(): void
  /** Make the grid of this cell the target. */
  pick(cell: number): void
  /** Paint from the grid of this cell only. */
  pickSource(cell: number): void
  /** What lies under the pointer while nothing is pressed. */
  point(cell: number): void
}

/** A gesture of the room; `redraw` shows it anew when its size changed without the pointer. */
export interface ToolMode extends GestureMode {
  redraw?(): void
  /** Keep what is provisional, as Enter does. */
  finish?(): void
}

/** What a gesture that is one change as a whole needs of the room: a border that is dragged, land that is reshaped. */
export interface Hand {
  /** Cells by place, of the land as it is now. */
  readonly index: CellIndex
  readonly session: PlanSession
  toLattice(at: LngLat): LatticePoint
  latticePerPx(map: MapEngine, screen: ScreenPoint): number
  /** Half the breadth of the front or the brush, CSS pixels. */
  brushPx(): number
  /** Begin: from here on everything is provisional. False, and said why, where nothing can be changed now. */
  begin(): boolean
  /** A change is in the air; false too where it was undone meanwhile. */
  readonly isOpen: boolean
  /** Let the change be exactly this; `refused` counts what stays as it is. False, and said why, where it does not fit. */
  put(delta: PlanDelta, refused?: ReadonlyMap<RefusalCode, number>): boolean
  /** Add to the change what follows from the plan as it is with it. */
  extend(delta: PlanDelta): boolean
  /** Keep the change as one entry of history; false where there was none. */
  keep(tool: Tool, note: EditNote): boolean
  /** Drop the change; false when there was none. */
  drop(): boolean
  /** Say at the cursor why something does not go. */
  refuse(code: string, count?: number, reason?: string): void
  /** What lies under the pointer. */
  point(cell: number): void
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
