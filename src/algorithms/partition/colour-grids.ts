import type { CellAdjacency } from '@/core/land'

/** Colours there are; any map of connected grids can do with six, and the greedy order below finds them. */
export const GRID_COLOURS = 6

/**
 * A colour for each grid, 0 … 5, such that grids with a common border never share one; −1 for slots without cells. All six
 * colours are used about equally. Grids in pieces may touch more others than a plane map allows: only then can two
 * neighbours come to share a colour.
 *
 * @param cellGrid slot by cell, −1 none
 * Complexity O(cells + borders + grids²) at worst, near linear on maps. Deterministic.
 * Source: smallest-last order (Matula and Beck 1983): taking away the grid with fewest neighbours again and again leaves
 * at most five at each step of a plane map, so colouring in reverse needs no more than six.
 */
export function colourGrids(adjacency: CellAdjacency, cellGrid: ArrayLike<number>, slotCount: number): Int32Array {
  const neighbours = neighbourGrids(adjacency, cellGrid, slotCount)
  const colours = new Int32Array(slotCount).fill(-1)
  const used = new Array<number>(GRID_COLOURS).fill(0)
  for (const slot of smallestLast(neighbours)) colours[slot] = pickColour(neighbours[slot]!, colours, used)
  return colours
}

/**
 * Mend colours after an edit, in place: a grid keeps its colour unless the edit made it a neighbour of one that shares it,
 * or it has none yet. Returns the slots whose colour changed.
 *
 * @param colours by slot, as `colourGrids` or this function left them; at least as long as there are slots
 * @param changedCells cells whose grid changed since
 * Complexity O(changed cells) where nothing clashes, as most often; else O(cells + borders).
 */
export function mendGridColours(
  adjacency: CellAdjacency,
  cellGrid: ArrayLike<number>,
  colours: Int32Array,
  changedCells: ArrayLike<number>,
): number[] {
  const clashing = findClashing(adjacency, cellGrid, colours, changedCells)
  if (clashing.size === 0) return []
  const before = colours.slice()
  const neighbours = neighbourGrids(adjacency, cellGrid, colours.length)
  const used = new Array<number>(GRID_COLOURS).fill(0)
  colours.forEach((colour, slot) => {
    if (!neighbours[slot]) colours[slot] = -1
    else if (colour >= 0) used[colour]++
  })
  for (const slot of clashing) {
    if (colours[slot] >= 0 && !clashes(slot)) continue
    if (!recolour(slot) && !recolourWithNeighbour(slot)) {
      colours.set(colourGrids(adjacency, cellGrid, colours.length))
      break
    }
  }
  return Array.from(colours.keys()).filter((slot) => colours[slot] !== before[slot])

  function clashes(slot: number): boolean {
    for (const other of neighbours[slot]!) if (colours[other] === colours[slot]) return true
    return false
  }

  function recolour(slot: number): boolean {
    const colour = pickColour(neighbours[slot]!, colours, used)
    if (isTaken(neighbours[slot]!, colours, colour)) return false
    colours[slot] = colour
    return true
  }

  /** Free a colour by giving the one neighbour that holds it another. */
  function recolourWithNeighbour(slot: number): boolean {
    for (let colour = 0; colour < GRID_COLOURS; colour++) {
      const holders = [...neighbours[slot]!].filter((other) => colours[other] === colour)
      if (holders.length !== 1) continue
      colours[slot] = colour
      if (recolour(holders[0])) return true
    }
    return false
  }
}

/** Grids beside each grid, null for slots without cells. */
function neighbourGrids(
  { start, neighbour }: CellAdjacency,
  cellGrid: ArrayLike<number>,
  slotCount: number,
): (Set<number> | null)[] {
  const neighbours = new Array<Set<number> | null>(slotCount).fill(null)
  for (let cell = 0; cell < cellGrid.length; cell++) {
    const slot = cellGrid[cell]
    if (slot < 0) continue
    const beside = (neighbours[slot] ??= new Set())
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const other = cellGrid[neighbour[k]]
      if (other >= 0 && other !== slot) beside.add(other)
    }
  }
  return neighbours
}

/** Slots in the order to colour them: each has at most five neighbours before it, on a plane map. */
function smallestLast(neighbours: readonly (Set<number> | null)[]): number[] {
  const degree = neighbours.map((beside) => beside?.size ?? -1)
  const byDegree: Set<number>[] = []
  const bucket = (size: number) => (byDegree[size] ??= new Set())
  degree.forEach((size, slot) => size >= 0 && bucket(size).add(slot))
  const order: number[] = []
  const left = degree.filter((size) => size >= 0).length
  for (let smallest = 0; order.length < left; ) {
    const slots = byDegree[smallest]
    if (!slots || slots.size === 0) {
      smallest++
      continue
    }
    const [slot] = slots
    slots.delete(slot)
    degree[slot] = -1
    order.push(slot)
    for (const other of neighbours[slot]!) {
      if (degree[other] < 0) continue
      bucket(degree[other]).delete(other)
      bucket(--degree[other]).add(other)
    }
    smallest = Math.max(0, smallest - 1)
  }
  return order.reverse()
}

/** The colour no neighbour has that is used least so far; where all are taken, the one fewest neighbours have. */
function pickColour(beside: ReadonlySet<number>, colours: Int32Array, used: number[]): number {
  const taken = new Array<number>(GRID_COLOURS).fill(0)
  for (const other of beside) if (colours[other] >= 0) taken[colours[other]]++
  let best = 0
  for (let colour = 1; colour < GRID_COLOURS; colour++) {
    if (taken[colour] < taken[best] || (taken[colour] === taken[best] && used[colour] < used[best])) best = colour
  }
  used[best]++
  return best
}

function isTaken(beside: ReadonlySet<number>, colours: Int32Array, colour: number): boolean {
  for (const other of beside) if (colours[other] === colour) return true
  return false
}

/** Grids at changed cells that have no colour or meet their own: new borders arise nowhere else. */
function findClashing(
  { start, neighbour }: CellAdjacency,
  cellGrid: ArrayLike<number>,
  colours: Int32Array,
  changedCells: ArrayLike<number>,
): Set<number> {
  const clashing = new Set<number>()
  for (let i = 0; i < changedCells.length; i++) {
    const cell = changedCells[i]
    const slot = cellGrid[cell]
    if (slot < 0) continue
    if (colours[slot] < 0) clashing.add(slot)
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const other = cellGrid[neighbour[k]]
      if (other >= 0 && other !== slot && colours[other] === colours[slot]) clashing.add(slot)
    }
  }
  return clashing
}
