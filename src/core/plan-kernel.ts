import { applyDelta, type AppliedDelta, type DeltaFollower, type EditablePlan } from './apply-delta'
import { createCompoundSplit, type CompoundSplit } from './compound-split'
import { createContiguity, type Contiguity } from './contiguity'
import { createFindingTracker, type FindingTracker } from './find-findings'
import type { MetricDefinition } from './metric'
import { hasCrossing } from './grid-findings'
import { openGround } from './open-land'
import { createMetricTable, type MetricTable } from './metric-table'
import type { PlanDelta, PlanDocument } from './plan'
import type { PlanContext } from './plan-context'
import { createPlanIndex, type PlanState } from './plan-index'
import { PLAN_METRICS, trackerMetrics } from './plan-metrics'
import type { Result } from './result'

export type PerformedDelta = Pick<AppliedDelta, 'flow' | 'landChanged'>

/** A plan with all that follows from it: one place where a delta changes document, figures and findings together. */
export interface PlanKernel {
  readonly plan: PlanState
  readonly metrics: MetricTable
  readonly contiguity: Contiguity
  readonly compoundSplit: CompoundSplit
  readonly findings: FindingTracker
  /** Apply a delta and update what follows; refused whole, with `applyDelta`'s reasons. */
  perform(delta: PlanDelta): Result<PerformedDelta>
  /** For deltas that fit by construction, such as inverses. @throws Error where one does not: a fault of the program */
  performKnown(delta: PlanDelta): PerformedDelta
}

export function createPlanKernel(
  context: PlanContext,
  document: PlanDocument,
  extraMetrics: readonly MetricDefinition[],
): PlanKernel {
  const ground = openGround(context, document)
  const plan: EditablePlan = { ...ground, document, index: createPlanIndex(ground.context, document) }
  const contiguity = createContiguity(plan)
  const compoundSplit = createCompoundSplit(plan)
  const metrics = createMetricTable(
    [...PLAN_METRICS, ...trackerMetrics(contiguity, compoundSplit), ...extraMetrics],
    plan,
  )
  const findings = createFindingTracker(plan, { metrics, contiguity, compoundSplit, mayCross: hasCrossing(plan) })

  function perform(delta: PlanDelta, mayTrust = false): Result<PerformedDelta> {
    const compounds = new Set<number>()
    const follower: DeltaFollower = {
      onFlow(flow) {
        for (const compound of compoundSplit.compoundsOf(flow)) compounds.add(compound)
        compoundSplit.onFlow(flow)
        metrics.onFlow(flow, plan)
      },
      onLand: (change) => metrics.onLand(change),
    }
    const applied = applyDelta(plan, delta, { follower, mayTrust })
    if (!applied.ok) return applied
    contiguity.onFlow(applied.value.flow)
    findings.onFlow(applied.value.flow, compounds)
    return applied
  }

  return {
    plan,
    metrics,
    contiguity,
    compoundSplit,
    findings,
    perform: (delta) => perform(delta),
    performKnown(delta) {
      const performed = perform(delta, true)
      if (!performed.ok) throw new Error(`expected a delta of this plan's history to fit, got ${performed.code}`)
      return performed.value
    },
  }
}
