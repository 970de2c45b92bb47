import type { Secrets } from './data-directory/secrets'
import { SUPABASE_DIR } from './settings'
import { DatabaseThread, ThreadStoppedError } from './worker/database-thread'
import type { ApiAnswer, ApiRequest, DatabasePlace } from './worker/messages'

/** When a database is taken for stuck, and how often it is asked. */
export interface Watch {
  pingEveryMs: number
  /** Longest wait for one statement; the same limit a native server is given. */
  stuckAfterMs: number
  /** The same while an import, a check or a publication is under way; the largest import known takes a sixth of it. */
  stuckOverLongWorkAfterMs: number
}

const WATCH: Watch = { pingEveryMs: 10_000, stuckAfterMs: 120_000, stuckOverLongWorkAfterMs: 600_000 }

/** Requests waiting for the database; more would only wait in vain. */
const MAX_WAITING = 300
/** Restarts within `RESTART_MEMORY_MS` after which the server gives up. */
const MAX_RESTARTS = 3
const RESTART_MEMORY_MS = 600_000

/** Keeps a database thread running: restarts one that is stuck or has died, and refuses requests meanwhile. */
export class DatabaseService {
  #thread: DatabaseThread
  #state: 'starting' | 'serving' | 'away' | 'stopping' = 'starting'
  #restarts: number[] = []
  #pingTimer: NodeJS.Timeout | null = null
  #readers: ReadonlySet<string> = new Set()

  /** @param onFatal hears that the thread cannot be brought back */
  constructor(
    readonly place: DatabasePlace,
    readonly secrets: Secrets,
    readonly say: (line: string) => void,
    readonly onFatal: (reason: string) => void,
    readonly watch: Watch = WATCH,
  ) {
    this.#thread = this.#makeThread()
  }

  /** `away`: the thread serves, but a native server behind it does not answer. */
  get state(): 'starting' | 'serving' | 'away' | 'stopping' {
    return this.#state
  }

  /** The thread itself, for the steps before serving (open, prepare, copy). */
  get thread(): DatabaseThread {
    return this.#thread
  }

  /** Functions of the API that only read. */
  get readers(): ReadonlySet<string> {
    return this.#readers
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
    this.#readers = new Set(await this.#thread.call('startApi', this.secrets))
    this.#state = 'serving'
    this.#watch()
  }

  async ask(request: ApiRequest): Promise<ApiAnswer> {
    if (this.#state === 'starting' || this.#state === 'stopping') throw new ThreadStoppedError('the database is starting')
    if (this.#thread.pendingCalls >= MAX_WAITING) throw new ThreadStoppedError('too many requests are waiting')
    return this.#thread.request(request)
  }

  async stop(): Promise<void> {
    this.#state = 'stopping'
    if (this.#pingTimer) clearTimeout(this.#pingTimer)
    await this.#thread.close()
  }

  #makeThread(): DatabaseThread {
    const thread = new DatabaseThread(this.say, (reason) => {
      if (thread === this.#thread) void this.#restart(reason)
    })
    return thread
  }

  /** The embedded engine cannot be interrupted; a ping that stays unanswered tells that it is stuck. */
  #watch(): void {
    const thread = this.#thread
    this.#pingTimer = setTimeout(async () => {
      const isWorking = await this.#ping(thread)
      if (thread !== this.#thread || this.#state === 'starting' || this.#state === 'stopping') return
      if (isWorking || this.place.kind === 'native') {
        // A native server that is away comes back by itself; the drivers connect again.
        this.#state = isWorking ? 'serving' : 'away'
        return this.#watch()
      }
      await thread.terminate()
    }, this.watch.pingEveryMs)
    this.#pingTimer.unref()
  }

  /** Whether the database answers within the time a statement may take. */
  #ping(thread: DatabaseThread): Promise<boolean> {
    const askedAt = Date.now()
    return new Promise((resolve) => {
      const look = setInterval(() => {
        const { stuckAfterMs, stuckOverLongWorkAfterMs } = this.watch
        if (Date.now() - askedAt < (thread.hasLongCall ? stuckOverLongWorkAfterMs : stuckAfterMs)) return
        clearInterval(look)
        this.say('the database has not answered for too long; it is stopped')
        resolve(false)
      }, this.watch.pingEveryMs)
      thread.call('ping').then(
        () => true,
        () => false,
      ).then((isWorking) => {
        clearInterval(look)
        resolve(isWorking)
      })
    })
  }

  async #restart(reason: string): Promise<void> {
    // Before serving, the failure of the call itself tells the story.
    if (this.#state === 'stopping' || this.#state === 'starting') return
    this.#state = 'starting'
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
