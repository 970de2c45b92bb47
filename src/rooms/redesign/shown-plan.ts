import { createPlanSession } from '@/core/create-plan-session'
import type { PlanSession } from '@/core/plan-session'
import type { ShownPlan } from '@/core/workspace'
import { shallowRef } from 'vue'
import type { Ground } from './ground'
import { makePlanDocument } from './operations/make-plan-document'
import { loadEdition, type PlanRecord } from './repository'
import type { View } from './views'

export interface ShownPlanHost {
  ground(): Ground | null
  draftId(): string | null
  makeView(session: PlanSession, today: PlanSession): View
  show(view: View | null): void
  loadDraft(planId: string): Promise<void>
  /** Ask the workspace to show something else. */
  ask(next: ShownPlan): void
  fail(thrown: unknown): void
}

/** Follows what the address, the top bar or the room asks to show: today's grids, the draft, a former edition. */
export function createShownPlan(host: ShownPlanHost) {
  const shown = shallowRef<ShownPlan>({ kind: 'current' })
  /** Name of the snapshot that is on display in place of what is asked to be shown; null for none. */
  const snapshotName = shallowRef<string | null>(null)
  let draftView: View | null = null
  let todayView: View | null = null

  async function follow(next: ShownPlan): Promise<void> {
    shown.value = next
    snapshotName.value = null
    if (!host.ground()) return
    if (next.kind === 'current') host.show(todayView)
    else if (next.kind === 'edition') await showEdition(next.number)
    else if (host.draftId() === next.planId && draftView) host.show(draftView)
    else await host.loadDraft(next.planId)
  }

  async function showEdition(number: number): Promise<void> {
    const here = host.ground()!
    try {
      const record = await loadEdition(here.scope.landId, number)
      if (host.ground() !== here || shown.value.kind !== 'edition' || shown.value.number !== number) return
      const document = makePlanDocument(here.context, record, { planId: `edition-${number}`, revision: 0 })
      host.show(host.makeView(createPlanSession({ context: here.context, document, metrics: here.metrics }), here.today))
    } catch (thrown) {
      host.fail(thrown)
      host.ask({ kind: 'current' })
    }
  }

  /** Show a plan as it was, until something else is asked for. */
  function lookAt(record: PlanRecord, name: string): void {
    const here = host.ground()
    if (!here) return
    const document = makePlanDocument(here.context, record, { planId: `snapshot-${name}`, revision: 0 })
    snapshotName.value = name
    host.show(host.makeView(createPlanSession({ context: here.context, document, metrics: here.metrics }), here.today))
  }

  /** The draft that is open is another one, or none. */
  function setDraft(record: PlanRecord | null): void {
    draftView?.end()
    const here = host.ground()
    draftView =
      record && here
        ? host.makeView(createPlanSession({ context: here.context, document: makePlanDocument(here.context, record, record), metrics: here.metrics }), here.today)
        : null
  }

  /** The land is another one, or none. */
  function setToday(today: PlanSession | null): void {
    todayView = today && host.makeView(today, today)
  }

  function showDraft(planId: string): void {
    host.ask({ kind: 'draft', planId })
    shown.value = { kind: 'draft', planId }
    snapshotName.value = null
    host.show(draftView)
  }

  return { shown, snapshotName, lookAt, follow, setDraft, setToday, showDraft, draftView: () => draftView, draftSession: () => draftView?.session ?? null }
}
