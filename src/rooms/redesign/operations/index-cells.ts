import Flatbush from 'flatbush'
import type { Land } from '@/core/land'

/**
 * Where the cells of a land lie, for gestures: boxes in a tree and, by cell, the arcs around it. Built once per scope
 * in O(points + cells log cells); never changes while grids are painted, because cells do not. Land that is redrawn is
 * another land, with an index of its own.
 */
export interface CellIndex {
  readonly land: Land
  readonly boxes: BoxSearch
  /** Cell i is bounded by arcs cellArc[cellArcStart[i] … cellArcStart[i+1]−1]. */
  readonly cellArcStart: Uint32Array
  readonly cellArc: Int32Array
}

/** Things whose box meets another. */
interface BoxSearch {
  search(west: number, south: number, east: number, north: number): number[]
}

/** Index the cells of a land by box and by bounding arcs. */
export function indexCells(land: Land): CellIndex {
  const cellCount = land.cellCommunity.length
  const arcCount = land.arcLeft.length
  const box = new Float64Array(cellCount * 4)
  for (let i = 0; i < cellCount; i++) box.set([Infinity, Infinity, -Infinity, -Infinity], i * 4)

  const start = new Uint32Array(cellCount + 1)
  for (let arc = 0; arc < arcCount; arc++) {
    for (const cell of [land.arcLeft[arc]!, land.arcRight[arc]!]) {
      if (cell < 0) continue
      start[cell + 1]!++
      growBox(box, cell, land, arc)
    }
  }
  for (let i = 0; i < cellCount; i++) start[i + 1]! += start[i]!

  const fill = start.slice(0, cellCount)
  const cellArc = new Int32Array(start[cellCount]!)
  for (let arc = 0; arc < arcCount; arc++) {
    const left = land.arcLeft[arc]!
    const right = land.arcRight[arc]!
    if (left >= 0) cellArc[fill[left]!++] = arc
    if (right >= 0) cellArc[fill[right]!++] = arc
  }

  const boxes = new Flatbush(Math.max(cellCount, 1))
  for (let i = 0; i < cellCount; i++) boxes.add(box[i * 4]!, box[i * 4 + 1]!, box[i * 4 + 2]!, box[i * 4 + 3]!)
  // The tree refuses to be empty; a box that no search meets stands in for a land without cells.
  if (cellCount === 0) boxes.add(Infinity, Infinity, Infinity, Infinity)
  boxes.finish()
  return { land, boxes, cellArcStart: start, cellArc }
}

const indexed = new WeakMap<Land, CellIndex>()
const followed = new WeakMap<NonNullable<Land['redrawn']>, CellBoxes>()

/** The index of a land, made once however often it is asked for. Of one that a plan redraws it follows what was redrawn. */
export function cellIndexOf(land: Land): CellIndex {
  let index = indexed.get(land)
  if (index) return index
  if (land.redrawn) {
    const boxes = followed.get(land.redrawn) ?? createCellBoxes(land)
    followed.set(land.redrawn, boxes)
    boxes.follow(land)
    index = { land, boxes, cellArcStart: land.redrawn.cellArcs.start, cellArc: land.redrawn.cellArcs.item }
  } else index = indexCells(land)
  indexed.set(land, index)
  return index
}

interface CellBoxes extends BoxSearch {
  /** Take over what was redrawn since. */
  follow(land: Land): void
}

/** So many cells redrawn are looked through one by one; then the tree is made anew. */
const MOST_LOOSE = 400

/** Boxes of cells that are redrawn: a tree of those that are not, and the others beside it. O(what was redrawn) a step. */
function createCellBoxes(first: Land): CellBoxes {
  let tree = indexCells(first).boxes
  let seen = first.redrawn!.steps.length
  const loose = new Map<number, Float64Array>()
  return {
    follow(land) {
      const { steps, cellArcs } = land.redrawn!
      for (; seen < steps.length; seen++) {
        for (const cell of steps[seen].cells) loose.set(cell, new Float64Array([Infinity, Infinity, -Infinity, -Infinity]))
      }
      if (loose.size > MOST_LOOSE) {
        tree = indexCells(land).boxes
        loose.clear()
      }
      for (const [cell, box] of loose) {
        box.set([Infinity, Infinity, -Infinity, -Infinity])
        for (let k = cellArcs.start[cell]; k < cellArcs.start[cell + 1]; k++) growBox(box, 0, land, cellArcs.item[k])
      }
    },
    search(west, south, east, north) {
      const hits = tree.search(west, south, east, north).filter((cell) => !loose.has(cell))
      for (const [cell, [x0, y0, x1, y1]] of loose) if (x0 <= east && x1 >= west && y0 <= north && y1 >= south) hits.push(cell)
      return hits
    },
  }
}

function growBox(box: Float64Array, cell: number, land: Land, arc: number): void {
  const at = cell * 4
  for (let p = land.arcStart[arc]!; p < land.arcStart[arc + 1]!; p++) {
    const x = land.arcXY[p * 2]!
    const y = land.arcXY[p * 2 + 1]!
    if (x < box[at]!) box[at] = x
    if (y < box[at + 1]!) box[at + 1] = y
    if (x > box[at + 2]!) box[at + 2] = x
    if (y > box[at + 3]!) box[at + 3] = y
  }
}
