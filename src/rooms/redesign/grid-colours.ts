import type { PlanSession } from '@/core/plan-session'

/** Colours of the palette; planar maps never need more than the order of `colourAll` gives them. */
const COLOURS = 6

/** Colour index by slot, kept from change to change so that the map does not flicker. */
export interface GridColours {
  /** By slot; −1 where there is no grid. Replaced when a colour changes, else the same array. */
  readonly list: Int32Array
  /**
   * Take in that these cells went from grid to grid; returns the slots that have another colour now. A grid changes its
   * colour only when the change made it the neighbour of one that shares it.
   */
  onFlow(cells: Int32Array, grids: Int32Array): number[]
}

/**
 * Colour the grids of a session so that neighbours differ. Borders are counted by pair of grids once, in O(borders);
 * a change costs the borders of its cells.
 */
export function createGridColours(session: PlanSession): GridColours {
  const { document, context } = session
  const { start, neighbour } = context.adjacency
  /** Grid of each cell as last counted: the session has moved on when a change is told. */
  const counted = document.cellGrid.slice()
  /** Shared borders by neighbouring slot. */
  let beside: Map<number, number>[] = []
  let list = new Int32Array(0)

  function count(a: number, b: number, by: number): void {
    if (a < 0 || b < 0 || a === b) return
    for (const [from, to] of [[a, b], [b, a]]) {
      const row = (beside[from] ??= new Map())
      const borders = (row.get(to) ?? 0) + by
      if (borders > 0) row.set(to, borders)
      else row.delete(to)
    }
  }

  function countAll(): void {
    beside = []
    counted.set(document.cellGrid)
    for (let cell = 0; cell < counted.length; cell++) {
      for (let k = start[cell]; k < start[cell + 1]; k++) if (neighbour[k] > cell) count(counted[cell], counted[neighbour[k]], 1)
    }
  }

  /**
   * Colour anew: take away the grid with fewest neighbours again and again, then colour in the opposite order (Matula and
   * Beck 1983). In a planar map the one taken away has five neighbours at most, so six colours always do.
   */
  function colourAll(): void {
    const degree = document.grids.map((_, slot) => beside[slot]?.size ?? 0)
    const left = new Set(document.grids.keys())
    const order: number[] = []
    while (left.size > 0) {
      let least = -1
      for (const slot of left) if (least < 0 || degree[slot] < degree[least]) least = slot
      left.delete(least)
      order.push(least)
      for (const other of beside[least]?.keys() ?? []) degree[other]--
    }
    list = new Int32Array(document.grids.length).fill(-1)
    for (const slot of order.reverse()) if (document.grids[slot]) list[slot] = freeColour(slot)
  }

  /** A colour no neighbour has, beginning at one of the slot's own so that all are used; the rarest where none is free. */
  function freeColour(slot: number): number {
    const taken = new Array<number>(COLOURS).fill(0)
    for (const other of beside[slot]?.keys() ?? []) if (list[other] >= 0) taken[list[other]]++
    let best = slot % COLOURS
    for (let k = 0; k < COLOURS; k++) {
      const colour = (slot + k) % COLOURS
      if (taken[colour] < taken[best]) best = colour
    }
    return best
  }

  const clashesAt = (slot: number) => [...(beside[slot]?.keys() ?? [])].some((other) => list[other] === list[slot])

  /** No colour is free beside one slot: colour all anew, where that settles it. Grids in pieces may make it impossible. */
  function colourAnew(changed: number[]): number[] {
    const before = list
    colourAll()
    if (document.grids.some((grid, slot) => grid && clashesAt(slot))) {
      list = before
      return changed
    }
    return [...new Set([...changed, ...document.grids.keys()].filter((slot) => changed.includes(slot) || list[slot] !== before[slot]))]
  }

  countAll()
  colourAll()
  return {
    get list() {
      return list
    },
    onFlow(cells, grids) {
      for (const cell of cells) {
        const was = counted[cell]
        const is = document.cellGrid[cell]
        if (was === is) continue
        counted[cell] = is
        for (let k = start[cell]; k < start[cell + 1]; k++) {
          count(was, counted[neighbour[k]], -1)
          count(is, counted[neighbour[k]], 1)
        }
      }
      if (list.length < document.grids.length) {
        const longer = new Int32Array(document.grids.length).fill(-1)
        longer.set(list)
        list = longer
      }
      const changed: number[] = []
      for (const slot of grids) {
        if (!document.grids[slot]) continue
        if (list[slot] >= 0 && !clashesAt(slot)) continue
        const colour = freeColour(slot)
        if (changed.length === 0) list = list.slice()
        if (colour !== list[slot]) changed.push(slot)
        list[slot] = colour
        if (clashesAt(slot)) return colourAnew(changed)
      }
      return changed
    },
  }
}
