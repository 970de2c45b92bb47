import type { PlanFlow } from './metric'
import type { PlanState } from './plan-index'

/** In which grids each compound lies: buildings by compound and slot, kept from flows. */
export interface CompoundSplit {
  /** Slots that hold buildings of the compound, ascending, without −1. */
  gridsOf(compound: number): number[]
  isSplit(compound: number): boolean
  /** Compounds that lie both in this grid and in another. */
  splitCount(slot: number): number
  /** Compounds with a building on a cell that moved. */
  compoundsOf(flow: PlanFlow): Set<number>
  onFlow(flow: PlanFlow): void
}

/** Complexity O(compounds on the cells that moved) an edit. */
export function createCompoundSplit(plan: PlanState): CompoundSplit {
  const { context, document } = plan
  const buildingsBySlot: Map<number, number>[] = context.compounds.map(() => new Map())
  const compoundsBySlot: Set<number>[] = []

  function add(compound: number, slot: number, buildings: number): void {
    if (slot < 0) return
    const bySlot = buildingsBySlot[compound]
    const total = (bySlot.get(slot) ?? 0) + buildings
    if (total > 0) {
      bySlot.set(slot, total)
      while (compoundsBySlot.length <= slot) compoundsBySlot.push(new Set())
      compoundsBySlot[slot].add(compound)
    } else {
      bySlot.delete(slot)
      compoundsBySlot[slot].delete(compound)
    }
  }

  function addCell(cell: number, slot: number, sign: 1 | -1): void {
    const { cellCompoundStart, cellCompound, cellCompoundBuildings } = plan.context
    for (let k = cellCompoundStart[cell]; k < cellCompoundStart[cell + 1]; k++) {
      add(cellCompound[k], slot, sign * cellCompoundBuildings[k])
    }
  }

  document.cellGrid.forEach((slot, cell) => addCell(cell, slot, 1))

  return {
    gridsOf: (compound) => [...buildingsBySlot[compound].keys()].sort((a, b) => a - b),
    isSplit: (compound) => buildingsBySlot[compound].size > 1,
    splitCount(slot) {
      let count = 0
      for (const compound of compoundsBySlot[slot] ?? []) if (buildingsBySlot[compound].size > 1) count++
      return count
    },
    compoundsOf({ cells }) {
      const { cellCompoundStart, cellCompound } = plan.context
      const found = new Set<number>()
      for (const cell of cells) {
        for (let k = cellCompoundStart[cell]; k < cellCompoundStart[cell + 1]; k++) found.add(cellCompound[k])
      }
      return found
    },
    onFlow({ cells, before, after }) {
      for (let k = 0; k < cells.length; k++) {
        addCell(cells[k], before[k], -1)
        addCell(cells[k], after[k], 1)
      }
    },
  }
}
