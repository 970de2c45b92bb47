import type { PlanSession } from '@/core/plan-session'
import { toDataError } from '@/data/errors'
import { ref, shallowRef } from 'vue'
import type { OpenDraft, StaleDraft } from './model'
import { compareEdits, type EditComparison } from './operations/compare-edits'
import { copyDraft, loadEditsSince, type SavedEdit } from './repository'
import type { Saving } from './saving'

export interface ConflictHost {
  session(): PlanSession | null
  draft(): OpenDraft | null
  personName(): string
  saving: Saving
  openCopy(planId: string): Promise<void>
  refresh(): Promise<void>
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  /** Words of a key of this room, for titles that go to the server. */
  copyTitle(title: string, name: string): string
}

/** Somebody saved first: what they changed, and the choices by name. None of them destroys an edit. */
export function createConflict(host: ConflictHost) {
  const stale = shallowRef<StaleDraft | null>(null)
  const theirs = shallowRef<readonly SavedEdit[] | null>(null)
  const comparison = shallowRef<EditComparison | null>(null)
  /** Whose move stands where both changed a cell. */
  const prefer = ref<'mine' | 'theirs'>('mine')
  const acting = ref(false)
  const visible = ref(false)

  async function open(found: StaleDraft): Promise<void> {
    stale.value = found
    theirs.value = null
    comparison.value = null
    prefer.value = 'mine'
    visible.value = true
    await read()
  }

  async function read(): Promise<void> {
    const session = host.session()
    const draft = host.draft()
    if (!session || !draft) return
    const { baseRevision, edits } = session.pending()
    try {
      const found = await loadEditsSince(draft.planId, baseRevision)
      theirs.value = found
      comparison.value = compareEdits(
        found.map((edit) => edit.delta),
        edits.map((edit) => edit.delta),
      )
    } catch (thrown) {
      host.notify('error', 'conflict.failed', { reason: toDataError(thrown).message })
    }
  }

  /** Run one choice; a failure leaves everything as it was. */
  async function act(run: (session: PlanSession, draft: OpenDraft) => Promise<void>): Promise<void> {
    const session = host.session()
    const draft = host.draft()
    if (!session || !draft || acting.value) return
    acting.value = true
    try {
      await run(session, draft)
    } catch (thrown) {
      host.notify('error', 'conflict.failed', { reason: toDataError(thrown).message })
    } finally {
      acting.value = false
    }
  }

  async function keepCopy(session: PlanSession, draft: OpenDraft) {
    const { baseRevision, edits } = session.pending()
    const copy = await copyDraft(draft.planId, host.copyTitle(draft.title, host.personName()), baseRevision, edits)
    await host.refresh()
    return copy
  }

  /** Newest edits of the others, read again just before merging: more may have come. */
  async function latest(session: PlanSession, draft: OpenDraft): Promise<{ edits: readonly SavedEdit[]; revision: number }> {
    const edits = await loadEditsSince(draft.planId, session.document.revision)
    return { edits, revision: edits.reduce((most, edit) => Math.max(most, edit.revision), session.document.revision) }
  }

  const rebase = () =>
    act(async (session, draft) => {
      const { edits, revision } = await latest(session, draft)
      const mine = session.pending().edits.length
      const disputed = compareEdits(
        edits.map((edit) => edit.delta),
        session.pending().edits.map((edit) => edit.delta),
      ).disputed.length
      const copy = prefer.value === 'theirs' && disputed > 0 ? await keepCopy(session, draft) : null
      const done = session.rebase(edits, revision, prefer.value)
      if (!done.ok) throw new Error(done.code)
      settled()
      if (copy) host.notify('success', 'conflict.rebasedPart', { cells: disputed, copy: copy.number })
      else host.notify('success', 'conflict.rebased', { n: mine, revision })
      await host.saving.save()
    })

  const copy = () =>
    act(async (session, draft) => {
      const made = await keepCopy(session, draft)
      await takeLatest(session, draft)
      settled()
      await host.openCopy(made.planId)
      host.notify('success', 'conflict.copied', { number: made.number })
    })

  const take = () =>
    act(async (session, draft) => {
      const made = await keepCopy(session, draft)
      const revision = await takeLatest(session, draft)
      settled()
      host.notify('success', 'conflict.taken', { revision, copy: made.number })
    })

  async function takeLatest(session: PlanSession, draft: OpenDraft): Promise<number> {
    const { edits, revision } = await latest(session, draft)
    const done = session.takeTheirs(edits, revision)
    if (!done.ok) throw new Error(done.code)
    return revision
  }

  /** The edits are safe on the server: the dialog goes, and what the browser kept with it. */
  function settled(): void {
    close()
    host.saving.reset(new Date().toISOString())
    void host.saving.keep()
  }

  function close(): void {
    visible.value = false
    stale.value = null
    theirs.value = null
    comparison.value = null
  }

  return {
    stale, theirs, comparison, prefer, acting, visible, open, rebase, copy, take, close,
    /** Put the dialog aside; the draft stays unsaved and says so. */
    later: () => {
      visible.value = false
    },
    again: () => {
      visible.value = stale.value !== null
    },
  }
}
