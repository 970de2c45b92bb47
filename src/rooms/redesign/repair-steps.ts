import type { DivisionWishes } from '@/algorithms/partition/division-ground'
import { judgeSteps, type StepState } from '@/algorithms/partition/judge-steps'
import type { RepairStep } from '@/algorithms/partition/order-steps'
import { stepInputOf, type DivisionRepair } from '@/algorithms/partition/repair-division'
import type { EditNote, PlanDelta } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import { computed, ref, shallowRef, type Ref } from 'vue'
import type { EncodedGround } from './operations/encode-ground'

/** A step of a repair as the room holds it: in ids, so that it outlives edits. */
export interface NamedStep {
  readonly key: number
  readonly community: number
  readonly moves: readonly { readonly cellIds: readonly number[]; readonly from: string; readonly to: string }[]
  readonly households: number
  readonly mends: number
}

export type StepStatus = StepState | 'done' | 'skipped' | 'gone'

export interface RepairStepsHost {
  tick: Ref<number>
  session(): PlanSession | null
  editing(): boolean
}

interface Lot {
  readonly encoded: EncodedGround
  readonly steps: readonly RepairStep[]
  readonly first: number
}

/**
 * Steps of a repair, accepted one at a time. What a step's state is, is read from the plan itself: undoing a step makes it
 * wait again, and painting over it makes it void.
 */
export function createRepairSteps(host: RepairStepsHost) {
  const lots = shallowRef<readonly Lot[]>([])
  const steps = shallowRef<readonly NamedStep[]>([])
  const skipped = ref<ReadonlySet<number>>(new Set())
  /** Households that must move at least; null before a run. */
  const bound = ref<number | null>(null)
  /** Households out of band when all steps are taken. */
  const rest = ref(0)
  let minMembers = 0

  function take(encoded: readonly EncodedGround[], repairs: readonly DivisionRepair[], wishes: DivisionWishes): void {
    const made: NamedStep[] = []
    lots.value = repairs.map((repair, at) => {
      const first = made.length
      const { cellIds, gridIds, community } = encoded[at]
      for (const step of repair.steps) {
        made.push({
          key: made.length,
          community,
          households: step.households,
          mends: step.breachBefore - step.breachAfter,
          moves: step.moves.map(({ units, from, to }) => ({ cellIds: units.map((unit) => cellIds[unit]), from: gridIds[from], to: gridIds[to] })),
        })
      }
      return { encoded: encoded[at], steps: repair.steps, first }
    })
    minMembers = wishes.minMembers
    steps.value = made
    skipped.value = new Set()
    bound.value = repairs.reduce((sum, repair) => sum + repair.bound, 0)
    rest.value = repairs.reduce((sum, repair) => sum + repair.breach, 0)
  }

  function clear(): void {
    lots.value = []
    steps.value = []
    skipped.value = new Set()
    bound.value = null
    rest.value = 0
  }

  /** State of each step on the plan as it is. */
  const status = computed<readonly StepStatus[]>(() => {
    const session = host.tick.value >= 0 ? host.session() : null
    if (!session) return []
    const states: StepStatus[] = steps.value.map((step) => placeOf(session, step))
    for (const { encoded, steps: own, first } of lots.value) {
      const waiting = own.flatMap((step, at) => (states[first + at] === 'ready' && !skipped.value.has(first + at) ? [{ step, key: first + at }] : []))
      if (waiting.length > 0) {
        const input = stepInputOf(encoded.ground, gridNow(session, encoded), minMembers)
        judgeSteps(input, waiting.map(({ step }) => step)).forEach((state, at) => (states[waiting[at].key] = state))
      }
      own.forEach((_, at) => states[first + at] === 'ready' && skipped.value.has(first + at) && (states[first + at] = 'skipped'))
    }
    return states
  })

  /** Where the cells of a step are: all where it takes them from, all where it puts them, or elsewhere. */
  function placeOf(session: PlanSession, { moves }: NamedStep): StepStatus {
    const isAt = (side: 'from' | 'to') =>
      moves.every((move) => move.cellIds.every((id) => session.document.grids[gridOfCell(session, id)]?.id === move[side]))
    return isAt('to') ? 'done' : isAt('from') ? 'ready' : 'gone'
  }

  function gridOfCell({ context, document }: PlanSession, cellId: number): number {
    return document.cellGrid[context.cellIndex.get(cellId) ?? -1] ?? -1
  }

  function gridNow(session: PlanSession, { cellIds, gridIds }: EncodedGround): Int32Array {
    const numberOf = new Map(gridIds.map((id, number) => [session.index.slotOf(id), number]))
    return cellIds.map((id) => numberOf.get(gridOfCell(session, id)) ?? -1)
  }

  const keysOf = (state: StepStatus) => steps.value.filter((step) => status.value[step.key] === state)
  const waiting = computed(() => keysOf('ready'))
  const householdsOf = (list: readonly NamedStep[]) => list.reduce((sum, step) => sum + step.households, 0)
  const total = computed(() => householdsOf(steps.value))
  const done = computed(() => householdsOf(keysOf('done')))

  const deltaOf = (list: readonly NamedStep[]): PlanDelta => ({
    cells: list.flatMap(({ moves }) => moves.flatMap(({ cellIds, from, to }) => cellIds.map((cell) => ({ cell, from, to })))),
    grids: [],
  })

  /** Make one step, as one entry of history. */
  function accept(step: NamedStep, note: EditNote): void {
    const session = host.session()
    if (session && host.editing() && ['ready', 'vain', 'skipped'].includes(status.value[step.key])) session.apply(deltaOf([step]), note)
  }

  /** Make all steps that wait and may be made, as one entry of history. */
  function acceptAll(note: EditNote): void {
    const session = host.session()
    if (session && host.editing() && waiting.value.length > 0) session.apply(deltaOf(waiting.value), note)
  }

  function toggleSkip(step: NamedStep): void {
    const next = new Set(skipped.value)
    if (!next.delete(step.key)) next.add(step.key)
    skipped.value = next
  }

  return { steps, status, bound, rest, total, done, waiting, take, clear, accept, acceptAll, toggleSkip }
}
