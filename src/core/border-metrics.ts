import { resized } from './growing-column'
import { defineMetric, type FlowMetric, type MetricDefinition } from './metric'
import type { PlanContext } from './plan-context'
import { createSlotColumns } from './slot-column'

/**
 * Sums over the borders between a grid and what is not that grid. A cell that passes from A to B changes the border of A
 * and of B only: to a third grid it was a stranger before and is one after.
 */
function defineBorderSum(
  id: string,
  unit: MetricDefinition['unit'],
  per: number,
  amountOf: (context: PlanContext) => { border: (k: number) => number; outside: (cell: number) => number },
): FlowMetric {
  return defineMetric({
    id,
    version: 1,
    unit,
    start(context) {
      const sums = createSlotColumns(1)
      const add = (slot: number, amount: number) => {
        const place = sums.reach(slot)
        sums.values()[place] += amount
      }
      let movedAt = new Int32Array(context.land.cellIds.length)
      return {
        onLand({ context: next }) {
          const known = movedAt.length
          movedAt = resized(movedAt, Math.max(known, next.land.cellIds.length))
          movedAt.fill(0, known)
        },
        onFlow({ cells, before, after }, { context: here, document }) {
          const { start, neighbour } = here.adjacency
          const { border, outside } = amountOf(here)
          for (let k = 0; k < cells.length; k++) movedAt[cells[k]] = k + 1
          for (let k = 0; k < cells.length; k++) {
            const cell = cells[k]
            const was = before[k]
            const is = after[k]
            if (was >= 0) add(was, -outside(cell))
            if (is >= 0) add(is, outside(cell))
            for (let n = start[cell]; n < start[cell + 1]; n++) {
              const other = neighbour[n]
              const moved = movedAt[other] - 1
              // A border between two cells that both moved is seen from each of them: take it once.
              if (moved >= 0 && other < cell) continue
              const otherWas = moved >= 0 ? before[moved] : document.cellGrid[other]
              const otherIs = document.cellGrid[other]
              const amount = border(n)
              if (was !== otherWas) {
                if (was >= 0) add(was, -amount)
                if (otherWas >= 0) add(otherWas, -amount)
              }
              if (is !== otherIs) {
                if (is >= 0) add(is, amount)
                if (otherIs >= 0) add(otherIs, amount)
              }
            }
          }
          for (let k = 0; k < cells.length; k++) movedAt[cells[k]] = 0
        },
        value: (slot) => (slot < 0 ? 0 : sums.get(slot, 0) / per),
      }
    },
  })
}

/** Length of a grid's outline, the edge of the land included, metres. */
export const perimeterMetric = defineBorderSum('perimeterM', 'm', 1000, ({ borderMm, outsideMm }) => ({
  border: (k) => borderMm[k],
  outside: (cell) => outsideMm[cell],
}))

/** Pairs of neighbouring cells of which one is in the grid and one is not. */
export const cutEdgesMetric = defineBorderSum('cutEdges', 'count', 1, () => ({ border: () => 1, outside: () => 0 }))
