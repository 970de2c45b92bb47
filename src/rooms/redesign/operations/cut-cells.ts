import { divideCell } from '@/algorithms/topology/divide-cell'
import { createLandSketch, type LandSketch } from '@/algorithms/topology/land-sketch'
import { crossesItself, layLine, type LaidLine } from '@/algorithms/topology/lay-line'
import { arcIndexOf } from '@/core/cell-contents'
import { ArcKind } from '@/core/land'
import type { CellShape } from '@/core/land-faults'
import type { PlanDelta } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'
import { ok, type Result } from '@/core/result'
import { cellIndexOf } from './index-cells'
import type { LatticePoint } from './pick-cells'
import { no, onLattice, settleLand, shapeOf } from './settle-land'

export interface CutCellsInput {
  /** At least two points; leads from border to border of what it cuts. */
  readonly line: readonly LatticePoint[]
  /** Cell indices that may be cut; every cell that the line crosses where left out. */
  readonly cells?: Iterable<number>
}

/** A line laid over cells, and what it divides; nothing is settled yet. */
export interface Cut {
  readonly sketch: LandSketch
  readonly laid: LaidLine
  /** Ids of the parts of each cell divided, its own first. */
  readonly parts: ReadonlyMap<number, readonly number[]>
}

/**
 * Cut cells along a line; their parts stay in the grid of the cell. The largest part keeps the id.
 * @returns the delta, or a `ReshapeRefusal`
 * Complexity O(segments of the line × points of the cells around it).
 */
export function cutCells(plan: PlanState, input: CutCellsInput): Result<PlanDelta> {
  const cut = layCut(plan, input)
  if (!cut.ok) return cut
  const { sketch, parts } = cut.value
  if (parts.size === 0) return no('line_divides_nothing')
  return settleLand({ plan, sketch, heirOf: new Map([...parts.keys()].map((id) => [id, id])), gridOf: gridsOfParts(plan, parts) })
}

/** New parts go to the grid of the cell they were part of. */
export function gridsOfParts({ context, document }: PlanState, parts: Cut['parts']): Map<number, string | null> {
  const gridOf = new Map<number, string | null>()
  for (const [id, [, ...others]] of parts) {
    const grid = document.grids[document.cellGrid[context.cellIndex.get(id)!]]?.id ?? null
    for (const other of others) gridOf.set(other, grid)
  }
  return gridOf
}

/** Lay a line and divide what it crosses. */
export function layCut(plan: PlanState, { line, cells }: CutCellsInput): Result<Cut> {
  const { context } = plan
  const { land } = context
  const points = onLattice(line)
  const xy = points.flatMap(({ x, y }) => [x, y])
  if (points.length < 2) return no('line_divides_nothing')
  if (crossesItself(xy)) return no('line_crosses_itself')
  const sketch = createLandSketch(context, Math.random)
  const shapes = new Map<number, CellShape>()
  for (const cell of cells ?? cellsNear(plan, points)) {
    if (land.cellIds[cell] === undefined || land.cellIds[cell] === 0) return no('cell_unknown')
    const shape = shapeOf(context, cell)
    if (shape) shapes.set(land.cellIds[cell], shape)
  }
  const laid = layLine(sketch, xy, shapes, (arcId) => isOfficial(plan, arcId))
  const parts = new Map<number, readonly number[]>()
  for (const [id, through] of laid.throughCell) {
    const ids = divideCell(sketch, id, through)
    if (ids.length > 1) parts.set(id, ids)
  }
  return ok({ sketch, laid, parts })
}

function cellsNear(plan: PlanState, points: readonly LatticePoint[]): number[] {
  const { boxes } = cellIndexOf(plan.context.land)
  const near = new Set<number>()
  for (let k = 0; k + 1 < points.length; k++) {
    const [a, b] = [points[k], points[k + 1]]
    const found = boxes.search(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y))
    for (const cell of found) near.add(cell)
  }
  return [...near]
}

/** A line that no plan moves: of kind boundary, between communities, at the edge of the land. */
function isOfficial({ context: { land } }: PlanState, arcId: number): boolean {
  const arc = arcIndexOf(land).get(arcId)
  if (arc === undefined) return false
  const [left, right] = [land.arcLeft[arc], land.arcRight[arc]]
  return land.arcKind[arc] === ArcKind.boundary || left < 0 || right < 0 || land.cellCommunity[left] !== land.cellCommunity[right]
}
