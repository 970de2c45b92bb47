import Flatbush from 'flatbush'
import type { Land } from '@/core/land'

/**
 * Where the cells of a land lie, for gestures: boxes in a tree and, by cell, the arcs around it. Built once per scope
 * in O(points + cells log cells); never changes while grids are painted, because cells do not. Land that is redrawn is
 * another land, with an index of its own.
 */
export interface CellIndex {
  readonly land: Land
  readonly boxes: Flatbush
  /** Cell i is bounded by arcs cellArc[cellArcStart[i] … cellArcStart[i+1]−1]. */
  readonly cellArcStart: Uint32Array
  readonly cellArc: Int32Array
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

/** The index of a land, made once however often it is asked for. */
export function cellIndexOf(land: Land): CellIndex {
  let index = indexed.get(land)
  if (!index) indexed.set(land, (index = indexCells(land)))
  return index
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
