import { ref, shallowRef } from 'vue'

export type SaveState = 'idle' | 'saving' | 'offline' | 'signed_out' | 'failed' | 'gone' | 'conflict'

/** Edits rest this long before they are saved by themselves. */
const AUTO_SAVE_S = 30

/** Seconds between attempts while the server is away. */
const RETRY_S = 15

/** A refusal or failure, reduced to a stable code. */
interface SaveFailure {
  readonly code: string
  readonly message: string
  readonly detail: Readonly<Record<string, unknown>>
}

interface PendingEdits<Edit> {
  readonly baseRevision: number
  readonly edits: readonly Edit[]
}

/** What saving needs of a session; the sessions of `core` have it. */
interface SavableSession<Edit> {
  readonly unsaved: boolean
  /** What is in the air, if anything: it is kept before it is saved. */
  readonly gesture?: unknown
  pending(): PendingEdits<Edit>
  beginSave(): PendingEdits<Edit>
  saveDone(revision: number): void
  saveFailed(): void
  saveUnanswered(): void
}

/** What saving needs of the room. */
interface SavingHost<Edit, Failure extends SaveFailure> {
  session(): SavableSession<Edit> | null
  draft(): { planId: string } | null
  personId(): string | null
  unsaved: {
    put(kept: { planId: string; personId: string; baseRevision: number; edits: readonly Edit[]; at: string }): Promise<void>
    drop(planId: string, personId: string): Promise<void>
  }
  /** Send edits made upon a revision. */
  send(planId: string, baseRevision: number, edits: readonly Edit[]): Promise<{ revision: number }>
  toFailure(thrown: unknown): Failure
  /** Nobody knows whether the server did what it was asked. */
  isUnanswered(failure: Failure): boolean
  /** Edits wait to be accepted: nothing is sent until they are. */
  held(): boolean
  /** The server confirmed a revision. */
  onSaved(revision: number): void
  /** Somebody saved first. */
  onStale(failure: Failure): void
  /** Say something once: an i18n key below the room's `save`. */
  say(key: string, values?: Record<string, string | number>): void
}

/**
 * Carries edits to the server: by itself after rest, at once when asked. Until the server has confirmed them they also
 * lie in the browser's store. One request at a time; what is changed meanwhile goes with the next.
 */
export function createSavingQueue<Edit, Failure extends SaveFailure>(host: SavingHost<Edit, Failure>) {
  const state = ref<SaveState>('idle')
  const savedAt = ref<string | null>(null)
  /** Last failure in words for the panel. */
  const failure = shallowRef<Failure | null>(null)
  let timer: ReturnType<typeof setTimeout> | null = null
  let running: Promise<boolean> | null = null

  function plan(seconds: number): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      timer = null
      void save()
    }, seconds * 1000)
  }

  /** Keep what the server has not confirmed in the browser; drop it there when there is nothing. */
  async function keep(): Promise<void> {
    const session = host.session()
    const draft = host.draft()
    const personId = host.personId()
    if (!session || !draft || !personId) return
    const { edits, baseRevision } = session.pending()
    try {
      if (edits.length === 0) await host.unsaved.drop(draft.planId, personId)
      else await host.unsaved.put({ planId: draft.planId, personId, baseRevision, edits, at: new Date().toISOString() })
    } catch (thrown) {
      host.say('failedKeep', { reason: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }

  /** An edit was made: keep it, and save after rest. */
  function touched(): void {
    void keep()
    if (state.value !== 'conflict' && state.value !== 'gone') plan(AUTO_SAVE_S)
  }

  /** Save now. True when nothing unsaved is left. */
  function save(): Promise<boolean> {
    running ??= saveOnce().finally(() => {
      running = null
    })
    return running
  }

  async function saveOnce(): Promise<boolean> {
    const session = host.session()
    const draft = host.draft()
    if (!session || !draft) return false
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (!session.unsaved) return true
    if (host.held()) return false
    // A save would end the stroke in the air: it waits for its release.
    if (session.gesture) {
      plan(1)
      return false
    }
    const { edits, baseRevision } = session.beginSave()
    const isWhole = edits.length === session.pending().edits.length
    state.value = 'saving'
    try {
      const { revision } = await host.send(draft.planId, baseRevision, edits)
      session.saveDone(revision)
      state.value = 'idle'
      failure.value = null
      savedAt.value = new Date().toISOString()
      host.onSaved(revision)
      await keep()
      if (!isWhole) return await saveOnce()
      if (session.unsaved) plan(AUTO_SAVE_S)
      return !session.unsaved
    } catch (thrown) {
      const error = host.toFailure(thrown)
      // Whether they were saved is unknown: the same edits go again under the same key before any that came since.
      if (host.isUnanswered(error)) session.saveUnanswered()
      else session.saveFailed()
      await keep()
      take(error, edits.length)
      return false
    }
  }

  function take(error: Failure, edits: number): void {
    const before = state.value === 'saving' ? null : failure.value
    failure.value = error
    switch (error.code) {
      case 'plan_stale':
        state.value = 'conflict'
        host.onStale(error)
        break
      case 'server_down':
      case 'too_many_requests':
      case 'too_slow':
        state.value = 'offline'
        plan(RETRY_S)
        if (before?.code !== error.code) host.say('failedDown')
        break
      case 'session_expired':
      case 'forbidden':
        state.value = error.code === 'forbidden' ? 'failed' : 'signed_out'
        if (error.code === 'session_expired') host.say('failedSession')
        break
      case 'plan_not_draft':
        state.value = 'gone'
        host.say('gone', { n: edits })
        break
      case 'delta_invalid':
        state.value = 'failed'
        host.say('deltaInvalid', { index: Number(error.detail.index ?? 0) + 1, reason: String(error.detail.reason ?? '') })
        break
      default:
        state.value = 'failed'
        host.say('failed', { reason: error.message })
    }
  }

  function reset(at: string | null): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    state.value = 'idle'
    failure.value = null
    savedAt.value = at
  }

  return { state, savedAt, failure, touched, save, keep, reset }
}
