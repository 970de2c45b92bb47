import { composeDeltas, isEmptyDelta, isSameGridRecord } from '@/core/delta'
import { toGridRecord } from '@/core/plan-index'
import type { PlanSession } from '@/core/plan-session'
import { replayEdits } from '@/core/replay-edits'
import { ok } from '@/core/result'
import { ref, shallowRef } from 'vue'
import type { Ground } from './ground'
import type { DraftSummary, OpenDraft } from './model'
import { discardDraft, listDrafts, loadPlan, openDraft, type PlanRecord } from './repository'
import type { Saving } from './saving'
import type { UnsavedEdits, UnsavedStore } from './unsaved-edits'

export interface DraftsHost {
  ground(): Ground | null
  personId(): string | null
  canEdit(): boolean
  draft(): OpenDraft | null
  session(): PlanSession | null
  /** Put a draft in place of the one that is open, or none. */
  setDraft(record: PlanRecord | null): void
  /** Show the open draft, or the grids in force. */
  showDraft(planId: string): void
  showToday(): void
  isShowingToday(): boolean
  saving: Saving
  unsaved: UnsavedStore
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** Plan id of the draft worked on last in this browser. */
const LAST_DRAFT = 'gewu.redesign.draft'

/** Drafts of the street: the list, starting, opening and giving up; edits that waited in the browser. */
export function createDrafts(host: DraftsHost) {
  const list = shallowRef<readonly DraftSummary[]>([])
  const busy = ref<'opening' | 'discarding' | null>(null)
  const waiting = shallowRef<UnsavedEdits | null>(null)

  async function refresh(): Promise<void> {
    const ground = host.ground()
    if (!host.canEdit() || !ground) return
    try {
      list.value = await listDrafts(ground.scope.landId)
    } catch (thrown) {
      host.fail(thrown)
    }
  }

  /** Start a draft from the edition in force and open it. */
  async function start(title: string): Promise<void> {
    const ground = host.ground()
    if (!ground) return
    busy.value = 'opening'
    try {
      const made = await openDraft(ground.scope.landId, title)
      await load(made.planId)
      await refresh()
    } catch (thrown) {
      host.fail(thrown)
    } finally {
      busy.value = null
    }
  }

  /** Open a draft as the server has it; edits that wait in the browser are offered, not taken. */
  async function load(planId: string): Promise<void> {
    const ground = host.ground()
    if (!ground) return
    const open = host.draft()
    if (open && open.planId !== planId) await host.saving.save()
    busy.value = 'opening'
    try {
      const record = await loadPlan(planId)
      // The draft that was open could be painted on until now.
      if (open && open.planId !== planId) await host.saving.save()
      if (host.ground() !== ground) return
      waiting.value = null
      host.setDraft(record)
      localStorage.setItem(LAST_DRAFT, planId)
      host.showDraft(planId)
      const personId = host.personId()
      const kept = personId && (await host.unsaved.get(planId, personId).catch(() => null))
      if (kept && isContained(kept)) await host.unsaved.drop(planId, kept.personId).catch(() => undefined)
      else waiting.value = kept && kept.edits.length > 0 ? kept : null
    } catch (thrown) {
      host.fail(thrown)
      if (!host.session()) host.showToday()
    } finally {
      busy.value = null
    }
  }

  /** The server confirmed the edits, but the page was gone before it heard so: the draft is as they leave it. */
  function isContained(kept: UnsavedEdits): boolean {
    const session = host.session()
    if (!session) return false
    const whole = composeDeltas(...kept.edits.map((edit) => edit.delta))
    const { document, context, index } = session
    return (
      whole.cells.every(({ cell, to }) => document.cellGrid[context.cellIndex.get(cell) ?? -1] === index.slotOf(to)) &&
      whole.grids.every(({ before, after }) => {
        const grid = document.grids[index.slotOf((after ?? before)!.id)] ?? null
        return isSameGridRecord(after, grid && toGridRecord(context, grid))
      })
    )
  }

  /** Come back to the draft one worked on last in this browser. */
  async function resume(): Promise<void> {
    const last = localStorage.getItem(LAST_DRAFT)
    if (last && !host.draft() && host.isShowingToday() && list.value.some((row) => row.planId === last)) await load(last)
  }

  /** The open draft is no draft any more: published or given up. */
  async function close(): Promise<void> {
    const open = host.draft()
    const personId = host.personId()
    waiting.value = null
    localStorage.removeItem(LAST_DRAFT)
    host.setDraft(null)
    host.showToday()
    if (open && personId) await host.unsaved.drop(open.planId, personId).catch(() => undefined)
  }

  async function discard(): Promise<void> {
    const open = host.draft()
    if (!open) return
    busy.value = 'discarding'
    try {
      await discardDraft(open.planId)
      await close()
      host.notify('success', 'draft.discarded', { number: open.number })
      await refresh()
    } catch (thrown) {
      host.fail(thrown)
    } finally {
      busy.value = null
    }
  }

  /** Put the edits that waited in the browser on top of the draft, fitted to what it has become. */
  function takeWaiting(): void {
    const kept = waiting.value
    const session = host.session()
    if (!kept || !session) return
    const conflicts = replayEdits(session, kept.edits, 'mine', (delta, note) =>
      isEmptyDelta(delta) ? ok(null) : session.apply(delta, note),
    )
    waiting.value = null
    const lost = conflicts.filter((found) => found.kept === 'theirs').length
    if (lost > 0) host.notify('warning', 'draft.mineTakenPart', { n: kept.edits.length, lost })
    else host.notify('success', 'draft.mineTaken', { n: kept.edits.length })
  }

  async function dropWaiting(): Promise<void> {
    const kept = waiting.value
    waiting.value = null
    if (kept) await host.unsaved.drop(kept.planId, kept.personId).catch(() => undefined)
  }

  /** The server confirmed a revision of the open draft. */
  function noteSaved(revision: number): void {
    const open = host.draft()
    const at = new Date().toISOString()
    list.value = list.value.map((row) => (row.planId === open?.planId ? { ...row, revision, updatedAt: at } : row))
  }

  return { list, busy, waiting, refresh, start, load, resume, close, discard, takeWaiting, dropWaiting, noteSaved }
}
