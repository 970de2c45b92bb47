import { ref, shallowRef } from 'vue'

/** Somebody else saved first. */
export interface StaleDraft {
  readonly serverRevision: number
  /** Masked name. */
  readonly by: string
  readonly at: string
}

/** What choosing needs of a session; the sessions of `core` have it. */
interface RebasableSession<Edit> {
  readonly document: { readonly revision: number }
  pending(): { readonly baseRevision: number; readonly edits: readonly Edit[] }
  rebase(theirs: readonly Edit[], revision: number, prefer: 'mine' | 'theirs'): { readonly ok: true } | { readonly ok: false; readonly code: string }
  takeTheirs(theirs: readonly Edit[], revision: number): { readonly ok: true } | { readonly ok: false; readonly code: string }
}

interface Draft {
  readonly planId: string
  readonly title: string
}

/** What choosing needs of the room. */
interface StaleHost<Edit, Saved extends Edit & { readonly revision: number }, Comparison extends { readonly disputed: readonly unknown[] }> {
  session(): RebasableSession<Edit> | null
  draft(): Draft | null
  personName(): string
  saving: { save(): Promise<boolean>; keep(): Promise<void>; reset(at: string | null): void }
  loadEditsSince(planId: string, revision: number): Promise<readonly Saved[]>
  copyDraft(planId: string, title: string, atRevision: number, edits: readonly Edit[]): Promise<{ planId: string; number: number }>
  /** What both sides changed. */
  compare(theirs: readonly Saved[], mine: readonly Edit[]): Comparison
  openCopy(planId: string): Promise<void>
  /** Read the list of drafts again. */
  refresh(): Promise<void>
  reasonOf(thrown: unknown): string
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  /** Title of a copy, for the server. */
  copyTitle(title: string, name: string): string
}

/** Somebody saved first: what they changed, and the choices by name. None of them destroys an edit. */
export function createStaleChoice<Edit, Saved extends Edit & { readonly revision: number }, Comparison extends { readonly disputed: readonly unknown[] }>(
  host: StaleHost<Edit, Saved, Comparison>,
) {
  const stale = shallowRef<StaleDraft | null>(null)
  const comparison = shallowRef<Comparison | null>(null)
  /** Whose change stands where both changed the same. */
  const prefer = ref<'mine' | 'theirs'>('mine')
  const acting = ref(false)
  const visible = ref(false)

  const fail = (thrown: unknown) => host.notify('error', 'conflict.failed', { reason: host.reasonOf(thrown) })

  async function open(found: StaleDraft): Promise<void> {
    stale.value = found
    comparison.value = null
    prefer.value = 'mine'
    visible.value = true
    const session = host.session()
    const draft = host.draft()
    if (!session || !draft) return
    const { baseRevision, edits } = session.pending()
    try {
      comparison.value = host.compare(await host.loadEditsSince(draft.planId, baseRevision), edits)
    } catch (thrown) {
      fail(thrown)
    }
  }

  /** Run one choice; a failure leaves everything as it was. */
  async function act(run: (session: RebasableSession<Edit>, draft: Draft) => Promise<void>): Promise<void> {
    const session = host.session()
    const draft = host.draft()
    if (!session || !draft || acting.value) return
    acting.value = true
    try {
      await run(session, draft)
    } catch (thrown) {
      fail(thrown)
    } finally {
      acting.value = false
    }
  }

  async function keepCopy(session: RebasableSession<Edit>, draft: Draft) {
    const { baseRevision, edits } = session.pending()
    const copy = await host.copyDraft(draft.planId, host.copyTitle(draft.title, host.personName()), baseRevision, edits)
    await host.refresh()
    return copy
  }

  /** Newest edits of the others, read again just before merging: more may have come. */
  async function latest(session: RebasableSession<Edit>, draft: Draft): Promise<{ edits: readonly Saved[]; revision: number }> {
    const edits = await host.loadEditsSince(draft.planId, session.document.revision)
    return { edits, revision: edits.reduce((most, edit) => Math.max(most, edit.revision), session.document.revision) }
  }

  const rebase = () =>
    act(async (session, draft) => {
      const { edits, revision } = await latest(session, draft)
      const mine = session.pending().edits.length
      const disputed = host.compare(edits, session.pending().edits).disputed.length
      const copy = prefer.value === 'theirs' && disputed > 0 ? await keepCopy(session, draft) : null
      const done = session.rebase(edits, revision, prefer.value)
      if (!done.ok) throw new Error(done.code)
      settled()
      if (copy) host.notify('success', 'conflict.rebasedPart', { n: disputed, copy: copy.number })
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

  async function takeLatest(session: RebasableSession<Edit>, draft: Draft): Promise<number> {
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
    comparison.value = null
  }

  return {
    stale, comparison, prefer, acting, visible, open, rebase, copy, take, close,
    /** Put the dialog aside; the draft stays unsaved and says so. */
    later: () => {
      visible.value = false
    },
    again: () => {
      visible.value = stale.value !== null
    },
  }
}
