import { contextOfPlan } from '@/core/open-land'
import type { PlanSession } from '@/core/plan-session'
import { toDataError, type DataError } from '@/data/errors'
import { computed, shallowRef, type Ref } from 'vue'
import type { Ground } from './ground'
import { columnOfSession, comparePlans, type PlanColumn, type PlanComparison } from './operations/compare-plans'
import { makePlanDocument } from './operations/make-plan-document'
import { loadSnapshot } from './papers-repository'
import { loadEdition, loadPlan } from './repository'

/** A plan to compare with: today's grids, a draft, a former edition, or a snapshot of the open draft. */
export type OtherPlan =
  | { readonly kind: 'today' }
  | { readonly kind: 'draft'; readonly planId: string }
  | { readonly kind: 'edition'; readonly number: number }
  | { readonly kind: 'snapshot'; readonly id: number }

export const keyOfOther = (other: OtherPlan): string =>
  other.kind === 'today' ? 'today' : `${other.kind}:${other.kind === 'draft' ? other.planId : other.kind === 'edition' ? other.number : other.id}`

/** The other way round; today's grids for what is no key. */
export function otherOfKey(key: string): OtherPlan {
  const [kind, id] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
  if (kind === 'draft') return { kind, planId: id }
  if (kind === 'edition') return { kind, number: Number(id) }
  return kind === 'snapshot' ? { kind, id: Number(id) } : { kind: 'today' }
}

export interface ComparingHost {
  ground(): Ground | null
  /** The plan on display. */
  session(): PlanSession | null
  /** Counts the changes of sessions, which are not reactive themselves. */
  tick: Ref<number>
}

/** Compares the plan on display with another one, chosen by the person. */
export function createComparing(host: ComparingHost) {
  const other = shallowRef<OtherPlan>({ kind: 'today' })
  const column = shallowRef<PlanColumn | null>(null)
  const busy = shallowRef(false)
  const failure = shallowRef<DataError | null>(null)

  async function choose(next: OtherPlan): Promise<void> {
    other.value = next
    column.value = null
    failure.value = null
    const ground = host.ground()
    if (!ground || next.kind === 'today') return
    busy.value = true
    try {
      const record = await (next.kind === 'draft' ? loadPlan(next.planId)
        : next.kind === 'edition' ? loadEdition(ground.scope.landId, next.number) : loadSnapshot(next.id))
      if (other.value === next && host.ground() === ground) {
        const { grids, cellGrid, land } = makePlanDocument(ground.context, record, { planId: keyOfOther(next), revision: 0 })
        const own = contextOfPlan(ground.context, land)
        column.value = { grids, cellGrid, cellIds: own.land.cellIds, buildingCell: own.buildings.cell }
      }
    } catch (thrown) {
      if (other.value === next) failure.value = toDataError(thrown)
    } finally {
      if (other.value === next) busy.value = false
    }
  }

  /** From the other plan to the one on display; null while either is not there. A stroke in the air counts. */
  const comparison = computed<PlanComparison | null>(() => {
    const ground = host.tick.value >= 0 ? host.ground() : null
    const session = host.session()
    const before = other.value.kind === 'today' ? ground && columnOfSession(ground.today) : column.value
    return session && before ? comparePlans(session.context, before, columnOfSession(session)) : null
  })

  /** Counts how often somebody asked to see the comparison. */
  const asked = shallowRef(0)

  return { other, busy, failure, comparison, choose, asked, ask: () => void asked.value++ }
}
