import type { LandChange } from './land-work'
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

interface MetricName {
  readonly id: string
  /** Grows when the meaning changes, so that stored results can be told apart. */
  readonly version: number
  readonly unit: 'count' | 'm2' | 'm' | 'ratio'
}

/** A plain sum over the grid's cells, in whole numbers of which `per` make one unit: so sums are exact. */
export interface SumMetric extends MetricName {
  readonly ofCell: (context: PlanContext, cell: number) => number
  readonly per: number
}

/** A figure that follows flows in its own way. */
export interface FlowMetric extends MetricName {
  /** Begin with every cell in no grid; keep nothing of the context, which changes with the land. `read` gives the figures of other metrics, for those derived from them. */
  start(context: PlanContext, read: (metricId: string, slot: number) => number): MetricState
}

/**
 * A figure of every grid, kept up to date from flows: the cost of an edit depends on the cells that moved and, at most,
 * on the cells of the grids touched, never on how many grids there are.
 */
export type MetricDefinition = SumMetric | FlowMetric

export interface MetricState {
  /** Called after the plan changed; `flow` says what was before. */
  onFlow(flow: PlanFlow, plan: PlanState): void
  /** Called between two flows: cells whose land changed lie in no grid then, and come back with the second. */
  onLand?(change: LandChange): void
  /** Figure of a grid by slot; −1 for the land without a grid, where that means something (else 0). */
  value(slot: number): number
}

export const defineMetric = <T extends MetricDefinition>(metric: T): T => metric

/** A metric that sums what `ofCell` gives, rounded to whole numbers. */
export function defineSum(
  id: string,
  unit: MetricName['unit'],
  ofCell: SumMetric['ofCell'],
  per = 1,
): SumMetric {
  return defineMetric({ id, version: 1, unit, ofCell, per })
}

/** A metric computed from others when asked. */
export function defineDerived(
  id: string,
  unit: MetricName['unit'],
  value: (read: (metricId: string, slot: number) => number, slot: number) => number,
): FlowMetric {
  return defineMetric({
    id,
    version: 1,
    unit,
    start: (_, read) => ({ onFlow: () => {}, value: (slot) => (slot < 0 ? 0 : value(read, slot)) }),
  })
}
