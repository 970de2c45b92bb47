import type { PlanContext } from './plan-context'
import type { PlanState } from './plan-index'

/** Cells that changed hands in one applied delta. Slots as they were and are; −1 is no grid. Cells are distinct. */
export interface PlanFlow {
  readonly cells: Int32Array
  readonly before: Int32Array
  readonly after: Int32Array
  /** Slots that gained or lost cells, came or went, or changed attributes; ascending, without −1. */
  readonly grids: Int32Array
}

/**
 * A figure of every grid, kept up to date from flows: the cost of an edit depends on the cells that moved and, at most,
 * on the cells of the grids touched, never on how many grids there are. `version` grows when the meaning changes, so
 * that stored results can be told apart.
 */
export interface MetricDefinition {
  readonly id: string
  readonly version: number
  readonly unit: 'count' | 'm2' | 'm' | 'ratio'
  /** Begin with every cell in no grid. `read` gives the figures of other metrics, for those derived from them. */
  start(context: PlanContext, read: (metricId: string, slot: number) => number): MetricState
}

export interface MetricState {
  /** Called after the plan changed; `flow` says what was before. */
  onFlow(flow: PlanFlow, plan: PlanState): void
  /** Figure of a grid by slot; −1 for the land without a grid, where that means something (else 0). */
  value(slot: number): number
}

export const defineMetric = (metric: MetricDefinition): MetricDefinition => metric

/** A metric that is a plain sum over the grid's cells. `ofCell` gives whole numbers; `per` of them make one unit. */
export function defineSum(
  id: string,
  unit: MetricDefinition['unit'],
  ofCell: (context: PlanContext, cell: number) => number,
  per = 1,
): MetricDefinition {
  return defineMetric({
    id,
    version: 1,
    unit,
    start(context) {
      const amounts = Float64Array.from(context.land.cellIds, (_, cell) => Math.round(ofCell(context, cell)))
      const sums = createSlotColumn()
      sums.add(
        -1,
        amounts.reduce((total, amount) => total + amount, 0),
      )
      return {
        onFlow({ cells, before, after }) {
          for (let k = 0; k < cells.length; k++) {
            sums.add(before[k], -amounts[cells[k]])
            sums.add(after[k], amounts[cells[k]])
          }
        },
        value: (slot) => sums.get(slot) / per,
      }
    },
  })
}

/** A number by slot, −1 included, that grows with the slots. Whole numbers, so that adding and taking away is exact. */
export interface SlotColumn {
  get(slot: number): number
  add(slot: number, amount: number): void
  set(slot: number, amount: number): void
}

export function createSlotColumn(): SlotColumn {
  let values = new Float64Array(64)
  const reach = (slot: number) => {
    if (slot + 1 < values.length) return
    const wider = new Float64Array(Math.max(values.length * 2, slot + 2))
    wider.set(values)
    values = wider
  }
  return {
    get: (slot) => (slot + 1 < values.length ? values[slot + 1] : 0),
    add(slot, amount) {
      reach(slot)
      values[slot + 1] += amount
    },
    set(slot, amount) {
      reach(slot)
      values[slot + 1] = amount
    },
  }
}

/** All metrics of one plan. */
export interface MetricTable {
  readonly definitions: readonly MetricDefinition[]
  value(id: string, slot: number): number
  state(id: string): MetricState
  onFlow(flow: PlanFlow, plan: PlanState): void
}

/**
 * Start metrics and let the plan as it stands flow into them. Complexity O(metrics × (cells + borders)).
 * @throws Error on two metrics of one id or an unknown id asked for: a fault of the program, not of the data
 */
export function createMetricTable(definitions: readonly MetricDefinition[], plan: PlanState): MetricTable {
  const states = new Map<string, MetricState>()
  for (const definition of definitions) {
    if (states.has(definition.id)) throw new Error(`metric ids must be distinct, got ${definition.id} twice`)
    states.set(
      definition.id,
      definition.start(plan.context, (id, slot) => stateOf(id).value(slot)),
    )
  }
  function stateOf(id: string): MetricState {
    const state = states.get(id)
    if (!state) throw new Error(`expected a metric of ${[...states.keys()].join(', ')}, got ${id}`)
    return state
  }
  const table: MetricTable = {
    definitions,
    value: (id, slot) => stateOf(id).value(slot),
    state: stateOf,
    onFlow(flow, after) {
      for (const state of states.values()) state.onFlow(flow, after)
    },
  }
  table.onFlow(wholeFlow(plan), plan)
  return table
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
