import type { Endpoint } from 'comlink'

/** What a solver may use while it runs. `signal` is honoured between passes on the main thread; a worker is ended outright. */
export interface JobControl {
  /** Share done, 0 … 1, the name of the pass, and, from jobs that say so, the best so far as plain data: an ended worker leaves no more. */
  readonly onProgress: (share: number, pass: string, found?: unknown) => void
  readonly signal?: { readonly aborted: boolean }
}

/** Plain data in, plain data out: both sides are copied or moved between threads. */
export type JobFunction<Input, Output> = (input: Input, control: JobControl) => Output | Promise<Output>

/** A running worker: where to send messages, and how to end it. */
export interface JobThread {
  readonly endpoint: Endpoint
  terminate(): void
  /** Called at most once when the thread cannot start or dies. */
  onFailure(listener: (cause: unknown) => void): void
}

export interface JobOptions {
  readonly onProgress?: (share: number, pass: string, found?: unknown) => void
  readonly signal?: AbortSignal
}

/** An error that crossed a thread: its code and figures survive, its class does not. */
export class JobError extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
  constructor(code: string, details: Readonly<Record<string, unknown>>, message: string) {
    super(message)
    this.name = 'JobError'
    this.code = code
    this.details = details
  }
}
