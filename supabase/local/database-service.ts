import type { Secrets } from './data-directory/secrets'
import { SUPABASE_DIR } from './settings'
import { DatabaseThread, ThreadStoppedError } from './worker/database-thread'
import type { ApiAnswer, ApiRequest, DatabasePlace } from './worker/messages'

/** A statement longer than this is taken for stuck; the largest import known takes a sixth of it. */
const STUCK_AFTER_MS = 600_000
const PING_EVERY_MS = 10_000
/** Requests waiting for the one connection; more would only wait in vain. */
const MAX_WAITING = 300
/** Restarts within `RESTART_MEMORY_MS` after which the server gives up. */
const MAX_RESTARTS = 3
const RESTART_MEMORY_MS = 600_000

/** Keeps a database thread running: restarts one that is stuck or has died, and refuses requests meanwhile. */
export class DatabaseService {
  #thread: DatabaseThread
  #isReady = false
  #isStopping = false
  #restarts: number[] = []
  #pingTimer: NodeJS.Timeout | null = null

  /** @param onFatal hears that the thread cannot be brought back */
  constructor(
    readonly place: DatabasePlace,
    readonly secrets: Secrets,
    readonly say: (line: string) => void,
    readonly onFatal: (reason: string) => void,
  ) {
    this.#thread = this.#makeThread()
  }

  get isReady(): boolean {
    return this.#isReady
  }

  /** The thread itself, for the steps before serving (open, prepare, copy). */
  get thread(): DatabaseThread {
    return this.#thread
  }

  /**
   * Checks the privileges and begins to answer requests.
   * @throws when the privileges in the database differ from the committed list
   */
  async startServing(): Promise<void> {
    const differences = await this.#thread.call('comparePrivileges')
    if (differences.length > 0) {
      throw new Error(
        'the privileges in the database differ from supabase/local/allow-list.ts; nothing is served:\n  ' +
          differences.join('\n  '),
      )
    }
    await this.#thread.call('startApi', this.secrets)
    this.#isReady = true
    this.#watch()
  }

  async ask(request: ApiRequest): Promise<ApiAnswer> {
    if (!this.#isReady) throw new ThreadStoppedError('the database is starting')
    if (this.#thread.pendingCalls >= MAX_WAITING) throw new ThreadStoppedError('too many requests are waiting')
    return this.#thread.request(request)
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    this.#isReady = false
    if (this.#pingTimer) clearTimeout(this.#pingTimer)
    await this.#thread.close()
  }

  #makeThread(): DatabaseThread {
    return new DatabaseThread(this.say, (reason) => void this.#restart(reason))
  }

  /** The embedded engine cannot be interrupted; a ping that stays unanswered tells that it is stuck. */
  #watch(): void {
    const thread = this.#thread
    this.#pingTimer = setTimeout(async () => {
      const stuck = setTimeout(() => {
        void thread.terminate().then(() => this.#restart('a statement ran for ten minutes and was stopped'))
      }, STUCK_AFTER_MS)
      await thread.call('ping').catch(() => {})
      clearTimeout(stuck)
      if (thread === this.#thread && this.#isReady) this.#watch()
    }, PING_EVERY_MS)
    this.#pingTimer.unref()
  }

  async #restart(reason: string): Promise<void> {
    if (this.#isStopping) return
    // Before serving, the failure of the call itself tells the story.
    if (!this.#isReady) return
    this.#isReady = false
    this.say(`the database stopped (${reason}); opening it again`)
    const now = Date.now()
    this.#restarts = this.#restarts.filter((at) => now - at < RESTART_MEMORY_MS)
    this.#restarts.push(now)
    if (this.#restarts.length > MAX_RESTARTS) return this.onFatal(reason)
    try {
      this.#thread = this.#makeThread()
      await this.#thread.call('open', this.place.kind === 'embedded' ? { ...this.place, copyOf: null } : this.place)
      await this.#thread.call('prepare', { supabaseDir: SUPABASE_DIR, seedDemo: false })
      await this.startServing()
      this.say('the database is back')
    } catch (error) {
      this.onFatal((error as Error).message)
    }
  }
}
