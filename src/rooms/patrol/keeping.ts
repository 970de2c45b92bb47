import type { PatrolPlan } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import { toDataError, type DataError } from '@/data/errors'
import { createDocumentActs } from '@/ui/drafting/document-acts'
import type { Ref } from 'vue'
import type { createPlanning } from './planning'
import { discardPatrolPlan, endPatrolPlan, publishPatrolPlan, savePatrolPlan, type PatrolPlanInput } from './repository'

interface KeepingHost {
  scope: Ref<Scope | null>
  planning: ReturnType<typeof createPlanning>
  /** Read the plans of the street again. */
  read(): Promise<void>
  planOf(id: string): PatrolPlan | null
  choose(id: string | null): void
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  wordsOf(error: DataError): string
  copyTitle(title: string): string
}

/** Saving, publishing, ending and discarding the plan in hand; whoever saves second chooses by name. */
export function createKeeping(host: KeepingHost) {
  const { planning } = host
  const { busy, failure, during, choice } = createDocumentActs<PatrolPlan>({
    inHand: () => planning.plan.value,
    refusalOf: toDataError,
    wordsOf: (thrown) => host.wordsOf(toDataError(thrown)),
    choices: {
      async rebase(plan, { serverRevision }) {
        await send(plan, serverRevision)
        host.notify('success', 'conflict.rebased', { revision: serverRevision + 1 })
      },
      async copy(plan) {
        const { number } = await send(plan, 0, { ...plan, id: '', title: host.copyTitle(plan.title) })
        host.notify('success', 'conflict.copied', { number })
      },
      async take(plan) {
        await close(plan.id)
        host.notify('success', 'conflict.taken')
      },
    },
  })

  const inputOf = (plan: PatrolPlan): PatrolPlanInput | null => {
    const scope = host.scope.value
    if (!scope) return null
    const { id, title, kind, occasion, aim, weekdays, validFrom, validTo, startMinute, shiftS, serveMPerS, walkMPerS, boundS, routes } = plan
    return {
      ...(id === '' ? {} : { id }),
      landId: scope.landId,
      communityId: scope.communities[plan.community].id,
      title, kind, occasion, aim, weekdays, validFrom, validTo, startMinute, shiftS, serveMPerS, walkMPerS, boundS, routes,
    }
  }

  /** Save the plan in hand, as it stands or as a copy is named. */
  async function send(plan: PatrolPlan, revision: number, asWhat: PatrolPlan = plan): Promise<PatrolPlan> {
    const input = inputOf(asWhat)
    if (!input) return plan
    const begun = planning.begun()
    const kept = await savePatrolPlan(input, revision)
    const next = { ...asWhat, id: kept.id, number: kept.number, revision: kept.revision }
    if (planning.begun() === begun) {
      planning.confirm(plan, next)
      host.choose(next.id)
    }
    await host.read()
    return next
  }

  const save = (): Promise<boolean> =>
    during(async (plan) => {
      const { number } = await send(plan, plan.revision)
      host.notify('success', 'plan.saved', { number })
    })

  /** Bring the plan into force; what is not saved is saved first. */
  const publish = (): Promise<boolean> =>
    during(async (plan) => {
      const kept = planning.unsaved.value ? await send(plan, plan.revision) : plan
      await publishPatrolPlan(kept.id, kept.revision)
      host.notify('success', 'plan.published', { number: kept.number })
      await close(kept.id)
    })

  const end = (): Promise<boolean> =>
    during(async ({ id, number }) => {
      await endPatrolPlan(id)
      host.notify('success', 'plan.ended', { number })
      await close(id)
    })

  const discard = (): Promise<boolean> =>
    during(async ({ id, number }) => {
      if (id !== '') await discardPatrolPlan(id)
      planning.begin(null, null)
      host.choose(null)
      await host.read()
      if (id !== '') host.notify('success', 'plan.discarded', { number })
    })

  /** The plan is in hand as the server has it, unless another was taken meanwhile. */
  async function close(id: string): Promise<void> {
    await host.read()
    if (planning.plan.value?.id === id) planning.begin(host.planOf(id), host.planOf(id))
  }

  return { busy, failure, save, publish, end, discard, choice }
}
