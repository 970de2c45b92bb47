import { proxy, releaseProxy, wrap } from 'comlink'
import type { Remote } from 'comlink'
import { describeError } from './expose-job'
import type { ExposedJob, JobAnswer } from './expose-job'
import { JobError } from './job'
import type { JobFunction, JobOptions, JobThread } from './job'

export interface JobRunner<Input, Output> {
  /** Run one job. Rejects with `JobError`; code `aborted` after the signal. */
  run(input: Input, options?: JobOptions): Promise<Output>
  /** End all threads; a later `run` starts new ones. */
  close(): void
}

interface Seat<Input, Output> {
  readonly thread: JobThread
  readonly remote: Remote<ExposedJob<Input, Output>>
  busy: boolean
}

/**
 * A small pool of workers for one job. Threads are started when first needed and kept. Aborting ends the thread: a solver
 * in full run reads no messages. Where no worker can be started (`spawn` throws, answers null, or dies at once) the job
 * runs on the calling thread, and the result is the same.
 */
export function createJobRunner<Input, Output>(settings: {
  readonly spawn: () => JobThread | null
  readonly fallback: () => Promise<JobFunction<Input, Output>>
  readonly threads?: number
}): JobRunner<Input, Output> {
  const limit = Math.max(1, settings.threads ?? 1)
  const seats: Seat<Input, Output>[] = []
  const waiting: (() => void)[] = []
  let workersFail = false

  const release = (seat: Seat<Input, Output>, keep: boolean) => {
    seat.busy = false
    if (!keep) {
      const at = seats.indexOf(seat)
      if (at >= 0) seats.splice(at, 1)
      seat.remote[releaseProxy]()
      seat.thread.terminate()
    }
    waiting.shift()?.()
  }

  const takeSeat = async (): Promise<Seat<Input, Output> | null> => {
    for (;;) {
      if (workersFail) return null
      const free = seats.find((seat) => !seat.busy)
      if (free) return Object.assign(free, { busy: true })
      if (seats.length < limit) {
        const thread = startThread(settings.spawn)
        if (!thread) {
          workersFail = true
          return null
        }
        const seat = { thread, remote: wrap<ExposedJob<Input, Output>>(thread.endpoint), busy: true }
        seats.push(seat)
        return seat
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }

  const runHere = async (input: Input, options: JobOptions): Promise<Output> => {
    const job = await settings.fallback()
    // One turn of the event loop, so that "started" can be painted before the thread is taken.
    await new Promise((resolve) => setTimeout(resolve, 0))
    try {
      return await job(input, { onProgress: options.onProgress ?? (() => undefined), signal: options.signal })
    } catch (cause) {
      throw toJobError(describeError(cause))
    }
  }

  return {
    async run(input, options = {}) {
      if (options.signal?.aborted) throw abortError()
      const seat = await takeSeat()
      if (options.signal?.aborted) {
        if (seat) release(seat, true)
        throw abortError()
      }
      if (!seat) return runHere(input, options)
      const outcome = await raceThread(seat, input, options)
      release(seat, outcome.kind === 'answer')
      if (outcome.kind === 'aborted') throw abortError()
      if (outcome.kind === 'died') {
        if (outcome.progressed) throw new JobError('job_failed', {}, String(outcome.cause))
        workersFail = true
        while (waiting.length > 0) waiting.shift()?.()
        return runHere(input, options)
      }
      if (!outcome.answer.ok) throw toJobError(outcome.answer)
      return outcome.answer.value
    },
    close() {
      for (const seat of seats.splice(0)) seat.thread.terminate()
    },
  }
}

type Outcome<Output> =
  | { readonly kind: 'answer'; readonly answer: JobAnswer<Output> }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'died'; readonly cause: unknown; readonly progressed: boolean }

function raceThread<Input, Output>(seat: Seat<Input, Output>, input: Input, options: JobOptions): Promise<Outcome<Output>> {
  return new Promise((end) => {
    let progressed = false
    let ended = false
    const resolve = (outcome: Outcome<Output>) => {
      ended = true
      end(outcome)
    }
    // Progress has a channel of its own and may arrive after the answer; then it is news of what is over.
    const onProgress = proxy((share: number, pass: string, found?: unknown) => {
      if (ended) return
      progressed = true
      options.onProgress?.(share, pass, found)
    })
    const onAbort = () => resolve({ kind: 'aborted' })
    options.signal?.addEventListener('abort', onAbort, { once: true })
    seat.thread.onFailure((cause) => resolve({ kind: 'died', cause, progressed }))
    const running = seat.remote.run(input as never, onProgress) as unknown as Promise<JobAnswer<Output>>
    running.then(
      (answer) => {
        options.signal?.removeEventListener('abort', onAbort)
        resolve({ kind: 'answer', answer })
      },
      (cause: unknown) => resolve({ kind: 'died', cause, progressed }),
    )
  })
}

function startThread(spawn: () => JobThread | null): JobThread | null {
  try {
    return spawn()
  } catch {
    return null
  }
}

const abortError = () => new JobError('aborted', {}, 'aborted')

const toJobError = (answer: Extract<JobAnswer<never>, { ok: false }>) =>
  new JobError(answer.code, answer.details, answer.message)
