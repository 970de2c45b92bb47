import { buildingsByCell } from '@/core/cell-contents'
import { defineLazy } from '@/core/lazy-metric'
import type { MetricDefinition } from '@/core/metric'
import type { PlanDocument } from '@/core/plan'
import type { PlanContext } from '@/core/plan-context'

/**
 * What a grid took over and gave up against another plan, today's as a rule, in households: `movedIn` live in it and did
 * not then, `movedOut` lived in it then and do not now. Counted by building, so that land that was cut anew counts right.
 * O(buildings of the grid) when asked.
 */
export function defineMovedMetrics(context: PlanContext, then: PlanDocument): readonly MetricDefinition[] {
  const { buildings } = context
  const idThen = Array.from(buildings.cell, (cell) => (cell < 0 ? null : (then.grids[then.cellGrid[cell]]?.id ?? null)))
  const householdsThen = new Map<string, number>()
  idThen.forEach((id, b) => {
    if (id !== null) householdsThen.set(id, (householdsThen.get(id) ?? 0) + buildings.households[b])
  })
  return [
    defineLazy('movedIn', 'count', ({ context: now, document, index }, slot) => {
      const { start, item } = buildingsByCell(now)
      const own = document.grids[slot]!.id
      let moved = 0
      for (const cell of index.cellsOf(slot)) {
        for (let k = start[cell]; k < start[cell + 1]; k++) if (idThen[item[k]] !== own) moved += buildings.households[item[k]]
      }
      return moved
    }),
    defineLazy('movedOut', 'count', ({ context: now, document, index }, slot) => {
      const { start, item } = buildingsByCell(now)
      const own = document.grids[slot]!.id
      let stayed = 0
      for (const cell of index.cellsOf(slot)) {
        for (let k = start[cell]; k < start[cell + 1]; k++) if (idThen[item[k]] === own) stayed += buildings.households[item[k]]
      }
      return (householdsThen.get(own) ?? 0) - stayed
    }),
  ]
}
