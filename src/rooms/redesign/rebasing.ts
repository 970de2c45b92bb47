import { createPlanSession } from '@/core/create-plan-session'
import { isEmptyDelta } from '@/core/delta'
import type { PlanDelta } from '@/core/plan'
import { toGridRecord } from '@/core/plan-index'
import { replayEdits, type RebaseConflict } from '@/core/replay-edits'
import { ok } from '@/core/result'
import { toDataError, type DataError } from '@/data/errors'
import { ref, shallowRef } from 'vue'
import type { Ground } from './ground'
import type { OpenDraft } from './model'
import { makePlanDocument } from './operations/make-plan-document'
import { recordDifference, type PlanContent } from './operations/record-difference'
import { rebaseDraft } from './papers-repository'
import { findEditionNumber, loadEdition, loadPlan, type EditionRecord, type PlanRecord } from './repository'

export interface RebasingHost {
  ground(): Ground | null
  draft(): OpenDraft | null
  save(): Promise<boolean>
  /** Open the draft as the server has it now. */
  reopen(planId: string): Promise<void>
  /** Somebody published meanwhile: read the land anew. */
  reloadScope(): Promise<void>
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
}

/** What carrying a draft over to the edition in force would do, before it is done. */
export interface RebasePreview {
  readonly base: number
  readonly current: number
  /** Cells the draft changed of its base, and cells that the edition in force changed of it. */
  readonly mine: number
  readonly theirs: number
  readonly conflicts: readonly RebaseConflict[]
  /** From the draft as it is to its changes on the edition in force. */
  readonly delta: PlanDelta
}

const NOTE = { key: 'redesign.note.rebased' }

/**
 * Carries a draft whose base is no longer in force over to the edition that is: its changes of the old base are replayed on the
 * new one, by the rules of a save that met another. The server keeps a snapshot of before.
 */
export function createRebasing(host: RebasingHost) {
  const visible = ref(false)
  const busy = ref(false)
  const prefer = ref<'mine' | 'theirs'>('mine')
  const preview = shallowRef<RebasePreview | null>(null)
  const failure = shallowRef<DataError | null>(null)
  let read: { plan: PlanRecord; base: EditionRecord; current: EditionRecord } | null = null

  async function open(): Promise<void> {
    const draft = host.draft()
    const ground = host.ground()
    if (!draft || !ground) return
    visible.value = true
    preview.value = null
    failure.value = null
    read = null
    if (!(await host.save())) return close()
    try {
      const { landId, current } = ground.scope
      const baseNumber = await findEditionNumber(draft.baseEditionId)
      const [plan, base, now] = await Promise.all([loadPlan(draft.planId), loadEdition(landId, baseNumber), loadEdition(landId, current.number)])
      if (host.draft()?.planId !== draft.planId) return
      read = { plan, base, current: now }
      look()
    } catch (thrown) {
      failure.value = toDataError(thrown)
    }
  }

  function choose(next: 'mine' | 'theirs'): void {
    prefer.value = next
    look()
  }

  function look(): void {
    const ground = host.ground()
    if (read && ground) preview.value = previewRebase(ground, read.plan, read.base, read.current, prefer.value)
  }

  async function go(): Promise<void> {
    const found = preview.value
    if (!read || !found || busy.value) return
    busy.value = true
    failure.value = null
    try {
      const edits = isEmptyDelta(found.delta) ? [] : [{ delta: found.delta, note: { ...NOTE, values: { edition: found.current } } }]
      await rebaseDraft(read.plan.planId, read.plan.revision, found.current, edits)
      close()
      await host.reopen(read.plan.planId)
      host.notify('success', 'rebase.done', { edition: found.current })
    } catch (thrown) {
      const error = toDataError(thrown)
      failure.value = error
      if (error.code === 'plan_base_outdated') {
        await host.reloadScope()
        await open()
      } else if (error.code === 'plan_stale') await open()
    } finally {
      busy.value = false
    }
  }

  function close(): void {
    visible.value = false
  }

  return { visible, busy, prefer, preview, failure, open, choose, go, close }
}

type Edition = PlanContent & { readonly number: number }

/** Replay a draft's changes of its base on the edition in force. O(cells). */
export function previewRebase(
  { context }: Pick<Ground, 'context'>,
  plan: PlanContent & { readonly planId: string },
  base: Edition,
  current: Edition,
  prefer: 'mine' | 'theirs',
): RebasePreview {
  const mine = recordDifference(base, plan)
  const theirs = recordDifference(base, current)
  const session = createPlanSession({ context, document: makePlanDocument(context, current, { planId: plan.planId, revision: 0 }) })
  const conflicts = replayEdits(session, [{ delta: mine, note: NOTE }], prefer, (delta, note) =>
    isEmptyDelta(delta) ? ok(null) : session.apply(delta, note),
  )
  const { land, links, notes, settings } = session.document
  const grids = session.document.grids.flatMap((grid) => (grid ? [toGridRecord(session.context, grid)] : []))
  const place = new Map(grids.map((grid, k) => [grid.id, k]))
  const present = Array.from(session.context.land.cellIds.keys()).filter((cell) => session.context.land.cellIds[cell] !== 0)
  const target: PlanContent = {
    grids,
    cellIds: present.map((cell) => session.context.land.cellIds[cell]),
    cellGrid: present.map((cell) => place.get(session.document.grids[session.document.cellGrid[cell]]?.id ?? '') ?? -1),
    land, links, notes, settings,
  }
  return {
    base: base.number, current: current.number, mine: mine.cells.length, theirs: theirs.cells.length, conflicts,
    delta: recordDifference(plan, target),
  }
}
