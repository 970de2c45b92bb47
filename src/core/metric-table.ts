import { resized } from './growing-column'
import type { LandChange } from './land-work'
import type { MetricDefinition, MetricState, PlanFlow, SumMetric } from './metric'
import type { PlanContext } from './plan-context'
import type { PlanState } from './plan-index'
import { createSlotColumns } from './slot-column'

/** All metrics of one plan. */
export interface MetricTable {
  readonly definitions: readonly MetricDefinition[]
  value(id: string, slot: number): number
  onFlow(flow: PlanFlow, plan: PlanState): void
  onLand(change: LandChange): void
}

/**
 * Start metrics and let the plan as it stands flow into them. Complexity O(metrics × (cells + borders)).
 * @throws Error on two metrics of one id or an unknown id asked for: a fault of the program, not of the data
 */
export function createMetricTable(definitions: readonly MetricDefinition[], plan: PlanState): MetricTable {
  const values = new Map<string, (slot: number) => number>()
  const value = (id: string, slot: number): number => {
    const ofSlot = values.get(id)
    if (!ofSlot) throw new Error(`expected a metric of ${[...values.keys()].join(', ')}, got ${id}`)
    return ofSlot(slot)
  }
  const states: Pick<MetricState, 'onFlow' | 'onLand'>[] = []
  const sums = definitions.filter((definition) => 'ofCell' in definition)
  const bundle = createSumBundle(plan.context, sums)
  states.push(bundle)
  for (const definition of definitions) {
    if (values.has(definition.id)) throw new Error(`metric ids must be distinct, got ${definition.id} twice`)
    if ('ofCell' in definition) {
      const column = sums.indexOf(definition)
      values.set(definition.id, (slot) => bundle.get(slot, column))
      continue
    }
    const state = definition.start(plan.context, value)
    states.push(state)
    values.set(definition.id, state.value)
  }
  const table: MetricTable = {
    definitions,
    value,
    onFlow(flow, after) {
      for (const state of states) state.onFlow(flow, after)
    },
    onLand(change) {
      for (const state of states) state.onLand?.(change)
    },
  }
  table.onFlow(wholeFlow(plan), plan)
  return table
}

/**
 * Sums of all sum metrics together, cell by cell: the amounts of a cell lie side by side, so that a cell that moves is one
 * look into memory, however large the land (a column a metric made a paint on ten times the land 1.3 times as dear).
 */
function createSumBundle(context: PlanContext, metrics: readonly SumMetric[]) {
  const width = metrics.length
  const cellCount = context.land.cellIds.length
  let amounts = new Float64Array(cellCount * width)
  const columns = createSlotColumns(width)
  columns.reach(-1)
  const weigh = (at: PlanContext, cell: number) => {
    const sums = columns.values()
    for (let column = 0; column < width; column++) {
      const amount = Math.round(metrics[column].ofCell(at, cell))
      // What lies in no grid is summed too, first of all.
      sums[column] += amount - amounts[cell * width + column]
      amounts[cell * width + column] = amount
    }
  }
  for (let cell = 0; cell < cellCount; cell++) weigh(context, cell)
  return {
    onLand({ context: next, cells }: LandChange) {
      const known = amounts.length
      const needed = Math.max(known, width * next.land.cellIds.length)
      amounts = resized(amounts, needed)
      amounts.fill(0, known)
      for (const cell of cells) {
        if (cell < next.land.cellIds.length) weigh(next, cell)
        else {
          for (let column = 0; column < width; column++) columns.values()[column] -= amounts[cell * width + column]
          amounts.fill(0, cell * width, (cell + 1) * width)
        }
      }
    },
    get: (slot: number, column: number) => columns.get(slot, column) / metrics[column].per,
    onFlow({ cells, before, after }: PlanFlow) {
      for (let k = 0; k < cells.length; k++) {
        const from = columns.reach(before[k])
        const to = columns.reach(after[k])
        const sums = columns.values()
        const row = cells[k] * width
        for (let column = 0; column < width; column++) {
          const amount = amounts[row + column]
          sums[from + column] -= amount
          sums[to + column] += amount
        }
      }
    },
  }
}

/** The flow that fills a plan from nothing. */
function wholeFlow({ document }: PlanState): PlanFlow {
  const cells = Int32Array.from(document.cellGrid.keys())
  return {
    cells,
    before: new Int32Array(cells.length).fill(-1),
    after: document.cellGrid.slice(),
    grids: Int32Array.from(document.grids.keys()).filter((slot) => document.grids[slot] !== null),
  }
}
