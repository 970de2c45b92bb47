import type { PlanFlow } from './metric'
import type { PlanState } from './plan-index'

/**
 * Which grids fall apart. A piece is a set of cells of one grid joined by shared borders, or by decree (`links.ts`). A community whose own land is
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
  /**
   * Ids of the cells off the main piece of each part of the community's land (most cells; of equals the one with the
   * lowest cell id), ascending. O(cells of the grid).
   */
  listStrays(slot: number): number[]
  onFlow(flow: PlanFlow): void
}

/** Count pieces of every grid, then keep count: O(cells of the grids touched) an edit. */
export function createContiguity(plan: PlanState): Contiguity {
  const { document, index } = plan
  const pieceCount: number[] = []
  const partCount: number[] = []
  // Marks carry the number of the walk, so that no array is ever cleared.
  let seen = new Uint32Array(0)
  let partSeen = new Uint32Array(0)
  let queue = new Int32Array(0)
  let walk = 0

  function beginWalk(): void {
    walk++
    if (seen.length >= document.cellGrid.length) return
    const room = Math.ceil(1.1 * document.cellGrid.length)
    seen = new Uint32Array(room)
    partSeen = new Uint32Array(room)
    queue = new Int32Array(room)
  }

  /** Reach all cells of the piece around `seed`; returns how many there are, in `queue[0 …]`. */
  function flood(seed: number, slot: number): number {
    const { adjacency, links } = plan.context
    const { start, neighbour } = adjacency
    let length = 1
    queue[0] = seed
    seen[seed] = walk
    for (let at = 0; at < length; at++) {
      const cell = queue[at]
      const link = links.size > 0 ? links.get(cell) : undefined
      for (let k = start[cell]; k < start[cell + 1]; k++) {
        const next = neighbour[k]
        if (document.cellGrid[next] !== slot || seen[next] === walk || link?.walls.includes(next)) continue
        seen[next] = walk
        queue[length++] = next
      }
      for (const next of link?.bridges ?? []) {
        if (document.cellGrid[next] !== slot || seen[next] === walk) continue
        seen[next] = walk
        queue[length++] = next
      }
    }
    return length
  }

  function count(slot: number): void {
    beginWalk()
    const { cellPart } = plan.context
    let pieces = 0
    let parts = 0
    for (const cell of index.cellsOf(slot)) {
      if (seen[cell] === walk) continue
      flood(cell, slot)
      pieces++
      const part = cellPart[cell]
      if (partSeen[part] === walk) continue
      partSeen[part] = walk
      parts++
    }
    pieceCount[slot] = pieces
    partCount[slot] = parts
  }

  /** Every piece of a grid, in no order; `take` copies its cells out of `queue`. */
  function walkPieces(slot: number, take: (length: number) => Int32Array) {
    beginWalk()
    const { cellIds } = plan.context.land
    const found: { cells: Int32Array; lowestId: number; part: number }[] = []
    for (const seed of index.cellsOf(slot)) {
      if (seen[seed] === walk) continue
      const cells = take(flood(seed, slot))
      let lowest = cells[0]
      for (const cell of cells) if (cellIds[cell] < cellIds[lowest]) lowest = cell
      found.push({ cells, lowestId: cellIds[lowest], part: plan.context.cellPart[lowest] })
    }
    return found
  }

  document.grids.forEach((_, slot) => count(slot))

  const pieces = (slot: number) => pieceCount[slot] ?? 0
  const parts = (slot: number) => partCount[slot] ?? 0
  return {
    pieces,
    parts,
    isInPieces: (slot) => pieces(slot) > parts(slot),
    listPieces(slot) {
      const found = walkPieces(slot, (length) => queue.slice(0, length).sort())
      found.sort((a, b) => a.lowestId - b.lowestId)
      const most = Math.max(0, ...found.map(({ cells }) => cells.length))
      const main = found.findIndex(({ cells }) => cells.length === most)
      return [...found.splice(Math.max(main, 0), 1), ...found].map(({ cells }) => cells)
    },
    listStrays(slot) {
      const found = walkPieces(slot, (length) => queue.slice(0, length))
      const mainOf = new Map<number, (typeof found)[number]>()
      for (const piece of found) {
        const main = mainOf.get(piece.part)
        const ahead = !main || piece.cells.length - main.cells.length || main.lowestId - piece.lowestId
        if (ahead === true || ahead > 0) mainOf.set(piece.part, piece)
      }
      const strays: number[] = []
      for (const piece of found) {
        if (mainOf.get(piece.part) !== piece) for (const cell of piece.cells) strays.push(plan.context.land.cellIds[cell])
      }
      return strays.sort((a, b) => a - b)
    },
    onFlow(flow) {
      for (const slot of flow.grids) count(slot)
    },
  }
}
