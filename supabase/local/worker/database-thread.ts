import { Worker } from 'node:worker_threads'
import type { ApiAnswer, ApiRequest, CallName, DatabaseCalls, WorkerMessage } from './messages'

/** A call failed because the thread stopped; whether its work was kept is for the caller to look up. */
export class ThreadStoppedError extends Error {
  override name = 'ThreadStoppedError'
}

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

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

  call<N extends CallName>(
    name: N,
    ...[argument]: Parameters<DatabaseCalls[N]>
  ): Promise<Awaited<ReturnType<DatabaseCalls[N]>>> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject })
      const body = name === 'request' ? (argument as ApiRequest).body : null
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

  /** Ends the thread at once, as a power cut would; the next opening recovers from the log. */
  async terminate(): Promise<void> {
    this.#isClosing = true
    await this.#worker.terminate()
  }
}
