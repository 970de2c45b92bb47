import { createPlanSession } from '@/core/create-plan-session'
import type { MetricDefinition } from '@/core/metric'
import { makePlanContext, type PlanContext } from '@/core/plan-context'
import type { PlanSession } from '@/core/plan-session'
import type { Scope } from '@/core/scope'
import { editionDocument } from './operations/make-plan-document'
import { groupBuildings } from './operations/group-buildings'
import { defineMovedMetrics } from './operations/moved-metrics'

/** Everything of one loaded street that plans stand on: made once a scope, never reactive. */
export interface Ground {
  readonly scope: Scope
  readonly context: PlanContext
  readonly buildingsOf: (cell: number) => readonly number[]
  /** The edition in force as a plan that nobody edits: the "before" of every comparison. */
  readonly today: PlanSession
  /** Figures that every plan has here beside those of `core`: what moved against today. */
  readonly metrics: readonly MetricDefinition[]
}

/** Prepare a scope for plans. O(cells + arcs + buildings). */
export function makeGround(scope: Scope): Ground {
  const context = makePlanContext(scope)
  const document = editionDocument(context, scope.current)
  const metrics = defineMovedMetrics(context, document)
  return {
    scope,
    context,
    buildingsOf: groupBuildings(scope.buildings, scope.land.cellIds.length),
    today: createPlanSession({ context, document, metrics }),
    metrics,
  }
}
