import type { CellAdjacency } from '@/core/land'
import type { PlanState } from '@/core/plan-index'
import type { BorderHit } from './find-border'
import type { CellIndex } from './index-cells'
import { cellAt, cellsUnderBrush, type LatticePoint } from './pick-cells'

/** A border taken hold of: the two sides as they were, so that a drag there and back is the same as none. */
export interface BorderHold {
  readonly hit: BorderHit
  /** Slot of every cell of the two sides at the moment of the grip. */
  readonly slotOf: ReadonlyMap<number, number>
}

/** What a drag to a point means. */
export interface BorderMove {
  /** Slots of the grid that gives and the one that takes; −1 no grid. */
  readonly giver: number
  readonly taker: number
  /** Cells that change hands, ascending. */
  readonly cells: readonly number[]
  /** Cells in the way of the drag that stay: taking them would part the giver, or leave it without land. */
  readonly held: { readonly code: 'would_part' | 'would_empty'; readonly count: number } | null
}

export interface BorderDragInput {
  readonly to: LatticePoint
  /** Half the breadth of the front that is pushed, lattice units; 0: only what the pointer crosses. */
  readonly halfWidth: number
  /** A drag no longer than this is none. */
  readonly slack: number
}

/** Take hold of a border that can be dragged. O(cells of the two grids). */
export function holdBorder(plan: PlanState, cells: CellIndex, hit: BorderHit): BorderHold {
  const slotOf = new Map<number, number>()
  const community = cells.land.cellCommunity[cells.land.arcLeft[hit.arc]]
  for (const slot of [hit.left, hit.right]) {
    for (const cell of slot < 0 ? plan.index.cellsWithoutGrid(community) : plan.index.cellsOf(slot)) slotOf.set(cell, slot)
  }
  return { hit, slotOf }
}

/**
 * Drag a border from where it was taken hold of to a point. The grid that the pointer moved into gives; of its cells go
 * over those that the pointer crossed and those whose label point lies in the strip behind it, as far as they hang together
 * with the taker and the giver does not fall apart. A function of the two ends alone, so that cells follow the pointer there
 * and back. O(cells of the giver), times the cells in the strip where the giver would fall apart.
 */
export function dragBorder(cells: CellIndex, adjacency: CellAdjacency, hold: BorderHold, input: BorderDragInput): BorderMove {
  const { hit, slotOf } = hold
  const giver = giverOf(cells, hold, input.to)
  const taker = giver === hit.left ? hit.right : hit.left
  const none: BorderMove = { giver, taker, cells: [], held: null }
  if (Math.hypot(input.to.x - hit.at.x, input.to.y - hit.at.y) <= input.slack) return none

  const wanted = cellsInStrip(cells, hold, giver, input)
  const joined = joinedTo(adjacency, wanted, (cell) => slotOf.get(cell) === taker)
  if (joined.length === 0) return none
  const own = new Set<number>()
  for (const [cell, slot] of slotOf) if (slot === giver) own.add(cell)
  const taken = giver < 0 || isWholeWithout(adjacency, own, joined) ? joined : takeOneByOne(adjacency, own, joined, slotOf, taker)
  const count = joined.length - taken.length
  const held = count > 0 ? { code: joined.length === own.size ? ('would_empty' as const) : ('would_part' as const), count } : null
  return { giver, taker, cells: [...taken].sort((a, b) => a - b), held }
}

/** The side that the pointer is in; where it is in neither, the side of the border that it lies on. */
function giverOf(cells: CellIndex, { hit, slotOf }: BorderHold, to: LatticePoint): number {
  const inside = slotOf.get(cellAt(cells, to))
  if (inside !== undefined) return inside
  const { land } = cells
  const first = 2 * land.arcStart[hit.arc]
  const last = 2 * land.arcStart[hit.arc + 1] - 2
  const [dx, dy] = [land.arcXY[last] - land.arcXY[first], land.arcXY[last + 1] - land.arcXY[first + 1]]
  return dx * (to.y - hit.at.y) - dy * (to.x - hit.at.x) > 0 ? hit.left : hit.right
}

/** Cells of the giver that the drag means, those nearest to the grip first. */
function cellsInStrip(cells: CellIndex, { hit, slotOf }: BorderHold, giver: number, { to, halfWidth }: BorderDragInput): number[] {
  const label = cells.land.cellLabelXY
  const [dx, dy] = [to.x - hit.at.x, to.y - hit.at.y]
  const length = Math.hypot(dx, dy)
  const along = (cell: number): number => ((label[2 * cell] - hit.at.x) * dx + (label[2 * cell + 1] - hit.at.y) * dy) / length
  const aside = (cell: number): number => Math.abs((label[2 * cell] - hit.at.x) * dy - (label[2 * cell + 1] - hit.at.y) * dx) / length
  const found = new Set(cellsUnderBrush(cells, hit.at, to, 0).filter((cell) => slotOf.get(cell) === giver))
  if (halfWidth > 0) {
    for (const [cell, slot] of slotOf) {
      if (slot === giver && aside(cell) <= halfWidth && along(cell) >= 0 && along(cell) <= length) found.add(cell)
    }
  }
  return [...found].sort((a, b) => along(a) - along(b) || a - b)
}

/** Those of the cells that hang together, through one another, with a cell that `isBase` names; in the order given. */
function joinedTo({ start, neighbour }: CellAdjacency, cells: readonly number[], isBase: (cell: number) => boolean): number[] {
  const open = new Set(cells)
  const reached = new Set<number>()
  for (const cell of cells) {
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      if (!isBase(neighbour[k])) continue
      reached.add(cell)
      break
    }
  }
  for (const cell of reached) {
    for (let k = start[cell]; k < start[cell + 1]; k++) if (open.has(neighbour[k])) reached.add(neighbour[k])
  }
  return cells.filter((cell) => reached.has(cell))
}

/** Whether the giver without these cells keeps some land, in no more pieces than it has. */
function isWholeWithout(adjacency: CellAdjacency, own: ReadonlySet<number>, without: readonly number[]): boolean {
  const rest = new Set(own)
  for (const cell of without) rest.delete(cell)
  return rest.size > 0 && countPieces(adjacency, rest) <= countPieces(adjacency, own)
}

function countPieces({ start, neighbour }: CellAdjacency, cells: ReadonlySet<number>): number {
  const left = new Set(cells)
  let pieces = 0
  for (const seed of cells) {
    if (!left.delete(seed)) continue
    pieces++
    const queue = [seed]
    for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
      for (let k = start[cell]; k < start[cell + 1]; k++) if (left.delete(neighbour[k])) queue.push(neighbour[k])
    }
  }
  return pieces
}

/** As many of the cells as can go over one after the other, each joined to the taker and none parting the giver. */
function takeOneByOne(
  adjacency: CellAdjacency, own: ReadonlySet<number>, cells: readonly number[], slotOf: ReadonlyMap<number, number>, taker: number,
): number[] {
  const { start, neighbour } = adjacency
  const rest = new Set(own)
  const taken = new Set<number>()
  for (let went = true; went; ) {
    went = false
    for (const cell of cells) {
      if (taken.has(cell) || rest.size === 1) continue
      const around = neighbour.subarray(start[cell], start[cell + 1])
      if (!around.some((other) => slotOf.get(other) === taker || taken.has(other))) continue
      if (partsWithout(adjacency, rest, cell)) continue
      rest.delete(cell)
      taken.add(cell)
      went = true
    }
  }
  return [...taken]
}

/** Whether the neighbours that a cell has among the rest hang together only through it. Ends as soon as all are met. */
function partsWithout({ start, neighbour }: CellAdjacency, rest: ReadonlySet<number>, cell: number): boolean {
  const wanted = new Set<number>()
  for (let k = start[cell]; k < start[cell + 1]; k++) if (rest.has(neighbour[k])) wanted.add(neighbour[k])
  const [seed] = wanted
  if (seed === undefined) return false
  wanted.delete(seed)
  const seen = new Set([cell, seed])
  for (const at of seen) {
    if (wanted.size === 0) return false
    if (at === cell) continue
    for (let k = start[at]; k < start[at + 1]; k++) {
      if (!rest.has(neighbour[k])) continue
      seen.add(neighbour[k])
      wanted.delete(neighbour[k])
    }
  }
  return wanted.size > 0
}
