import { Worker } from 'node:worker_threads'
import type { ApiAnswer, ApiRequest, CallName, DatabaseCalls, WorkerMessage } from './messages'

/** A call failed because the thread stopped; whether its work was kept is for the caller to look up. */
export class ThreadStoppedError extends Error {
  override name = 'ThreadStoppedError'
}

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
  isLong: boolean
}

/** Requests that go through whole streets. */
const LONG_REQUEST = /^\/rest\/v1\/rpc\/(import_|publish_plan$|check_plan$)/

/** The database and the API layer in a thread of their own, so that a long query freezes no page and no timer. */
export class DatabaseThread {
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  #nextId = 1
  #isClosing = false

  /**
   * @param onProgress hears the lines the thread has to tell
   * @param onStop hears that the thread ended without being asked to
   */
  constructor(onProgress: (line: string) => void, onStop: (reason: string) => void) {
    this.#worker = new Worker(new URL('./database-worker.mjs', import.meta.url))
    this.#worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') return onProgress(message.line)
      const pending = this.#pending.get(message.id)
      this.#pending.delete(message.id)
      if (message.kind === 'done') pending?.resolve(message.value)
      else pending?.reject(Object.assign(new Error(message.message), { code: message.code }))
    })
    const stopped = (reason: string) => {
      for (const { reject } of this.#pending.values()) reject(new ThreadStoppedError(reason))
      this.#pending.clear()
      if (!this.#isClosing) {
        this.#isClosing = true
        onStop(reason)
      }
    }
    this.#worker.on('error', (error) => stopped(error.message))
    this.#worker.on('exit', (code) => stopped(`the database thread ended with code ${code}`))
  }

  /** Calls not answered yet. */
  get pendingCalls(): number {
    return this.#pending.size
  }

  /** Whether a call that may take long by its nature is not answered yet. */
  get hasLongCall(): boolean {
    return [...this.#pending.values()].some(({ isLong }) => isLong)
  }

  call<N extends CallName>(
    name: N,
    ...[argument]: Parameters<DatabaseCalls[N]>
  ): Promise<Awaited<ReturnType<DatabaseCalls[N]>>> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      const request = name === 'request' ? (argument as ApiRequest) : null
      const isLong = request !== null && LONG_REQUEST.test(request.path.split('?')[0]!)
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject, isLong })
      const body = request?.body
      this.#worker.postMessage({ id, name, argument }, body ? [body.buffer as ArrayBuffer] : [])
    })
  }

  request(request: ApiRequest): Promise<ApiAnswer> {
    return this.call('request', request)
  }

  /** Closes the database in order, then ends the thread. */
  async close(): Promise<void> {
    if (this.#isClosing) return
    this.#isClosing = true
    await this.call('close').catch(() => {})
    await this.#worker.terminate()
  }

  /** Ends the thread at once, as a power cut would; the next opening recovers from the log. `onStop` hears of it. */
  async terminate(): Promise<void> {
    await this.#worker.terminate()
  }
}
