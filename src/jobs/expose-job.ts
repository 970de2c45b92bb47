import { expose, transfer } from 'comlink'
import type { Endpoint } from 'comlink'
import { buffersOf } from './buffers-of'
import type { JobFunction } from './job'

/** Answer of a worker: a value, or an error as data, since a thrown object loses its fields on the way. */
export type JobAnswer<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly code: string; readonly details: Readonly<Record<string, unknown>>; readonly message: string }

export interface ExposedJob<Input, Output> {
  run(input: Input, onProgress: (share: number, pass: string, found?: unknown) => void): Promise<JobAnswer<Output>>
}

/** Serve a job in a worker; its result is moved, not copied. Call once, at the end of the worker's file. */
export function exposeJob<Input, Output>(job: JobFunction<Input, Output>, endpoint?: Endpoint): void {
  const exposed: ExposedJob<Input, Output> = {
    async run(input, onProgress) {
      try {
        const value = await job(input, { onProgress: (share, pass, found) => void onProgress(share, pass, found) })
        return transfer({ ok: true as const, value }, buffersOf(value))
      } catch (cause) {
        return describeError(cause)
      }
    },
  }
  expose(exposed, endpoint)
}

export function describeError(cause: unknown): Extract<JobAnswer<never>, { ok: false }> {
  const error = cause as { code?: unknown; details?: unknown; message?: unknown }
  return {
    ok: false,
    code: typeof error?.code === 'string' ? error.code : 'job_failed',
    details: typeof error?.details === 'object' && error.details !== null ? { ...error.details } : {},
    message: typeof error?.message === 'string' ? error.message : String(cause),
  }
}
