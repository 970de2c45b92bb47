import { ref, shallowRef } from 'vue'

interface Kept<Edit> {
  readonly planId: string
  readonly personId: string
  readonly edits: readonly Edit[]
  readonly at: string
}

interface Summary {
  readonly planId: string
  readonly revision: number
  readonly updatedAt: string
}

/** What the list of drafts needs of the room. */
interface DraftListHost<Edit, Row extends Summary, Plan, Waiting extends Kept<Edit>> {
  /** What the drafts belong to, compared by identity: an answer that comes after it was left is not taken. Null: nothing is loaded. */
  ground(): object | null
  canEdit(): boolean
  personId(): string | null
  draft(): { readonly planId: string; readonly number: number } | null
  /** Null while no draft is open. */
  session(): object | null
  list(): Promise<readonly Row[]>
  make(title: string): Promise<{ planId: string }>
  read(planId: string): Promise<Plan>
  giveUp(planId: string): Promise<unknown>
  /** Put a draft in place of the one that is open, or none. */
  setDraft(record: Plan | null): void
  /** Show the open draft, or what is in force. */
  showDraft(planId: string): void
  showToday(): void
  isShowingToday(): boolean
  saving: { save(): Promise<boolean> }
  unsaved: { get(planId: string, personId: string): Promise<Waiting | null>; drop(planId: string, personId: string): Promise<void> }
  /** The open draft is as these edits leave it. */
  isContained(edits: readonly Edit[]): boolean
  /** Put edits on top of the open draft; how many did not go through as they were. */
  replay(edits: readonly Edit[]): number
  /** Key in the browser under which the draft worked on last is kept. */
  lastKey: string
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** Drafts: the list, starting, opening and giving up; edits that waited in the browser. */
export function createDraftList<Edit, Row extends Summary, Plan, Waiting extends Kept<Edit>>(
  host: DraftListHost<Edit, Row, Plan, Waiting>,
) {
  const list = shallowRef<readonly Row[]>([])
  const busy = ref<'opening' | 'discarding' | null>(null)
  const waiting = shallowRef<Waiting | null>(null)

  async function refresh(): Promise<void> {
    const ground = host.ground()
    if (!host.canEdit() || !ground) return
    try {
      list.value = await host.list()
    } catch (thrown) {
      host.fail(thrown)
    }
  }

  /** Start a draft from what is in force and open it. */
  async function start(title: string): Promise<void> {
    if (!host.ground()) return
    busy.value = 'opening'
    try {
      const made = await host.make(title)
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
      const record = await host.read(planId)
      // The draft that was open could be worked on until now.
      if (open && open.planId !== planId) await host.saving.save()
      if (host.ground() !== ground) return
      waiting.value = null
      host.setDraft(record)
      localStorage.setItem(host.lastKey, planId)
      host.showDraft(planId)
      const personId = host.personId()
      const kept = personId && (await host.unsaved.get(planId, personId).catch(() => null))
      if (kept && host.session() && host.isContained(kept.edits)) await host.unsaved.drop(planId, kept.personId).catch(() => undefined)
      else waiting.value = kept && kept.edits.length > 0 ? kept : null
    } catch (thrown) {
      host.fail(thrown)
      if (!host.session()) host.showToday()
    } finally {
      busy.value = null
    }
  }

  /** Come back to the draft one worked on last in this browser. */
  async function resume(): Promise<void> {
    const last = localStorage.getItem(host.lastKey)
    if (last && !host.draft() && host.isShowingToday() && list.value.some((row) => row.planId === last)) await load(last)
  }

  /** The open draft is no draft any more: published or given up. */
  async function close(): Promise<void> {
    const open = host.draft()
    const personId = host.personId()
    waiting.value = null
    localStorage.removeItem(host.lastKey)
    host.setDraft(null)
    host.showToday()
    if (open && personId) await host.unsaved.drop(open.planId, personId).catch(() => undefined)
  }

  async function discard(): Promise<void> {
    const open = host.draft()
    if (!open) return
    busy.value = 'discarding'
    try {
      await host.giveUp(open.planId)
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
    if (!kept || !host.session()) return
    const lost = host.replay(kept.edits)
    waiting.value = null
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
