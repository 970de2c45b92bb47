import { resized } from './growing-column'
import type { GridRecord, PlanDocument } from './plan'
import type { PlanContext } from './plan-context'
import type { GridAttributes } from './scope'

/** A plan being looked at or edited: what operations and checks take. A `PlanSession` is one. */
export interface PlanState {
  /** Another one after every edit that changes land or links: read it each time. */
  readonly context: PlanContext
  readonly document: PlanDocument
  readonly index: PlanIndex
}

/**
 * Where things are in a plan: id → slot, and the cells of each grid. Kept in step by `applyDelta` alone; the members
 * under `edit` are its private door. A *slot* is a position in `document.grids`.
 */
export interface PlanIndex {
  /** Slot of a grid by its id, −1 where the plan has none. */
  slotOf(gridId: string | null): number
  /** Cells of a grid, in no particular order: a view, valid until the next edit. */
  cellsOf(slot: number): Int32Array
  cellCount(slot: number): number
  /** Cells of a community that have no grid: a view, valid until the next edit. */
  cellsWithoutGrid(community: number): Int32Array
  /** Slots of the grids of a community, ascending. */
  gridsOfCommunity(community: number): number[]
  /** Basic grids of a community, counted: a dedicated grid is no sibling when it comes to limits. */
  basicGridCount(community: number): number
  /** Slots that carry a code; more than one is a fault. */
  slotsWithCode(code: string): ReadonlySet<number>
  readonly edit: PlanIndexEditor
}

interface PlanIndexEditor {
  /** Put a grid into its slot (the one it had, where it was here before) and return the slot. */
  put(grid: GridAttributes): number
  remove(slot: number): void
  move(cell: number, from: number, to: number): void
  /** Take a cell without a grid out of the plan: it goes with the land. */
  drop(cell: number): void
  /** The land has changed: cells that came have no grid. */
  stand(context: PlanContext, came: readonly number[]): void
}

/** Build the index of a document. Complexity O(cells + grids). Grids must have distinct ids. */
export function createPlanIndex(context: PlanContext, document: PlanDocument): PlanIndex {
  const communityCount = context.communities.length
  let cellCommunity = context.land.cellCommunity
  // Rows 0 … m−1: cells without a grid by community; row m+slot: cells of the grid.
  const rows: Int32Array[] = []
  const lengths: number[] = []
  let placeInRow = new Int32Array(document.cellGrid.length)
  const slotById = new Map<string, number>()
  /** Slot a removed grid had: put back there, undo restores the document to the byte. */
  const formerSlot = new Map<string, number>()
  const slotsByCode = new Map<string, Set<number>>()
  const slotsByCommunity: Set<number>[] = Array.from({ length: communityCount }, () => new Set())
  const basicCount = new Int32Array(communityCount)
  const none: ReadonlySet<number> = new Set()

  const rowOf = (cell: number, slot: number) => (slot < 0 ? cellCommunity[cell] : communityCount + slot)

  function append(row: number, cell: number): void {
    while (rows.length <= row) {
      rows.push(new Int32Array(8))
      lengths.push(0)
    }
    if (lengths[row] === rows[row].length) {
      const wider = new Int32Array(rows[row].length * 2)
      wider.set(rows[row])
      rows[row] = wider
    }
    placeInRow[cell] = lengths[row]
    rows[row][lengths[row]++] = cell
  }

  function enter(slot: number, grid: GridAttributes): void {
    slotById.set(grid.id, slot)
    const withCode = slotsByCode.get(grid.code)
    if (withCode) withCode.add(slot)
    else slotsByCode.set(grid.code, new Set([slot]))
    slotsByCommunity[grid.community].add(slot)
    if (grid.kind === 'basic') basicCount[grid.community]++
  }

  function leave(slot: number, grid: GridAttributes): void {
    slotById.delete(grid.id)
    const withCode = slotsByCode.get(grid.code)!
    withCode.delete(slot)
    if (withCode.size === 0) slotsByCode.delete(grid.code)
    slotsByCommunity[grid.community].delete(slot)
    if (grid.kind === 'basic') basicCount[grid.community]--
  }

  function takeOut(row: number, cell: number): void {
    const last = rows[row][--lengths[row]]
    rows[row][placeInRow[cell]] = last
    placeInRow[last] = placeInRow[cell]
  }

  document.grids.forEach((grid, slot) => grid && enter(slot, grid))
  for (let row = 0; row < communityCount + document.grids.length; row++) {
    rows.push(new Int32Array(8))
    lengths.push(0)
  }
  const isThere = (cell: number) => !context.land.redrawn || context.land.cellIds[cell] !== 0
  document.cellGrid.forEach((slot, cell) => isThere(cell) && append(rowOf(cell, slot), cell))

  const view = (row: number) => (row < rows.length ? rows[row].subarray(0, lengths[row]) : new Int32Array(0))

  return {
    slotOf: (gridId) => (gridId === null ? -1 : (slotById.get(gridId) ?? -1)),
    cellsOf: (slot) => view(communityCount + slot),
    cellCount: (slot) => lengths[communityCount + slot] ?? 0,
    cellsWithoutGrid: view,
    gridsOfCommunity: (community) => [...slotsByCommunity[community]].sort((a, b) => a - b),
    basicGridCount: (community) => basicCount[community],
    slotsWithCode: (code) => slotsByCode.get(code) ?? none,
    edit: {
      put(grid) {
        let slot = slotById.get(grid.id) ?? -1
        if (slot >= 0) leave(slot, document.grids[slot]!)
        else {
          const former = formerSlot.get(grid.id) ?? document.grids.length
          slot = document.grids[former] ? document.grids.length : former
          while (document.grids.length <= slot) document.grids.push(null)
        }
        document.grids[slot] = grid
        enter(slot, grid)
        return slot
      },
      remove(slot) {
        const grid = document.grids[slot]!
        leave(slot, grid)
        formerSlot.set(grid.id, slot)
        document.grids[slot] = null
        while (document.grids.length > 0 && document.grids[document.grids.length - 1] === null) document.grids.pop()
      },
      move(cell, from, to) {
        takeOut(rowOf(cell, from), cell)
        document.cellGrid[cell] = to
        append(rowOf(cell, to), cell)
      },
      drop: (cell) => takeOut(rowOf(cell, -1), cell),
      stand(next, came) {
        const cellCount = next.land.cellIds.length
        cellCommunity = next.land.cellCommunity
        placeInRow = resized(placeInRow, cellCount)
        document.cellGrid = resized(document.cellGrid, cellCount)
        for (const cell of came) {
          document.cellGrid[cell] = -1
          append(rowOf(cell, -1), cell)
        }
      },
    },
  }
}

/** A grid's attributes as they travel: with the community's database id. */
export function toGridRecord(context: PlanContext, grid: GridAttributes): GridRecord {
  return {
    id: grid.id,
    code: grid.code,
    name: grid.name,
    communityId: context.communities[grid.community].id,
    kind: grid.kind,
    locked: grid.locked,
  }
}

/** A travelled record as attributes; null where its community is not of this land. */
export function fromGridRecord(context: PlanContext, record: GridRecord): GridAttributes | null {
  const community = context.communityIndex.get(record.communityId)
  if (community === undefined) return null
  return { id: record.id, code: record.code, name: record.name, community, kind: record.kind, locked: record.locked }
}
