import type { PlanChange, PlanSession } from '@/core/plan-session'
import { computed, ref, shallowRef } from 'vue'
import type { GridRow } from './grid-rows'

export interface ProposalHost {
  session(): PlanSession | null
  /** Of the draft, whatever is on display. */
  rows(): readonly GridRow[]
  /** Edits were accepted: they may be saved now. */
  onAccepted(): void
}

/** Edits that wait to be accepted or rejected, and the plan from before them. */
interface Waiting {
  readonly session: PlanSession
  readonly stateId: number
  readonly rows: ReadonlyMap<string, GridRow>
}

/** A grid before and after the edits that wait; null where it was not, or is no more. */
export interface ProposedGrid {
  readonly id: string
  readonly before: GridRow | null
  readonly after: GridRow | null
}

/**
 * A way of working in which no edit counts before it is accepted: whatever gesture made it, the numbers from before stand
 * beside the new ones, one key takes all of it, another drops all of it. What waits is not saved. Several edits may wait.
 */
export function createProposal(host: ProposalHost) {
  const on = ref(false)
  const waiting = shallowRef<Waiting | null>(null)
  /** The draft as last accepted; rows are made anew with every change, so that they may be kept. */
  let accepted: Waiting | null = null

  function remember(): void {
    const session = host.session()
    accepted = session && { session, stateId: session.stateId, rows: new Map(host.rows().map((row) => [row.grid.id, row])) }
    waiting.value = null
  }

  function setOn(next: boolean): void {
    if (waiting.value) accept()
    on.value = next
    if (next) remember()
  }

  /** The draft changed, and its rows with it. */
  function take(change: PlanChange): void {
    if (!on.value || change.provisional) return
    const session = host.session()
    if (!session || change.cause === 'rebase' || (!waiting.value && change.cause !== 'edit')) return remember()
    if (session.stateId === accepted?.stateId) waiting.value = null
    else waiting.value ??= accepted
  }

  /** Another draft was opened, or none: what waited belonged to the one before. */
  function follow(): void {
    if (on.value && host.session() !== accepted?.session) remember()
  }

  function accept(): void {
    remember()
    host.onAccepted()
  }

  function reject(): void {
    const session = host.session()
    const back = waiting.value?.stateId
    if (!session || back === undefined) return
    while (session.stateId !== back && session.undo().ok);
    remember()
  }

  /** Grids that differ, those with the largest change of households first. */
  const grids = computed<readonly ProposedGrid[]>(() => {
    if (!waiting.value) return []
    const now = new Map(host.rows().map((row) => [row.grid.id, row]))
    const before = waiting.value.rows
    const change = ({ before: was, after: is }: ProposedGrid) => Math.abs((is?.figures.households ?? 0) - (was?.figures.households ?? 0))
    return [...new Set([...before.keys(), ...now.keys()])]
      .map((id): ProposedGrid => ({ id, before: before.get(id) ?? null, after: now.get(id) ?? null }))
      .filter(({ before: was, after: is }) => was !== is && differs(was, is))
      .sort((a, b) => change(b) - change(a))
  })
  const pending = computed(() => waiting.value !== null)

  return { on, setOn, pending, grids, take, follow, accept, reject }
}

function differs(a: GridRow | null, b: GridRow | null): boolean {
  if (!a || !b) return a !== b
  const { figures: x, grid: g } = a
  const { figures: y, grid: h } = b
  return (
    x.households !== y.households || x.cells !== y.cells || x.areaM2 !== y.areaM2 || x.perimeterM !== y.perimeterM || x.pieces !== y.pieces ||
    g.name !== h.name || g.code !== h.code || g.kind !== h.kind || g.locked !== h.locked
  )
}
