import type { PlanFlow } from './metric'
import type { PlanState } from './plan-index'

/**
 * Which grids fall apart. A piece is a set of cells of one grid joined by shared borders. A community whose own land is
 * in parts (an exclave) cannot hold together better than its land, so a grid is *in pieces* only when some part of the
 * community's land holds two of its pieces: when it has more pieces than parts it lies in.
 */
export interface Contiguity {
  /** Number of pieces; 0 for an empty grid. */
  pieces(slot: number): number
  /** Parts of the community's land in which the grid has cells. */
  parts(slot: number): number
  isInPieces(slot: number): boolean
  /**
   * Cells of each piece, ascending; the main piece (most cells; of equals the one with the lowest cell id) first, then
   * by lowest cell id. Computed when asked: O(cells of the grid).
   */
  listPieces(slot: number): Int32Array[]
  onFlow(flow: PlanFlow): void
}

/** Count pieces of every grid, then keep count: O(cells of the grids touched) an edit. */
export function createContiguity(plan: PlanState): Contiguity {
  const { context, document, index } = plan
  const { start, neighbour } = context.adjacency
  const pieceCount: number[] = []
  const partCount: number[] = []
  // Marks carry the number of the walk, so that no array is ever cleared.
  const seen = new Uint32Array(document.cellGrid.length)
  const partSeen = new Uint32Array(context.partCount)
  const queue = new Int32Array(document.cellGrid.length)
  let walk = 0

  /** Reach all cells of the piece around `seed`; returns how many there are, in `queue[0 …]`. */
  function flood(seed: number, slot: number): number {
    let length = 1
    queue[0] = seed
    seen[seed] = walk
    for (let at = 0; at < length; at++) {
      const cell = queue[at]
      for (let k = start[cell]; k < start[cell + 1]; k++) {
        const next = neighbour[k]
        if (document.cellGrid[next] !== slot || seen[next] === walk) continue
        seen[next] = walk
        queue[length++] = next
      }
    }
    return length
  }

  function count(slot: number): void {
    walk++
    let pieces = 0
    let parts = 0
    for (const cell of index.cellsOf(slot)) {
      if (seen[cell] === walk) continue
      flood(cell, slot)
      pieces++
      const part = context.cellPart[cell]
      if (partSeen[part] === walk) continue
      partSeen[part] = walk
      parts++
    }
    pieceCount[slot] = pieces
    partCount[slot] = parts
  }

  document.grids.forEach((_, slot) => count(slot))

  const pieces = (slot: number) => pieceCount[slot] ?? 0
  const parts = (slot: number) => partCount[slot] ?? 0
  return {
    pieces,
    parts,
    isInPieces: (slot) => pieces(slot) > parts(slot),
    listPieces(slot) {
      walk++
      const found: Int32Array[] = []
      for (const cell of index.cellsOf(slot)) {
        if (seen[cell] !== walk) found.push(queue.slice(0, flood(cell, slot)).sort())
      }
      const ids = context.land.cellIds
      const lowestId = new Map(found.map((piece) => [piece, piece.reduce((low, cell) => Math.min(low, ids[cell]), Infinity)]))
      found.sort((a, b) => lowestId.get(a)! - lowestId.get(b)!)
      const most = Math.max(0, ...found.map((piece) => piece.length))
      const main = found.findIndex((piece) => piece.length === most)
      return main > 0 ? [found[main], ...found.slice(0, main), ...found.slice(main + 1)] : found
    },
    onFlow(flow) {
      for (const slot of flow.grids) count(slot)
    },
  }
}
