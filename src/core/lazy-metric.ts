import { defineMetric, type FlowMetric, type MetricDefinition } from './metric'
import type { PlanState } from './plan-index'

/**
 * A figure measured when it is asked for, and kept until the grid is touched: for figures that cost more than an edit may,
 * and that nobody reads of every grid with every edit. An edit costs O(grids touched).
 */
export function defineLazy(
  id: string,
  unit: MetricDefinition['unit'],
  measure: (plan: PlanState, slot: number) => number,
): FlowMetric {
  return defineMetric({
    id,
    version: 1,
    unit,
    start() {
      const measured = new Map<number, number>()
      let plan: PlanState | null = null
      return {
        onFlow(flow, after) {
          plan = after
          for (const slot of flow.grids) measured.delete(slot)
        },
        value(slot) {
          if (slot < 0 || !plan?.document.grids[slot]) return 0
          let figure = measured.get(slot)
          if (figure === undefined) measured.set(slot, (figure = measure(plan, slot)))
          return figure
        },
      }
    },
  })
}
