import { applyDelta } from './apply-delta'
import { createCompoundSplit, type CompoundSplit } from './compound-split'
import { createContiguity, type Contiguity } from './contiguity'
import { createFindingTracker, type FindingTracker } from './find-findings'
import type { MetricDefinition, PlanFlow } from './metric'
import { hasCrossing } from './grid-findings'
import { createMetricTable, type MetricTable } from './metric-table'
import type { PlanDelta, PlanDocument } from './plan'
import type { PlanContext } from './plan-context'
import { createPlanIndex, type PlanState } from './plan-index'
import { PLAN_METRICS, trackerMetrics } from './plan-metrics'
import { ok, type Result } from './result'

/** A plan with all that follows from it: one place where a delta changes document, figures and findings together. */
export interface PlanKernel {
  readonly plan: PlanState
  readonly metrics: MetricTable
  readonly contiguity: Contiguity
  readonly compoundSplit: CompoundSplit
  readonly findings: FindingTracker
  /** Apply a delta and update what follows; refused whole, with `applyDelta`'s reasons. */
  perform(delta: PlanDelta): Result<PlanFlow>
  /** For deltas that fit by construction, such as inverses. @throws Error where one does not: a fault of the program */
  performKnown(delta: PlanDelta): PlanFlow
}

export function createPlanKernel(
  context: PlanContext,
  document: PlanDocument,
  extraMetrics: readonly MetricDefinition[],
): PlanKernel {
  const plan: PlanState = { context, document, index: createPlanIndex(context, document) }
  const contiguity = createContiguity(plan)
  const compoundSplit = createCompoundSplit(plan)
  const metrics = createMetricTable(
    [...PLAN_METRICS, ...trackerMetrics(contiguity, compoundSplit), ...extraMetrics],
    plan,
  )
  const findings = createFindingTracker(plan, { metrics, contiguity, compoundSplit, mayCross: hasCrossing(plan) })

  function perform(delta: PlanDelta): Result<PlanFlow> {
    const applied = applyDelta(plan, delta)
    if (!applied.ok) return applied
    const { flow } = applied.value
    contiguity.onFlow(flow)
    compoundSplit.onFlow(flow)
    metrics.onFlow(flow, plan)
    findings.onFlow(flow)
    return ok(flow)
  }

  return {
    plan,
    metrics,
    contiguity,
    compoundSplit,
    findings,
    perform,
    performKnown(delta) {
      const flow = perform(delta)
      if (!flow.ok) throw new Error(`expected a delta of this plan's history to fit, got ${flow.code}`)
      return flow.value
    },
  }
}
